package io.taforge.storage.link;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that links are signed with.
 *
 * @param id names it in a link: 16 hexadecimal digits
 * @param secret for HMAC-SHA256 (RFC 2104), 256 bits
 * @param validUntil when links of this key cease to work; empty for the key that signs
 */
public record LinkKey(String id, SecretKeySpec secret, Optional<Instant> validUntil) {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES = 32;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern SECRET = Pattern.compile("[0-9a-f]{64}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException if it is no id
   */
  public LinkKey {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("The id of a key is 16 hexadecimal digits");
    }
  }

  /** A new key to sign with. */
  public static LinkKey random() {
    byte[] id = new byte[8];
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(id);
    RANDOM.nextBytes(secret);
    return new LinkKey(
        HexFormat.of().formatHex(id), new SecretKeySpec(secret, ALGORITHM), Optional.empty());
  }

  /**
   * The key with this secret.
   *
   * @param hexSecret 64 hexadecimal digits
   * @throws IllegalArgumentException if one of them is none; the secret is not told
   */
  static LinkKey of(String id, String hexSecret, Optional<Instant> validUntil) {
    if (!SECRET.matcher(hexSecret).matches()) {
      throw new IllegalArgumentException("The secret of a key is 64 hexadecimal digits");
    }
    return new LinkKey(
        id, new SecretKeySpec(HexFormat.of().parseHex(hexSecret), ALGORITHM), validUntil);
  }

  /** The same, for links that were signed until now, as long as that. */
  LinkKey retired(Instant end) {
    boolean isEarlier = validUntil.isPresent() && validUntil.get().isBefore(end);
    return isEarlier ? this : new LinkKey(id, secret, Optional.of(end));
  }

  /** Whether links that this key has signed still work. */
  boolean isValidAt(Instant time) {
    return validUntil.isEmpty() || time.isBefore(validUntil.get());
  }

  String hexSecret() {
    return HexFormat.of().formatHex(secret.getEncoded());
  }

  /** The code of a message, which nobody without the secret can tell. */
  byte[] authenticate(byte[] message) {
    return mac().doFinal(message);
  }

  /** Makes such codes. */
  Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "LinkKey[" + id + validUntil.map(end -> ", until " + end).orElse("") + "]";
  }
}
