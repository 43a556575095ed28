package io.taforge.artifact;

import static io.taforge.artifact.Quoted.quoted;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 checksum (FIPS 180-4) of some content.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Sha256(String hex) {
  private static final int DIGITS = 64;
  private static final MessageDigest UNUSED = looked();

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is not 64 lower-case hexadecimal digits
   */
  public Sha256 {
    if (!hasForm(hex)) {
      throw new IllegalArgumentException(
          quoted(hex) + " is not a SHA-256: it must be 64 lower-case hexadecimal digits");
    }
  }

  private static boolean hasForm(String text) {
    boolean isForm = text.length() == DIGITS;
    for (int i = 0; isForm && i < DIGITS; i++) {
      char c = text.charAt(i);
      isForm = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    return isForm;
  }

  /**
   * The checksum with this text.
   *
   * @throws IllegalArgumentException if the text is not 64 lower-case hexadecimal digits
   */
  public static Sha256 ofHex(String hex) {
    return new Sha256(hex);
  }

  /** The checksum that a digest has come to; the digest is reset by it. */
  public static Sha256 of(MessageDigest digest) {
    return new Sha256(HexFormat.of().formatHex(digest.digest()));
  }

  /** The checksum of these bytes. */
  public static Sha256 of(byte[] content) {
    MessageDigest digest = newDigest();
    digest.update(content);
    return of(digest);
  }

  /** A digest to feed with content piece by piece. */
  public static MessageDigest newDigest() {
    try {
      return (MessageDigest) UNUSED.clone(); // a look through all providers takes longer
    } catch (CloneNotSupportedException e) {
      return looked(); // somebody's own provider
    }
  }

  private static MessageDigest looked() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The hexadecimal digits. */
  @Override
  public String toString() {
    return hex;
  }
}
