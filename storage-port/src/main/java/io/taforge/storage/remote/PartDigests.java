package io.taforge.storage.remote;

import io.taforge.artifact.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Cuts content that passes by into parts, and computes the checksum of each. */
final class PartDigests {
  private final PartPlan plan;
  private final List<Part> complete = new ArrayList<>();
  private final MessageDigest digest = Sha256.newDigest();
  private long offset;
  private long count;

  PartDigests(PartPlan plan) {
    this.plan = plan;
  }

  void update(byte[] bytes, int start, int length) {
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
    if (count > 0) {
      complete();
    }
    return List.copyOf(complete);
  }

  private void complete() {
    complete.add(new Part(complete.size() + 1, offset, count, Sha256.of(digest)));
    offset += count;
    count = 0;
  }
}
