package io.taforge.storage.remote;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Tags;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.PutOptions;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.ObjectServer.Receipt;
import java.util.UUID;

/**
 * Stores small objects to find out what a server does with them. Their keys have no layout of
 * taforge's, and whoever stores one removes it.
 */
final class Canary {
  private final ObjectServer server;
  private final TransferSettings settings;
  private final FailureContext context;

  Canary(ObjectServer server, TransferSettings settings, FailureContext context) {
    this.server = server;
    this.settings = settings;
    this.context = context;
  }

  /** A name that nothing has. */
  static ObjectName in(String bucket) {
    return new ObjectName(bucket, ".taforge-probe/" + UUID.randomUUID());
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
}
