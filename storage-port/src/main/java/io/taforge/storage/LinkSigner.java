package io.taforge.storage;

/**
 * Makes links with which a stranger can read or write one artifact for a while, with nothing but an
 * HTTP client. Signing asks no server, and does not look whether there is such an artifact.
 *
 * <p>A link is good for its one method on its one artifact until it expires. Anything about the
 * link that is not as it was signed makes the server refuse it, with status 403.
 *
 * <p>Headers that a stranger adds to an upload are another matter. The link server of taforge obeys
 * none, and Amazon S3 refuses those that begin with {@code x-amz-} and were not signed ("Signature
 * calculations for the authorization header", Amazon S3 API reference). Other servers obey them, as
 * was seen of Ceph 16 and S3Proxy 4: there, whoever has a link for an upload can say {@code
 * x-amz-copy-source}, and so put a copy of whatever the signer may read in the artifact's place, or
 * {@code x-amz-acl}, and so make the artifact public. On such servers links for uploads are to be
 * signed by a user who may do nothing but put these objects.
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
