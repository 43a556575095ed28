package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Tags;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.ObjectServer.ObjectBody;
import io.taforge.storage.remote.ObjectServer.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Stores small objects in a bucket to find out what a server does with them, and removes all that
 * it has given a name. Their keys have no layout of taforge's.
 */
final class Canary {
  static final byte[] CONTENT = "taforge looks whether this can be kept".getBytes(UTF_8);
  static final byte[] OTHER = "taforge looks whether that can be kept".getBytes(UTF_8);

  private final ObjectServer server;
  private final TransferSettings settings;
  private final String bucket;
  private final FailureContext context;
  private final List<ObjectName> named = new ArrayList<>();

  Canary(ObjectServer server, TransferSettings settings, String bucket, FailureContext context) {
    this.server = server;
    this.settings = settings;
    this.bucket = bucket;
    this.context = context;
  }

  /** A name that nothing has. */
  ObjectName name() {
    ObjectName name = new ObjectName(bucket, ".taforge/probe/" + UUID.randomUUID());
    named.add(name);
    return name;
  }

  Receipt put(ObjectName name, byte[] bytes, Tags tags, WriteCondition condition) {
    try (StagedContent content =
        StagedContent.of(
            ContentSource.of(bytes),
            PutOptions.defaults(),
            PartPlan.defaults(),
            settings.spoolFolder(),
            context)) {
      WireMetadata metadata = WireMetadata.of(Metadata.none(), content.sha256(), "probe");
      ObjectHeaders headers = new ObjectHeaders(ContentType.BINARY, metadata, tags);
      return server.put(name, headers, content, condition, settings.call(context));
    }
  }

  /** Whether its content comes back. */
  boolean holds(ObjectName name) {
    Optional<ObjectBody> body =
        server.get(name, Optional.empty(), Optional.empty(), settings.call(context));
    if (body.isEmpty()) {
      return false;
    }
    try (InputStream bytes = body.get().bytes()) {
      return Arrays.equals(bytes.readNBytes(CONTENT.length + 1), CONTENT);
    } catch (IOException e) {
      throw new StorageConnectionException(context, "the connection broke", e);
    }
  }

  /** Removes it for good: where versions are kept, all of them, and what marks it as deleted. */
  void remove(ObjectName name, Versions versions) {
    Call call = settings.call(context);
    if (versions == Versions.NONE) {
      server.delete(name, Optional.empty(), call);
    } else {
      server.deleteVersions(name, call);
    }
  }

  /** Also when the thread has been told to stop meanwhile, or what we looked at has failed. */
  void removeAll(Versions versions) {
    boolean isInterrupted = Thread.interrupted();
    try {
      named.forEach(each -> Outcome.of(() -> remove(each, versions)));
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
