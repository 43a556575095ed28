package io.taforge.benchmark.server;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of an object.
 *
 * @param length of its content
 * @param content empty if it was too large to keep: zeros, then
 * @param etag with its quotes
 * @param headers those that are sent back with it
 */
record StoredObject(
    long length, Optional<byte[]> content, String etag, Map<String, String> headers) {
  /** Larger content is forgotten. */
  static final int KEPT = 128 << 10;
}
