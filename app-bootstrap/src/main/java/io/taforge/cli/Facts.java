package io.taforge.cli;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.TaBundle;
import io.taforge.storage.StoredArtifact;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The one place that knows what facts are called in documents, and how people read them. */
final class Facts {
  private Facts() {}

  static Map<String, Object> document(StoredArtifact stored) {
    Map<String, Object> facts = document(stored.artifact());
    facts.put("size", stored.size());
    stored.sha256().map(Sha256::hex).ifPresent(hex -> facts.put("sha256", hex));
    facts.put("content_type", stored.contentType().value());
    facts.put("last_modified", stored.storedAt().toString());
    facts.put("metadata", stored.metadata().entries());
    facts.put("version_token", stored.version().value());
    return facts;
  }

  static Map<String, Object> document(Artifact artifact) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("storage_key", artifact.key().value());
    if (artifact instanceof LogSample sample) {
      facts.put("request_id", sample.request().toString());
    } else if (artifact instanceof TaBundle bundle) {
      facts.put("request_id", bundle.request().toString());
      facts.put("version", bundle.version().number());
      facts.put("revision_id", bundle.revision().toString());
    } else if (artifact instanceof DebugBundle bundle) {
      facts.put("validation_run_id", bundle.run().toString());
    }
    facts.put("file_name", artifact.fileName().value());
    return facts;
  }

  /** A table of two columns. */
  static String text(StoredArtifact stored) {
    return new Table("key", stored.artifact().key().value())
        .row("size", size(stored.size()))
        .row("sha256", stored.sha256().map(Sha256::hex).orElse("unknown"))
        .row("type", stored.contentType().value())
        .row("stored", time(stored.storedAt()))
        .row("metadata", metadata(stored.metadata()))
        .toString();
  }

  static String size(long bytes) {
    ByteSize size = ByteSize.of(bytes);
    return bytes < 1024 ? size.toString() : size + " (" + bytes + " bytes)";
  }

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String metadata(Metadata metadata) {
    return metadata.isEmpty()
        ? "-"
        : metadata.entries().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
  }
}
