package io.taforge.storage.remote;

import io.taforge.artifact.InvalidMetadataException;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metadata as it travels in HTTP headers, together with what taforge itself keeps there.
 *
 * <p>Headers carry ASCII, servers trim values, signatures take several spaces for one, and some
 * servers take {@code _} in a header's name for {@code -} (Ceph RADOS Gateway does). So these are
 * percent-encoded (RFC 3986, section 2.1) as UTF-8: in keys everything but {@code a-z}, {@code 0-9}
 * and {@code -}; in values everything that is not printable ASCII, {@code %}, and a space at either
 * end or behind another space. {@link Metadata#MAX_BYTES} counts with that.
 *
 * @param metadata what a caller wanted to be remembered
 * @param sha256 checksum of the content; empty if another program stored it
 * @param writeId tells one write from every other, so that a writer whose answer was lost can
 *     recognise its own; empty if another program stored it
 */
public record WireMetadata(Metadata metadata, Optional<Sha256> sha256, Optional<String> writeId) {
  private static final String SHA_256 = Metadata.RESERVED_PREFIX + "sha256";
  private static final String WRITE_ID = Metadata.RESERVED_PREFIX + "write";

  /** What is to be sent with some content. */
  public static WireMetadata of(Metadata metadata, Sha256 sha256, String writeId) {
    return new WireMetadata(metadata, Optional.of(sha256), Optional.of(writeId));
  }

  /**
   * What came with some content. An entry that is not metadata as taforge knows it, which only
   * another program can have stored, is left out; but a hold is one, whatever its value says,
   * unless it says {@code false}.
   *
   * @param entries names without the prefix {@code x-amz-meta-}, in any case, and values
   */
  public static WireMetadata parse(Map<String, String> entries) {
    SortedMap<String, String> metadata = new TreeMap<>();
    Optional<Sha256> sha256 = Optional.empty();
    Optional<String> writeId = Optional.empty();
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      String key = decoded(entry.getKey().toLowerCase(Locale.ROOT));
      String value = decoded(entry.getValue());
      switch (key) {
        case SHA_256 -> sha256 = checksum(value);
        case WRITE_ID -> writeId = Optional.of(value);
        case Metadata.HOLD ->
            metadata.put(key, Boolean.toString(!value.strip().equalsIgnoreCase("false")));
        default -> {
          if (isMetadata(metadata, key, value)) {
            metadata.put(key, value);
          }
        }
      }
    }
    return new WireMetadata(new Metadata(metadata), sha256, writeId);
  }

  /** Whether taforge has stored it, so that a checksum was with it that can be read no more. */
  boolean hasLostItsChecksum() {
    return sha256.isEmpty() && writeId.isPresent();
  }

  /** The entries to send, names without the prefix {@code x-amz-meta-}. */
  public Map<String, String> entries() {
    Map<String, String> entries = new TreeMap<>();
    metadata.entries().forEach((key, value) -> entries.put(encodedKey(key), encodedValue(value)));
    sha256.ifPresent(checksum -> entries.put(SHA_256, checksum.hex()));
    writeId.ifPresent(id -> entries.put(WRITE_ID, id));
    return entries;
  }

  private static boolean isMetadata(SortedMap<String, String> before, String key, String value) {
    SortedMap<String, String> together = new TreeMap<>(before);
    together.put(key, value);
    try {
      return !new Metadata(together).isEmpty();
    } catch (InvalidMetadataException e) {
      return false;
    }
  }

  private static Optional<Sha256> checksum(String hex) {
    try {
      return Optional.of(Sha256.ofHex(hex));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not written by taforge
    }
  }

  private static String encodedKey(String key) {
    StringBuilder text = new StringBuilder();
    for (byte each : key.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain = (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-';
      append(text, each, isPlain);
    }
    return text.toString();
  }

  private static String encodedValue(String value) {
    StringBuilder text = new StringBuilder();
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      boolean isFragileSpace =
          bytes[i] == ' ' && (i == 0 || i == bytes.length - 1 || bytes[i - 1] == ' ');
      append(text, bytes[i], bytes[i] >= ' ' && bytes[i] != '%' && !isFragileSpace);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, byte each, boolean isPlain) {
    if (isPlain) {
      text.append((char) each);
    } else {
      text.append('%')
          .append(Character.forDigit((each >> 4) & 0xF, 16))
          .append(Character.forDigit(each & 0xF, 16));
    }
  }

  /** What another program wrote may hold a {@code %} that encodes nothing; it stays as it is. */
  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
      if (low >= 0) {
        bytes.write((high << 4) | low);
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
