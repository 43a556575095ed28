package io.taforge.storage.remote;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Lease;
import io.taforge.storage.LeaseTerms;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.ObjectServer.ObjectFacts;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lease as an object that is only ever written under a condition, so that of several who want it
 * one gets it. Whether it has run out is judged by the server's clock alone. Giving it back writes
 * that nobody has it: to delete an object only if it is still ours, not every server is able.
 */
final class RemoteLease {
  /**
   * It has no layout of taforge's, so no listing shows it, and no rule of retention is about it.
   */
  static final String KEY = ".taforge/lease";

  private static final String HOLDER = "holder";
  private static final String PERIOD = "period";
  private static final int ATTEMPTS = 3;

  /** Servers tell the time in whole seconds, of the object and of the answer. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private final ObjectServer server;
  private final Uploads uploads;
  private final TransferSettings settings;
  private final ObjectName name;
  private final FailureContext context;

  RemoteLease(
      ObjectServer server,
      Uploads uploads,
      TransferSettings settings,
      String bucket,
      FailureContext context) {
    this.server = server;
    this.uploads = uploads;
    this.settings = settings;
    this.name = new ObjectName(bucket, KEY);
    this.context = context;
  }

  Lease acquire(LeaseTerms terms) {
    for (int attempt = 1; ; attempt++) {
      Optional<ObjectFacts> found = head();
      if (found.isPresent() && isValid(found.get())) {
        throw taken(found);
      }
      WriteCondition condition =
          found
              .map(each -> WriteCondition.ifUnchanged(each.version()))
              .orElse(WriteCondition.ifAbsent());
      try {
        return new Held(terms, write(ofHolder(terms), condition));
      } catch (StorageConflictException e) {
        if (attempt == ATTEMPTS) {
          throw taken(head());
        }
      }
    }
  }

  private Optional<ObjectFacts> head() {
    return server.head(name, settings.call(context));
  }

  /** Whoever renews it after this look is protected by the condition of the write that follows. */
  private boolean isValid(ObjectFacts found) {
    return !holder(found).isEmpty()
        && !server.time(name.bucket(), settings.call(context)).isAfter(end(found));
  }

  private static Instant end(ObjectFacts found) {
    return found.modified().plus(period(found)).plus(TICK);
  }

  private static String holder(ObjectFacts found) {
    return found.metadata().metadata().value(HOLDER).orElse("");
  }

  /** What is there without a period is none of ours, and nobody's lease. */
  private static Duration period(ObjectFacts found) {
    try {
      return found.metadata().metadata().value(PERIOD).map(Duration::parse).orElse(Duration.ZERO);
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static Metadata ofHolder(LeaseTerms terms) {
    return Metadata.of(Map.of(HOLDER, terms.holder(), PERIOD, terms.period().toString()));
  }

  /** Each write has other content, because an ETag may be no more than its checksum. */
  private VersionToken write(Metadata terms, WriteCondition condition) {
    byte[] content = (UUID.randomUUID() + "\n").getBytes(StandardCharsets.UTF_8);
    PutOptions options = PutOptions.defaults().withMetadata(terms).on(condition);
    return uploads
        .put(name, ContentType.BINARY, ContentSource.of(content), options, context)
        .version();
  }

  private StorageConflictException taken(Optional<ObjectFacts> found) {
    return new StorageConflictException(
        context, StorageConflictException.Condition.ABSENT, whoHas(found));
  }

  private static String whoHas(Optional<ObjectFacts> found) {
    return found
        .filter(each -> !holder(each).isEmpty())
        .map(each -> holder(each) + " has it until " + end(each))
        .orElse("somebody else had it a moment ago");
  }

  /** That we have it. */
  private final class Held implements Lease {
    private final LeaseTerms terms;
    private final ReentrantLock lock = new ReentrantLock();
    private VersionToken version;
    private boolean isGivenBack;

    Held(LeaseTerms terms, VersionToken version) {
      this.terms = terms;
      this.version = version;
    }

    @Override
    public void renew() {
      lock.lock();
      try {
        if (isGivenBack) {
          throw lost("it has been given back");
        }
        version = write(ofHolder(terms), WriteCondition.ifUnchanged(version));
      } catch (StorageConflictException e) {
        throw isGivenBack ? e : lost(whoHas(head()));
      } finally {
        lock.unlock();
      }
    }

    private StorageConflictException lost(String reason) {
      return new StorageConflictException(
          context, StorageConflictException.Condition.UNCHANGED, reason);
    }

    /** Also in a thread that is interrupted, which it is again afterwards. */
    @Override
    public void close() {
      boolean isInterrupted = Thread.interrupted();
      lock.lock();
      try {
        if (!isGivenBack) {
          isGivenBack = true;
          write(Metadata.none(), WriteCondition.ifUnchanged(version));
        }
      } catch (StorageConflictException e) {
        // somebody else has it
      } finally {
        lock.unlock();
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
