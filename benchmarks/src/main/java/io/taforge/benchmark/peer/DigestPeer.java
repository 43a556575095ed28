package io.taforge.benchmark.peer;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/**
 * SHA-256 of as many bytes in memory: what nobody who computes it on one core can be faster than.
 */
final class DigestPeer implements Peer {
  private final Site site;

  DigestPeer(Site site) {
    this.site = site;
  }

  @Override
  public void upload(String key, Path file) throws Exception {
    digest();
  }

  @Override
  public void download(String key, Path file) throws Exception {
    digest();
  }

  @Override
  public void delete(List<String> keys) {
    // nothing was stored
  }

  @Override
  public void close() {
    // nothing is open
  }

  private void digest() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] piece = new byte[256 << 10];
    for (long left = site.bigFile().size(); left > 0; left -= piece.length) {
      digest.update(piece, 0, (int) Math.min(left, piece.length));
    }
    if (digest.digest().length == 0) {
      throw new IllegalStateException("There is no digest");
    }
  }
}
