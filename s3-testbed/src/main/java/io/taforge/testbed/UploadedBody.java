package io.taforge.testbed;

import io.taforge.artifact.Sha256;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * The content of a request, out of its framing.
 *
 * @param content the bytes
 * @param checksums what was said about them in {@code x-amz-checksum-} headers and trailers
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these records
record UploadedBody(byte[] content, Map<String, String> checksums) {
  private static final String CHECKSUM = "x-amz-checksum-";

  static UploadedBody of(ProxiedRequest request, byte[] body) {
    Map<String, String> checksums = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().forEach((name, values) -> keep(name, values.get(0), checksums));
    boolean isFramed = request.header("x-amz-content-sha256").orElse("").startsWith("STREAMING-");
    if (!isFramed) {
      return new UploadedBody(body, checksums);
    }
    AwsChunks chunks = AwsChunks.of(body);
    chunks.trailers().forEach((name, value) -> keep(name, value, checksums));
    return new UploadedBody(chunks.content(), checksums);
  }

  private static void keep(String name, String value, Map<String, String> checksums) {
    if (name.toLowerCase(Locale.ROOT).startsWith(CHECKSUM)
        && !name.equalsIgnoreCase(CHECKSUM + "algorithm")
        && !name.equalsIgnoreCase(CHECKSUM + "type")) {
      checksums.put(name, value);
    }
  }

  /** What is wrong with it, in a code of S3; empty if it is what was announced. */
  Optional<String> fault(ProxiedRequest request) {
    String signed = request.header("x-amz-content-sha256").orElse("");
    if (signed.length() == 64 && !signed.equals(Sha256.of(content).hex())) {
      return Optional.of("XAmzContentSHA256Mismatch");
    }
    boolean isRight =
        says(request.header("Content-MD5"), () -> digest("MD5"))
            && says(checksum("sha256"), () -> digest("SHA-256"))
            && says(checksum("crc32"), this::crc32);
    return isRight ? Optional.empty() : Optional.of("BadDigest");
  }

  /** An ETag, with quotes; of what it is made is nobody's business. */
  String tag() {
    return '"' + HexFormat.of().formatHex(crc32()) + "-" + content.length + '"';
  }

  private Optional<String> checksum(String algorithm) {
    return Optional.ofNullable(checksums.get(CHECKSUM + algorithm));
  }

  private static boolean says(Optional<String> told, Supplier<byte[]> actual) {
    return told.isEmpty() || told.get().equals(Base64.getEncoder().encodeToString(actual.get()));
  }

  private byte[] crc32() {
    CRC32 crc = new CRC32();
    crc.update(content);
    long value = crc.getValue();
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }

  private byte[] digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has it", e);
    }
  }
}
