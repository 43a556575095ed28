package io.taforge.storage.link;

import javax.crypto.Mac;

/** Tells a key's codes without making it ready each time; safe for use by many threads. */
final class Authenticator {
  private final LinkKey key;
  private final Mac mac;

  Authenticator(LinkKey key) {
    this.key = key;
    this.mac = key.mac();
    mac.update(new byte[0]); // takes the key in, which no copy has to do again
  }

  boolean isOf(LinkKey other) {
    return key.equals(other);
  }

  /** The code of a message; see {@link LinkKey#authenticate}. */
  byte[] code(byte[] message) {
    try {
      return ((Mac) mac.clone()).doFinal(message);
    } catch (CloneNotSupportedException e) { // somebody's own provider
      return key.authenticate(message);
    }
  }
}
