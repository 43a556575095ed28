package io.taforge.storage;

import io.taforge.artifact.ArtifactKind;

/**
 * What was found or done about one bucket in one respect.
 *
 * <p>The aspects are words that programs can rely on. On every backend:
 *
 * <ul>
 *   <li>{@code exists}: there is a bucket of that name; if there is none, nothing else is looked at
 *   <li>{@code writable}, {@code readable}, {@code listable}: a canary, which is no artifact, was
 *       stored, read back, and found
 *   <li>{@code deletable}: the canary is gone again
 * </ul>
 *
 * In a folder also:
 *
 * <ul>
 *   <li>{@code modes}: not everybody on the machine may write there
 *   <li>{@code link-key}: nobody but its owner may read the key that signs links
 * </ul>
 *
 * And on a server:
 *
 * <ul>
 *   <li>{@code reachable}: something answers; if not, nothing else is looked at
 *   <li>{@code credentials}: the server accepts them; likewise
 *   <li>{@code ours}: the bucket is of the account that asks
 *   <li>{@code versions}: it is known whether old versions of objects are kept, so that none of
 *       what was looked with is left; in a bucket with object lock nothing is written
 *   <li>{@code clock}: the server's clock and this machine's differ by five minutes at the most
 *   <li>{@code conditional-create}: what is there already is not created once more
 *   <li>{@code conditional-delete}: what has changed since is not deleted
 *   <li>{@code checksums}: content that is not what was announced is refused
 *   <li>{@code policy}, {@code policy-status}: the bucket's policy lets nobody in without
 *       credentials, as it is written and as the server understands it
 *   <li>{@code acl}: neither does its access control list
 *   <li>{@code public-access-block}: the server would not heed it if they did
 *   <li>{@code anonymous-read}, {@code anonymous-list}: whoever asks for the canary or for a
 *       listing without a signature is refused
 *   <li>{@code unsigned-headers}: a link to upload takes no headers that nobody has signed
 *   <li>{@code hardened}: of a new bucket on Amazon S3, public access is blocked, its owner owns
 *       all that is put there, and it is encrypted
 * </ul>
 *
 * More may be added.
 *
 * @param kind what the bucket holds
 * @param bucket its name
 * @param aspect what was looked at or done: one of the words above
 * @param status how it is
 * @param detail a sentence with the facts; empty if there is nothing to add
 */
public record BucketCheck(
    ArtifactKind kind, String bucket, String aspect, Status status, String detail) {
  /** How it is. */
  public enum Status {
    /** As it should be. */
    OK,
    /** It was missing and has been made. A server may say so to all who make it at once. */
    CREATED,
    /** Not as it should be. */
    FAILED,
    /** The backend does not tell, or cannot be asked. */
    UNKNOWN
  }
}
