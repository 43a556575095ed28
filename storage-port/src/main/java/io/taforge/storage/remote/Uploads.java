package io.taforge.storage.remote;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ContentType;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.ObjectServer.ObjectFacts;
import io.taforge.storage.remote.ObjectServer.Receipt;
import io.taforge.storage.remote.ObjectServer.SentPart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Brings content to a server: as a whole or in parts, and either all of it or nothing. */
final class Uploads {
  private static final Duration A_GLANCE = Duration.ofSeconds(5);

  private final ObjectServer server;
  private final TransferSettings settings;
  private final ServerFeatures features;
  private final SideBySide threads;

  /**
   * Whether the server wants an ETag in {@code If-Match} without its quotes, as Ceph RADOS Gateway
   * 16 does for a PUT; found out when it first matters.
   */
  private final AtomicBoolean wantsBareTags;

  Uploads(
      ObjectServer server, TransferSettings settings, ServerFeatures features, SideBySide threads) {
    this(server, settings, features, threads, new AtomicBoolean());
  }

  private Uploads(
      ObjectServer server,
      TransferSettings settings,
      ServerFeatures features,
      SideBySide threads,
      AtomicBoolean wantsBareTags) {
    this.server = server;
    this.settings = settings;
    this.features = features;
    this.threads = threads;
    this.wantsBareTags = wantsBareTags;
  }

  /** The same, by requests of this one. */
  Uploads through(ObjectServer other) {
    return new Uploads(other, settings, features, threads, wantsBareTags);
  }

  StoredArtifact put(
      Artifact artifact,
      ObjectName name,
      ContentSource source,
      PutOptions options,
      FailureContext context) {
    ContentType type = options.contentTypeOf(artifact);
    return put(
        name,
        type,
        source,
        options,
        context,
        (content, receipt) ->
            new StoredArtifact(
                artifact,
                content.size(),
                receipt.at(),
                receipt.version(),
                Optional.of(content.sha256()),
                type,
                options.metadata()));
  }

  /** Brings something that is no artifact. */
  Receipt put(
      ObjectName name,
      ContentType type,
      ContentSource source,
      PutOptions options,
      FailureContext context) {
    return put(name, type, source, options, context, (content, receipt) -> receipt);
  }

  private <T> T put(
      ObjectName name,
      ContentType type,
      ContentSource source,
      PutOptions options,
      FailureContext context,
      BiFunction<StagedContent, Receipt, T> result) {
    Deadline deadline = Deadline.in(options.deadline().orElse(settings.deadline()));
    try (StagedContent content =
        StagedContent.of(
            source,
            options.within(deadline.remaining(context)),
            planFor(options),
            settings.spoolFolder(),
            context)) {
      Receipt receipt = new Write(name, type, content, options, context, deadline).run();
      return result.apply(content, receipt);
    }
  }

  private PartPlan planFor(PutOptions options) {
    return mayBeParts(options) ? settings.parts() : settings.parts().inOnePiece();
  }

  private boolean mayBeParts(PutOptions options) {
    boolean isPlain =
        options.condition() instanceof WriteCondition.Always && options.tags().isEmpty();
    return isPlain || features.isMultipartComplete();
  }

  /** One put, with an id of its own by which it recognises what it has written. */
  private final class Write {
    private final ObjectName name;
    private final StagedContent content;
    private final WriteCondition condition;
    private final boolean mayBeParts;
    private final FailureContext context;
    private final Deadline deadline;
    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final ObjectHeaders headers;

    Write(
        ObjectName name,
        ContentType type,
        StagedContent content,
        PutOptions options,
        FailureContext context,
        Deadline deadline) {
      this.name = name;
      this.content = content;
      this.condition = options.condition();
      this.mayBeParts = mayBeParts(options);
      this.context = context;
      this.deadline = deadline;
      this.headers =
          new ObjectHeaders(
              type, WireMetadata.of(options.metadata(), content.sha256(), id), options.tags());
    }

    Receipt run() {
      if (!content.isOnePiece() && !mayBeParts) {
        throw new StorageUnsupportedException(
            context,
            "more than "
                + PartPlan.MOST_AT_ONCE
                + " can only be stored without a condition and without tags on this server");
      }
      for (int attempt = 1; ; attempt++) {
        boolean isBare = wantsBareTags.get();
        try {
          return send(wanted(condition, isBare));
        } catch (StorageConflictException e) {
          Optional<ObjectFacts> there = there();
          if (there.filter(this::isOurs).isPresent()) {
            return receipt(there.get());
          }
          if (!isWorthAnother(there, attempt, isBare)) {
            throw e;
          }
        } catch (StorageInterruptedException e) {
          return oursOrElse(e); // what is done is done, and must not be reported as not done
        } catch (StorageException e) {
          if (!e.isRetryable() || condition instanceof WriteCondition.Always) {
            throw e;
          }
          return oursOrElse(e);
        }
      }
    }

