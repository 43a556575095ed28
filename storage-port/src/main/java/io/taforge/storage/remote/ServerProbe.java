package io.taforge.storage.remote;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Tags;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds out what a server can do by asking it to do that with an object of our own, whose key has
 * no layout of taforge's and which is gone afterwards.
 */
final class ServerProbe {
  private static final String FOLDER = ".taforge/probe/";

  private final ObjectServer server;
  private final TransferSettings settings;
  private final FailureContext context;

  ServerProbe(ObjectServer server, TransferSettings settings, FailureContext context) {
    this.server = server;
    this.settings = settings;
    this.context = context;
  }

  Set<Capability> capabilities(String bucket) {
    Set<Capability> found = EnumSet.noneOf(Capability.class);
    ObjectName name = new ObjectName(bucket, FOLDER + UUID.randomUUID());
    if (hasTags(name)) {
      found.add(Capability.TAGS);
    }
    if (deletesConditionally(name)) {
      found.add(Capability.CONDITIONAL_DELETE);
    }
    return found;
  }

  private boolean hasTags(ObjectName name) {
    Tags tags = Tags.of(Map.of("taforge", "probe"));
    try {
      put(name, tags);
      return server.tags(name, call()).filter(tags::equals).isPresent();
    } catch (StorageUnsupportedException
        | StorageUploadException
        | StorageBucketException
        | StorageAccessDeniedException e) {
      return false;
    } finally {
      server.delete(name, Optional.empty(), call());
    }
  }

  private boolean deletesConditionally(ObjectName name) {
    VersionToken version = put(name, Tags.none());
    try {
      boolean isWrongRefused = !deletes(name, new VersionToken("\"of-another-time\""));
      return isWrongRefused
          && server.head(name, call()).isPresent()
          && deletes(name, version)
          && server.head(name, call()).isEmpty();
    } finally {
      server.delete(name, Optional.empty(), call());
    }
  }

  private boolean deletes(ObjectName name, VersionToken version) {
    try {
      server.delete(name, Optional.of(version), call());
      return true;
    } catch (StorageConflictException | StorageUnsupportedException | StorageBucketException e) {
      return false;
    }
  }

  private VersionToken put(ObjectName name, Tags tags) {
    PutOptions options = PutOptions.defaults();
    try (StagedContent content =
        StagedContent.of(
            ContentSource.of(new byte[] {'?'}),
            options,
            PartPlan.defaults(),
            settings.spoolFolder(),
            context)) {
      WireMetadata metadata = WireMetadata.of(Metadata.none(), content.sha256(), "probe");
      ObjectHeaders headers = new ObjectHeaders(ContentType.BINARY, metadata, tags);
      return server.put(name, headers, content, WriteCondition.always(), call()).version();
    }
  }

  private Call call() {
    return settings.call(context);
  }
}
