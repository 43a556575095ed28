package io.taforge.benchmark.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes the body of a request: all of a small one, and only the length of a large one. */
final class Body implements Consumer<ByteBuffer> {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Optional<MessageDigest> md5;
  private final boolean isKept;
  private long length;

  private Body(boolean isKept, boolean isHashed) {
    this.isKept = isKept;
    this.md5 = isHashed ? Optional.of(md5()) : Optional.empty();
  }

  static Body of(RequestHead head) {
    long announced = head.contentLength().orElse(Long.MAX_VALUE);
    boolean isDocument = head.method().equals("POST");
    return new Body(isDocument || announced <= 2L * StoredObject.KEPT, head.comparesMd5());
  }

  @Override
  public void accept(ByteBuffer piece) {
    length += piece.remaining();
    if (!isKept && md5.isEmpty()) {
      return;
    }
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    md5.ifPresent(digest -> digest.update(bytes));
    if (isKept) {
      kept.writeBytes(bytes);
    }
  }

  /** How long the content is, whatever it was wrapped in. */
  long contentLength(RequestHead head) {
    return head.header("x-amz-decoded-content-length").map(Long::parseLong).orElse(length);
  }

  /** The content without what it was wrapped in; empty if it is not kept. */
  Optional<byte[]> content(RequestHead head) {
    if (!isKept || contentLength(head) > StoredObject.KEPT) {
      return Optional.empty();
    }
    byte[] bytes = kept.toByteArray();
    return Optional.of(head.isInAwsChunks() ? AwsChunks.content(bytes) : bytes);
  }

  Optional<String> md5Tag() {
    return md5.map(digest -> "\"" + HexFormat.of().formatHex(digest.digest()) + "\"");
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java platform has no MD5", e);
    }
  }
}
