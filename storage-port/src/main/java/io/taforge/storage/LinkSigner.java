package io.taforge.storage;

/**
 * Makes links with which a stranger can read or write one artifact for a while, with nothing but an
 * HTTP client. Signing asks no server, and does not look whether there is such an artifact.
 *
 * <p>A link is good for its one method on its one artifact until it expires. Anything else about it
 * that is not as it was signed makes the server refuse it, with status 403.
 */
@FunctionalInterface
public interface LinkSigner {
  /**
   * Signs a link.
   *
   * @throws StorageException if there is nothing to sign with, such as no credentials or no key
   */
  SignedLink sign(LinkRequest request);
}