    private Receipt send(WriteCondition wanted) {
      return content.isOnePiece()
          ? server.put(
              name, headers, content, wanted, settings.call(context, content.size(), deadline))
          : sendParts(wanted);
    }

    private Receipt sendParts(WriteCondition wanted) {
      String upload = server.beginUpload(name, headers, settings.call(context, 0, deadline));
      try {
        List<SentPart> sent =
            threads.each(
                content.parts(),
                part ->
                    server.sendPart(
                        name,
                        upload,
                        content,
                        part,
                        settings.call(context, part.length(), deadline)),
                content::cancel,
                context);
        return complete(upload, sent, wanted);
      } catch (RuntimeException e) {
        abort(upload, e);
        throw e;
      }
    }

    /**
     * A completion whose answer was lost fails when it is tried again, and is done all the same.
     */
    private Receipt complete(String upload, List<SentPart> sent, WriteCondition wanted) {
      try {
        // a server may take a while to put 500 MB together
        Receipt receipt =
            server.completeUpload(
                name, upload, sent, wanted, settings.call(context, content.size(), deadline));
        return receipt.tellsVersion() ? receipt : there().map(this::receipt).orElse(receipt);
      } catch (StorageConflictException e) {
        throw e;
      } catch (StorageException e) {
        return oursOrElse(e);
      }
    }

    private Receipt oursOrElse(StorageException failure) {
      try {
        return there(glances(1)).filter(this::isOurs).map(this::receipt).orElseThrow(() -> failure);
      } catch (StorageException e) {
        if (e != failure) {
          failure.addSuppressed(e);
        }
        throw failure;
      }
    }

    /** Worth all attempts: a conflict with what is ours would be told as one with somebody. */
    private Optional<ObjectFacts> there() {
      return there(quick());
    }

    private Optional<ObjectFacts> there(Call call) {
      return undisturbed(() -> server.head(name, call));
    }

    private boolean isOurs(ObjectFacts facts) {
      return facts.metadata().writeId().filter(id::equals).isPresent();
    }

    private Receipt receipt(ObjectFacts facts) {
      return new Receipt(facts.version(), facts.modified());
    }

    /** After a conflict that, by what is there now, should not have been one. */
    private boolean isWorthAnother(Optional<ObjectFacts> there, int attempt, boolean isBare) {
      if (attempt > settings.attempts() || deadline.hasPassed()) {
        return false;
      }
      if (condition instanceof WriteCondition.IfUnchanged unchanged) {
        boolean isStillThere =
            there.filter(facts -> facts.version().equals(unchanged.version())).isPresent();
        if (isStillThere && !isBare) {
          wantsBareTags.set(true);
          return true;
        }
        return false;
      }
      return condition instanceof WriteCondition.IfAbsent && there.isEmpty();
    }

    private static WriteCondition wanted(WriteCondition asked, boolean isBare) {
      return isBare && asked instanceof WriteCondition.IfUnchanged unchanged
          ? WriteCondition.ifUnchanged(
              new VersionToken(unchanged.version().value().replace("\"", "")))
          : asked;
    }

    /** Whatever the failure, no parts are to stay; but it may be that the server is gone. */
    private void abort(String upload, RuntimeException failure) {
      try {
        undisturbed(
            () -> {
              server.abortUpload(name, upload, glances(2));
              return upload;
            });
      } catch (StorageException e) {
        failure.addSuppressed(e);
      }
    }

    /** Even if the thread is interrupted, which it is again afterwards. */
    private static <T> T undisturbed(Supplier<T> request) {
      boolean isInterrupted = Thread.interrupted();
      try {
        return request.get();
      } finally {
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    /** What nobody should have to wait for who has had enough already. */
    private Call glances(int most) {
      Call call = quick();
      Duration time = call.perAttempt().compareTo(A_GLANCE) < 0 ? call.perAttempt() : A_GLANCE;
      return new Call(context, time, time.multipliedBy(most));
    }

    private Call quick() {
      return settings.call(context);
    }
  }
}
