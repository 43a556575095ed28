package io.taforge.cli;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import io.taforge.config.Settings;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.StorageStats;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Tells how much there is. */
@Command(
    name = "stats",
    description = "Tells how much is stored: for each kind objects, size, oldest and newest.",
    footer = {"", "Example: taforge stats --json"})
final class StatsCommand extends StorageCommand {
  @Override
  int run(ObjectStorageClient client, Settings settings) {
    StorageStats stats = client.storageStats();
    Table table = new Table("KIND", "OBJECTS", "SIZE", "OLDEST", "NEWEST");
    Map<String, Object> document = new LinkedHashMap<>();
    for (ArtifactKind kind : ArtifactKind.values()) {
      StorageStats.OfKind found = stats.of(kind);
      table.row(
          kind + "s",
          Long.toString(found.objects()),
          found.size().toString(),
          time(found.oldest()),
          time(found.newest()));
      Map<String, Object> facts = document(found.objects(), found.size());
      found.oldest().ifPresent(oldest -> facts.put("oldest", oldest.toString()));
      found.newest().ifPresent(newest -> facts.put("newest", newest.toString()));
      document.put(kind.name().toLowerCase(Locale.ROOT) + "s", facts);
    }
    table.row("all", Long.toString(stats.objects()), stats.size().toString(), "", "");
    document.put("all", document(stats.objects(), stats.size()));
    root().print(new Answer(document, table.toString()));
    return ExitCode.OK;
  }

  private static Map<String, Object> document(long objects, ByteSize size) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("objects", objects);
    facts.put("bytes", size.bytes());
    facts.put("size", size.toString());
    return facts;
  }

  private static String time(Optional<Instant> instant) {
    return instant.map(Facts::time).orElse("-");
  }
}
