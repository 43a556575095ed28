package io.taforge.adapter.filesystem;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.Tags;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    return descriptions.stream().filter(each -> each.isOf(file)).findFirst();
  }

  /** The descriptions of files of this size, for a file that has lost its modification time. */
  List<Description> ofSize(long size) {
    return descriptions.stream().filter(each -> each.size() == size).toList();
  }

  byte[] toBytes() {
    Map<String, String> entries = new TreeMap<>();
    for (int i = 0; i < descriptions.size(); i++) {
      Description each = descriptions.get(i);
      String prefix = i + ".";
      entries.put(prefix + "size", Long.toString(each.size()));
      entries.put(prefix + "modified", each.modified().toString());
      entries.put(prefix + "sha256", each.sha256().hex());
      entries.put(prefix + "type", each.contentType().value());
      each.metadata().entries().forEach((key, value) -> entries.put(prefix + "meta." + key, value));
      each.tags().entries().forEach((key, value) -> entries.put(prefix + "tag." + key, value));
    }
    String text = written(entries);
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
      Properties entries = new Properties();
      entries.load(new StringReader(text));
      List<Description> descriptions = new ArrayList<>();
      for (int i = 0; entries.containsKey(i + ".size"); i++) {
        descriptions.add(description(entries, i + "."));
      }
      return new ContentRecord(descriptions);
    } catch (IllegalArgumentException | DateTimeException | IOException e) {
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

  private static Description description(Properties entries, String prefix) {
    return new Description(
        Long.parseLong(entries.getProperty(prefix + "size", "")),
        Instant.parse(entries.getProperty(prefix + "modified", "")),
        Sha256.ofHex(entries.getProperty(prefix + "sha256", "")),
        ContentType.of(entries.getProperty(prefix + "type", "")),
        Metadata.of(withPrefix(entries, prefix + "meta.")),
        Tags.of(withPrefix(entries, prefix + "tag.")));
  }

  private static Map<String, String> withPrefix(Properties entries, String prefix) {
    return entries.stringPropertyNames().stream()
        .filter(name -> name.startsWith(prefix))
        .collect(
            Collectors.toMap(
                name -> name.substring(prefix.length()), name -> entries.getProperty(name, "")));
  }

  private static String written(Map<String, String> entries) {
    Properties properties = new Properties();
    properties.putAll(entries);
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString()
        .lines()
        .filter(line -> !line.startsWith("#")) // the date
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String checksumOf(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
