package io.taforge.storage.remote;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.Buckets;
import io.taforge.storage.FailureContext;
import io.taforge.storage.NativeRetention;
import io.taforge.storage.NativeRetentionState;
import io.taforge.storage.NativeRule;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageRetentionException;
import io.taforge.storage.StorageUnsupportedException;
import java.time.Duration;
import java.util.Optional;

/** Retention by lifecycle rules of S3, in the bucket of the samples. */
final class RemoteRetention implements NativeRetention {
  /** As the cleanup of ours does: what is a day old is nobody's upload any more. */
  private static final int ABORT_UPLOADS_AFTER_DAYS = 1;

  /** Amazon S3 may need a moment until it shows what was put. */
  private static final int LOOKS = 6;

  private static final long FIRST_PAUSE = 100;

  private final ObjectServer server;
  private final TransferSettings settings;
  private final Buckets buckets;
  private final String bucket;

  RemoteRetention(ObjectServer server, TransferSettings settings, Buckets buckets) {
    this.server = server;
    this.settings = settings;
    this.buckets = buckets;
    this.bucket = buckets.of(ArtifactKind.LOG_SAMPLE);
  }

  @Override
  public Optional<NativeRule> rule(RetentionPolicy policy) {
    return policy
        .period()
        .map(
            period ->
                new NativeRule(
                    NativeRule.OURS,
                    ArtifactKind.LOG_SAMPLE.folder(),
                    days(period),
                    ABORT_UPLOADS_AFTER_DAYS));
  }

  private static int days(Duration period) {
    long days = period.toDays();
    if (days < 1 || days > Integer.MAX_VALUE || !period.equals(Duration.ofDays(days))) {
      throw new IllegalArgumentException(
          period + " cannot be said in a lifecycle rule: a number of whole days is allowed");
    }
    return (int) days;
  }

  @Override
  public NativeRetentionState compare(RetentionPolicy policy) {
    return state(rule(policy), read());
  }

  @Override
  public NativeRetentionState apply(RetentionPolicy policy) {
    Optional<NativeRule> wanted = rule(policy);
    Optional<LifecycleDocument> document = document(Operation.CHANGE_RULES);
    LifecycleRules before = rules(document, Operation.CHANGE_RULES);
    NativeRetentionState state = state(wanted, before);
    if (!state.isInPlace()) {
      LifecycleRules after = before.with(wanted);
      Call call = settings.call(context(Operation.CHANGE_RULES));
      if (after.isEmpty()) {
        server.deleteLifecycle(bucket, call);
      } else {
        Optional<String> minimum = document.flatMap(LifecycleDocument::transitionMinimum);
        server.putLifecycle(bucket, new LifecycleDocument(after.xml(), minimum), call);
      }
      verify(wanted, before);
    }
    return state;
  }

  private void verify(Optional<NativeRule> wanted, LifecycleRules before) {
    FailureContext context = context(Operation.CHANGE_RULES);
    for (int look = 1; ; look++) {
      LifecycleRules now = read();
      boolean isInPlace = state(wanted, now).isInPlace();
      boolean isForeignKept = now.hasSameForeign(before);
      if (isInPlace && isForeignKept) {
        return;
      }
      if (look == LOOKS) {
        throw new StorageRetentionException(
            context,
            isForeignKept
                ? "the server does not show the rule that it was sent"
                : "the server has not kept the rules of others as they were: "
                    + before.foreign()
                    + " before, "
                    + now.foreign()
                    + " now");
      }
      pause(look, context);
    }
  }

  private static void pause(int look, FailureContext context) {
    try {
      Thread.sleep(FIRST_PAUSE << (look - 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageInterruptedException(context, "the thread was interrupted", e);
    }
  }

  private NativeRetentionState state(Optional<NativeRule> wanted, LifecycleRules rules) {
    return new NativeRetentionState(bucket, wanted, rules.hasOurs(), rules.ours(), rules.foreign());
  }

  /** Whether the server has such rules at all; who may not see them hears that when he asks. */
  boolean isSupported() {
    try {
      read();
      return true;
    } catch (StorageAccessDeniedException e) {
      return true;
    } catch (StorageUnsupportedException e) {
      return false;
    }
  }

  private LifecycleRules read() {
    return rules(document(Operation.READ_RULES), Operation.READ_RULES);
  }

  private Optional<LifecycleDocument> document(Operation operation) {
    return server.lifecycle(bucket, settings.call(context(operation)));
  }

  private LifecycleRules rules(Optional<LifecycleDocument> document, Operation operation) {
    return LifecycleRules.of(document, context(operation));
  }

  private FailureContext context(Operation operation) {
    return FailureContext.of(operation, buckets, ArtifactKind.LOG_SAMPLE);
  }
}
