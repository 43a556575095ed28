package io.taforge.config;

import io.taforge.artifact.UploadLimit;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.Buckets;
import io.taforge.storage.Masked;
import io.taforge.storage.bundle.BundleLimits;
import java.util.List;
import java.util.Optional;

/**
 * All settings; {@link SettingsReader} makes them.
 *
 * @param backend what keeps the artifacts
 * @param root root folder of the filesystem backend: an absolute path, or a URI of Commons VFS
 * @param isDurable whether the filesystem backend waits for the disk
 * @param buckets which bucket holds which kind
 * @param uploadLimit larger uploads are refused
 * @param admission within which limits bundles are admitted; empty if they are stored as they come
 * @param retention which log samples expire
 * @param server how a server is used
 * @param audit what is recorded of who did what
 * @param warnings sentences about what is set and means nothing, or is not safe
 */
public record Settings(
    Backend backend,
    String root,
    boolean isDurable,
    Buckets buckets,
    UploadLimit uploadLimit,
    Optional<BundleLimits> admission,
    RetentionPolicy retention,
    ServerSettings server,
    AuditSettings audit,
    List<String> warnings) {
  /** Keeps a copy. */
  public Settings {
    warnings = List.copyOf(warnings);
  }

  /** With another way to use the server. */
  public Settings withServer(ServerSettings other) {
    return new Settings(
        backend,
        root,
        isDurable,
        buckets,
        uploadLimit,
        admission,
        retention,
        other,
        audit,
        warnings);
  }

  /** The root as it may be shown: without the password that a URI may have in it. */
  public String shownRoot() {
    return Masked.location(root);
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "Settings[backend="
        + backend
        + ", root="
        + shownRoot()
        + ", isDurable="
        + isDurable
        + ", buckets="
        + buckets
        + ", uploadLimit="
        + uploadLimit
        + ", admission="
        + admission
        + ", retention="
        + retention
        + ", server="
        + server
        + ", audit="
        + audit
        + ", warnings="
        + warnings
        + "]";
  }
}
