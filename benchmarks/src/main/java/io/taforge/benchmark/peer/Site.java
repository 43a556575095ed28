package io.taforge.benchmark.peer;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a contestant works.
 *
 * @param endpoint of the server; for workloads without one, of none
 * @param accessKey who asks
 * @param secretKey the other half
 * @param certificate what the server has signed itself; empty without TLS
 * @param bucket which there is already
 * @param folder of the contestant's own
 * @param bigFile with zeros, to be uploaded
 * @param home where taforge was built
 * @param threads how many call at once
 */
public record Site(
    URI endpoint,
    String accessKey,
    String secretKey,
    Optional<Path> certificate,
    String bucket,
    Path folder,
    BigFile bigFile,
    Path home,
    int threads) {
  /** At another bucket. */
  public Site at(String other) {
    return new Site(
        endpoint, accessKey, secretKey, certificate, other, folder, bigFile, home, threads);
  }

  /** As many connections as it takes, and some to spare. */
  public int connections() {
    return Math.max(50, 2 * threads);
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return endpoint + "/" + bucket + ", " + folder;
  }

  /**
   * A file for uploads.
   *
   * @param path where it is
   * @param size how many bytes it has
   */
  public record BigFile(Path path, long size) {}
}
