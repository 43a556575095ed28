package io.taforge.storage;

/**
 * Makes links with which a stranger can read or write one artifact for a while, with nothing but an
 * HTTP client. Signing asks no server.
 */
@FunctionalInterface
public interface LinkSigner {
  /**
   * Signs a link.
   *
   * @throws IllegalArgumentException if this signer cannot make such a link
   */
  SignedLink sign(LinkRequest request);
}
