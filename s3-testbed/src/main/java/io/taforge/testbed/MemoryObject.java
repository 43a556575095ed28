package io.taforge.testbed;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An object of a {@link MemoryS3}.
 *
 * @param content its bytes, which nobody changes
 * @param tag its ETag, with quotes
 * @param stored when it was stored
 * @param headers what was said about it and is said again, such as metadata
 * @param checksums headers with checksums, which are said again if they are asked for
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these records
public record MemoryObject(
    byte[] content,
    String tag,
    Instant stored,
    Map<String, String> headers,
    Map<String, String> checksums) {
  /** What a request says about an object. */
  static Map<String, String> told(ProxiedRequest request) {
    Map<String, String> told = new LinkedHashMap<>();
    request
        .headers()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (lower.startsWith("x-amz-meta-") || lower.equals("content-type")) {
                told.put(name, values.get(0));
              }
            });
    return told;
  }
}
