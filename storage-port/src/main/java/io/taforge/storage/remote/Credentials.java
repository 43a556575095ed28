package io.taforge.storage.remote;

/**
 * Who asks a server.
 *
 * @param accessKey the public half
 * @param secretKey the other half, which {@link #toString} hides
 */
public record Credentials(String accessKey, String secretKey) {
  @Override
  public String toString() {
    return accessKey + ":***";
  }
}
