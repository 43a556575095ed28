package io.taforge.storage.remote;

/**
 * Where an object is on a server.
 *
 * @param bucket name of its bucket
 * @param key its key, which may have no layout of taforge's
 */
public record ObjectName(String bucket, String key) {
  @Override
  public String toString() {
    return bucket + "/" + key;
  }
}
