package io.taforge.storage.remote;

import org.jspecify.annotations.Nullable;

/**
 * Derives the keys that {@link SignatureV4} signs with, and keeps the last one: it is good for a
 * day. Safe for use by many threads.
 */
public final class SigningKeys {
  private volatile @Nullable SigningKey last;

  /** The key for this scope. */
  SigningKey key(Credentials credentials, String region, String service, long epochDay) {
    SigningKey key = last;
    if (key == null || !key.isFor(credentials, region, service, epochDay)) {
      key = new SigningKey(credentials, region, service, epochDay);
      last = key;
    }
    return key;
  }
}
