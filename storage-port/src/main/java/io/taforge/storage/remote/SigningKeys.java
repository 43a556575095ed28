package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Derives the keys that {@link SignatureV4} signs with, and keeps the last one: it is good for a
 * day. Safe for use by many threads.
 */
public final class SigningKeys {
  private static final String HMAC = "HmacSHA256";

  private volatile @Nullable Derived last;

  /** A key, ready to sign, and what it is derived from. */
  private record Derived(Credentials credentials, List<String> scope, Mac mac) {
    boolean isFor(Credentials others, List<String> otherScope) {
      return credentials.equals(others) && scope.equals(otherScope);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Derived" + scope;
    }
  }

  /** The code of a message. */
  byte[] authenticate(Credentials credentials, List<String> scope, byte[] message) {
    Derived derived = last;
    if (derived == null || !derived.isFor(credentials, scope)) {
      derived = new Derived(credentials, scope, derived(credentials, scope));
      last = derived;
    }
    try {
      return ((Mac) derived.mac().clone()).doFinal(message);
    } catch (CloneNotSupportedException e) {
      return derived(credentials, scope).doFinal(message); // somebody's own provider
    }
  }

  private static Mac derived(Credentials credentials, List<String> scope) {
    Mac mac = mac(("AWS4" + credentials.secretKey()).getBytes(UTF_8));
    for (String each : scope) {
      mac = mac(mac.doFinal(each.getBytes(UTF_8)));
    }
    return mac;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + HMAC, e);
    }
  }
}
