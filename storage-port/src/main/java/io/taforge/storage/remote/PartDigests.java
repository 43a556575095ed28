package io.taforge.storage.remote;

import io.taforge.artifact.Sha256;
import io.taforge.storage.ReadAlong;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts content that passes by into parts, and computes the checksum of each: aside, because the
 * checksum of the whole is computed at the same time. To be closed, whatever happens.
 */
final class PartDigests implements AutoCloseable {
  private final PartPlan plan;
  private final List<Part> complete = new ArrayList<>();
  private final MessageDigest digest = Sha256.newDigest();
  private final ReadAlong hashing = new ReadAlong(this::hash);
  private long offset;
  private long count;

  PartDigests(PartPlan plan) {
    this.plan = plan;
  }

  void update(byte[] bytes, int length) {
    hashing.read(bytes, 0, length);
  }

  private void hash(byte[] bytes, int start, int length) {
    int done = 0;
    while (done < length) {
      long room = plan.sizeOfPart(complete.size() + 1) - count;
      int taken = (int) Math.min(room, length - done);
      digest.update(bytes, start + done, taken);
      done += taken;
      count += taken;
      if (taken == room) {
        complete();
      }
    }
  }

  /** All parts; to be asked once, after the last byte. */
  List<Part> parts() {
    hashing.finish();
    if (count > 0) {
      complete();
    }
    return List.copyOf(complete);
  }

  @Override
  public void close() {
    hashing.close();
  }

  private void complete() {
    complete.add(new Part(complete.size() + 1, offset, count, Sha256.of(digest)));
    offset += count;
    count = 0;
  }
}
