package io.taforge.adapter.filesystem;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.Tags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What is known of an artifact besides its content: one description, or two while the content file
 * is being replaced. Each is bound to the size and modification time of the file it describes.
 *
 * <p>It is a text in the format of {@link Properties}, so that a person can read it, and its last
 * line is a checksum of the others.
 */
record ContentRecord(List<Description> descriptions) {
  private static final String CHECKSUM = "checksum=";

  /** What one version of an artifact is. */
  record Description(
      long size,
      Instant modified,
      Sha256 sha256,
      ContentType contentType,
      Metadata metadata,
      Tags tags) {

    Description {
      if (size < 0) {
        throw new IllegalArgumentException(size + " is not a size");
      }
    }

    Description withMetadata(Metadata other, Instant time) {
      return new Description(size, time, sha256, contentType, other, tags);
    }

    boolean isOf(FileFacts file) {
      return file.has(size, modified);
    }
  }

  ContentRecord {
    descriptions = List.copyOf(descriptions);
  }

  /** The description that is bound to this file. */
  Optional<Description> of(FileFacts file) {
    for (Description each : descriptions) {
      if (each.isOf(file)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The descriptions of files of this size, for a file that has lost its modification time. */
  List<Description> ofSize(long size) {
    return descriptions.stream().filter(each -> each.size() == size).toList();
  }

  byte[] toBytes() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < descriptions.size(); i++) {
      Description each = descriptions.get(i);
      String prefix = i + ".";
      lines.add(RecordLine.written(prefix + "size", Long.toString(each.size())));
      lines.add(RecordLine.written(prefix + "modified", each.modified().toString()));
      lines.add(RecordLine.written(prefix + "sha256", each.sha256().hex()));
      lines.add(RecordLine.written(prefix + "type", each.contentType().value()));
      each.metadata()
          .entries()
          .forEach((key, value) -> lines.add(RecordLine.written(prefix + "meta." + key, value)));
      each.tags()
          .entries()
          .forEach((key, value) -> lines.add(RecordLine.written(prefix + "tag." + key, value)));
    }
    Collections.sort(lines);
    String text = String.join("\n", lines) + "\n";
    return (text + CHECKSUM + checksumOf(text) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #toBytes} has written.
   *
   * @throws DamagedRecordException if it is anything else
   */
  static ContentRecord parse(byte[] bytes) throws DamagedRecordException {
    String whole = new String(bytes, StandardCharsets.UTF_8);
    int end = whole.lastIndexOf(CHECKSUM);
    if (end < 0) {
      throw new DamagedRecordException("it has no checksum");
    }
    String text = whole.substring(0, end);
    if (!whole.substring(end).equals(CHECKSUM + checksumOf(text) + "\n")) {
      throw new DamagedRecordException("its checksum does not match");
    }
    try {
      Map<String, String> entries = new HashMap<>();
      text.lines()
          .filter(line -> !line.isEmpty()) // of a record without descriptions
          .forEach(line -> RecordLine.read(line, entries::put));
      List<Description> descriptions = new ArrayList<>();
      for (int i = 0; entries.containsKey(i + ".size"); i++) {
        descriptions.add(description(entries, i + "."));
      }
      return new ContentRecord(descriptions);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new DamagedRecordException("it cannot be read: " + e.getMessage());
    }
  }

  /** A record that is not what was written. */
  static final class DamagedRecordException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedRecordException(String problem) {
      super(problem);
    }
  }

  private static Description description(Map<String, String> entries, String prefix) {
    return new Description(
        Long.parseLong(entries.getOrDefault(prefix + "size", "")),
        Instant.parse(entries.getOrDefault(prefix + "modified", "")),
        Sha256.ofHex(entries.getOrDefault(prefix + "sha256", "")),
        ContentType.of(entries.getOrDefault(prefix + "type", "")),
        Metadata.of(withPrefix(entries, prefix + "meta.")),
        Tags.of(withPrefix(entries, prefix + "tag.")));
  }

  private static Map<String, String> withPrefix(Map<String, String> entries, String prefix) {
    Map<String, String> found = new HashMap<>();
    entries.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }

  private static String checksumOf(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
