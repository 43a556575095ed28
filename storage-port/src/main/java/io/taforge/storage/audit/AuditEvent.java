package io.taforge.storage.audit;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.TaBundle;
import io.taforge.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What somebody did or tried.
 *
 * @param event what, in the words that people search for, such as {@code log_sample_uploaded}
 * @param requestId the request, or the validation run, that it is about; empty if about none
 * @param storageKey the artifact's key, or what the backend knows a leftover by; empty if it is
 *     about several
 * @param timestamp when it began
 * @param caller on whose behalf
 * @param failure why it was not done, as the simple name of the exception; empty if it was done
 * @param size of the content in bytes, as far as it is known
 * @param sha256 of the content, as far as it is known
 * @param duration how long it took
 * @param isDryRun whether it was only tried out
 */
public record AuditEvent(
    String event,
    Optional<String> requestId,
    Optional<String> storageKey,
    Instant timestamp,
    Caller caller,
    Optional<String> failure,
    OptionalLong size,
    Optional<Sha256> sha256,
    Duration duration,
    boolean isDryRun) {
  /** What can be done with an artifact. */
  public enum Action {
    /** It was stored. */
    UPLOADED,
    /** Its content was opened. */
    DOWNLOADED,
    /** It was looked for. */
    LOOKED_UP,
    /** It was removed, or was not there. */
    DELETED,
    /** A link to it was signed. */
    LINK_SIGNED
  }

  /** Something that is done to an artifact; nothing is known of it yet. */
  public static AuditEvent of(Action action, Artifact artifact, Instant time, Caller caller) {
    return begun(
        name(artifact.kind()) + "_" + action.name().toLowerCase(Locale.ROOT),
        Optional.of(request(artifact)),
        Optional.of(artifact.key().value()),
        time,
        caller);
  }

  /** Something that is done to no single artifact; nothing is known of it yet. */
  public static AuditEvent of(String event, Instant time, Caller caller) {
    return begun(event, Optional.empty(), Optional.empty(), time, caller);
  }

  private static AuditEvent begun(
      String event, Optional<String> request, Optional<String> key, Instant time, Caller caller) {
    return new AuditEvent(
        event,
        request,
        key,
        time,
        caller,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Duration.ZERO,
        false);
  }

  /** How events name a kind, such as {@code log_sample}. */
  public static String name(ArtifactKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** About this request or validation run. */
  public AuditEvent about(String request) {
    return new AuditEvent(
        event,
        Optional.of(request),
        storageKey,
        timestamp,
        caller,
        failure,
        size,
        sha256,
        duration,
        isDryRun);
  }

  /** About what the backend knows by this name. */
  public AuditEvent named(String name) {
    return new AuditEvent(
        event,
        requestId,
        Optional.of(name),
        timestamp,
        caller,
        failure,
        size,
        sha256,
        duration,
        isDryRun);
  }

  /** With content of this size and checksum. */
  public AuditEvent with(long bytes, Optional<Sha256> checksum) {
    return new AuditEvent(
        event,
        requestId,
        storageKey,
        timestamp,
        caller,
        failure,
        OptionalLong.of(bytes),
        checksum,
        duration,
        isDryRun);
  }

  /** Only tried out. */
  public AuditEvent asDryRun() {
    return new AuditEvent(
        event, requestId, storageKey, timestamp, caller, failure, size, sha256, duration, true);
  }

  /** Having failed like this. */
  public AuditEvent failed(RuntimeException reason) {
    String name =
        reason instanceof StorageException
            ? reason.getClass().getSimpleName()
            : reason.getClass().getName();
    return new AuditEvent(
        event,
        requestId,
        storageKey,
        timestamp,
        caller,
        Optional.of(name),
        size,
        sha256,
        duration,
        isDryRun);
  }

  /** Having taken so long. */
  public AuditEvent took(Duration time) {
    return new AuditEvent(
        event, requestId, storageKey, timestamp, caller, failure, size, sha256, time, isDryRun);
  }

  private static String request(Artifact artifact) {
    if (artifact instanceof LogSample sample) {
      return sample.request().toString();
    }
    return artifact instanceof TaBundle bundle
        ? bundle.request().toString()
        : ((DebugBundle) artifact).run().toString();
  }
}
