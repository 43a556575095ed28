package io.taforge.storage.client;

import io.taforge.artifact.Artifact;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageAuditException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.audit.AuditEvent;
import io.taforge.storage.audit.AuditTrail;
import io.taforge.storage.audit.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Has each operation of a client recorded, whatever becomes of it. */
final class Audit {
  private static final AuditTrail NONE = AuditTrail.none();

  private final AuditTrail trail;
  private final Caller caller;
  private final Clock clock;

  Audit(AuditTrail trail, Caller caller, Clock clock) {
    this.trail = trail;
    this.caller = caller;
    this.clock = clock;
  }

  static Audit none() {
    return new Audit(NONE, Caller.ofThisProcess(), Clock.systemUTC());
  }

  Caller caller() {
    return caller;
  }

  Audit of(Caller other) {
    return new Audit(trail, other, clock);
  }

  /** Does something with an artifact. */
  <T> T of(
      AuditEvent.Action action,
      Artifact artifact,
      FailureContext context,
      Supplier<T> work,
      BiFunction<AuditEvent, T, AuditEvent> facts) {
    if (trail.equals(NONE)) {
      return work.get();
    }
    return recorded(AuditEvent.of(action, artifact, clock.instant(), caller), context, work, facts);
  }

  /** Does something else. */
  <T> T of(String name, FailureContext context, UnaryOperator<AuditEvent> facts, Supplier<T> work) {
    return of(name, context, facts, work, Audit::nothing);
  }

  /** Does something else, of which something is known before and more when it is done. */
  <T> T of(
      String name,
      FailureContext context,
      UnaryOperator<AuditEvent> facts,
      Supplier<T> work,
      BiFunction<AuditEvent, T, AuditEvent> more) {
    return recorded(facts.apply(AuditEvent.of(name, clock.instant(), caller)), context, work, more);
  }

  /** Does something else, of which more is known when it is done. */
  <T> T of(
      String name,
      FailureContext context,
      Supplier<T> work,
      BiFunction<AuditEvent, T, AuditEvent> facts) {
    return recorded(AuditEvent.of(name, clock.instant(), caller), context, work, facts);
  }

  static AuditEvent stored(AuditEvent event, StoredArtifact stored) {
    return event.with(stored.size(), stored.sha256());
  }

  static AuditEvent opened(AuditEvent event, ArtifactContent content) {
    return event.with(content.length(), content.artifact().sha256());
  }

  /** What was done says nothing more of itself. */
  static AuditEvent nothing(AuditEvent event, Object result) {
    return event;
  }

  private <T> T recorded(
      AuditEvent begun,
      FailureContext context,
      Supplier<T> work,
      BiFunction<AuditEvent, T, AuditEvent> facts) {
    trail.prepare(context);
    long start = System.nanoTime();
    T result;
    try {
      result = work.get();
    } catch (RuntimeException failure) {
      try {
        trail.record(begun.failed(failure).took(since(start)));
      } catch (StorageAuditException unrecorded) {
        failure.addSuppressed(unrecorded);
      }
      throw failure;
    }
    try {
      trail.record(facts.apply(begun, result).took(since(start)));
    } catch (StorageAuditException unrecorded) {
      if (result instanceof ArtifactContent content) {
        content.close(); // nobody gets to read it
      }
      throw unrecorded;
    }
    return result;
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
