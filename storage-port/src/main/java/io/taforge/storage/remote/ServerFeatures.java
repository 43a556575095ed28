package io.taforge.storage.remote;

import io.taforge.storage.Capability;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a server can do that not every S3-compatible server can.
 *
 * @param capabilities what a store on it says that it can; empty means that the store asks the
 *     server with an object of its own, when that is first wanted. {@link Capability#SIGNED_LINKS}
 *     and {@link Capability#LEASES} go without saying: no server is asked for a link, and a lease
 *     takes no more than a write under a condition
 * @param isMultipartComplete whether an upload in parts can do all that one as a whole can: have
 *     tags, and mind a condition when it is completed; if not, content with tags or under a
 *     condition goes up as a whole
 */
public record ServerFeatures(Optional<Set<Capability>> capabilities, boolean isMultipartComplete) {
  /** Keeps a copy. */
  public ServerFeatures {
    capabilities = capabilities.map(Set::copyOf);
  }

  /**
   * Amazon S3 itself; see its user guide on conditional writes, conditional deletes, lifecycle and
   * tagging.
   */
  public static ServerFeatures amazonS3() {
    return new ServerFeatures(
        Optional.of(
            EnumSet.of(
                Capability.CONDITIONAL_DELETE,
                Capability.DURABLE,
                Capability.NATIVE_RETENTION,
                Capability.TAGS)),
        true);
  }

  /** A server of which nothing is known until it is asked. */
  public static ServerFeatures unknown() {
    return new ServerFeatures(Optional.empty(), false);
  }

  /** With these capabilities; the server is not asked. */
  public ServerFeatures with(Set<Capability> some) {
    return new ServerFeatures(Optional.of(some), isMultipartComplete);
  }
}
