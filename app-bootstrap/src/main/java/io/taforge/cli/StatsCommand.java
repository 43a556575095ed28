package io.taforge.cli;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import io.taforge.config.Settings;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.StorageStats;
import io.taforge.storage.client.StorageStats.Band;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Tells how much there is. */
@Command(
    name = "stats",
    description = {
      "Tells how much is stored: for each kind objects, size, oldest and newest, how old and how"
          + " large they are; how many log samples have expired; and what is left of writes that"
          + " came to no end, those under way on a server included.",
      "That a sample is held back is not looked at, because no listing tells it."
    },
    footer = {"", "Example: taforge stats --json"})
final class StatsCommand extends StorageCommand {
  @Override
  int run(ObjectStorageClient client, Settings settings) {
    StorageStats stats = client.storageStats(settings.retention(), root().surroundings().clock());
    root().print(new Answer(document(stats), text(stats)));
    return ExitCode.OK;
  }

  private static Map<String, Object> document(StorageStats stats) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("exact_at", stats.exactAt().toString());
    for (ArtifactKind kind : ArtifactKind.values()) {
      StorageStats.OfKind found = stats.of(kind);
      Map<String, Object> facts = document(found.objects(), found.size());
      found.oldest().ifPresent(oldest -> facts.put("oldest", oldest.toString()));
      found.newest().ifPresent(newest -> facts.put("newest", newest.toString()));
      facts.put("ages", documents(found.ages(), "seconds", age -> age.toSeconds()));
      facts.put("sizes", documents(found.sizes(), "bytes", ByteSize::bytes));
      Optional.ofNullable(stats.debris().get(kind))
          .ifPresent(debris -> facts.put("leftovers", document(debris)));
      document.put(kind.name().toLowerCase(Locale.ROOT) + "s", facts);
    }
    document.put("all", document(stats.objects(), stats.size()));
    document.put("expired", document(stats.expired().objects(), stats.expired().size()));
    return document;
  }

  private static Map<String, Object> document(StorageStats.Debris debris) {
    Map<String, Object> facts = document(debris.count(), debris.size());
    facts.put("of_unknown_size", debris.ofUnknownSize());
    return facts;
  }

  private static <T> List<Map<String, Object>> documents(
      List<Band<T>> bands, String unit, Function<T, Long> number) {
    return bands.stream()
        .map(
            band -> {
              Map<String, Object> facts = new LinkedHashMap<>();
              facts.put("from_" + unit, number.apply(band.from()));
              band.below().map(number).ifPresent(below -> facts.put("below_" + unit, below));
              facts.putAll(document(band.amount().objects(), band.amount().size()));
              return facts;
            })
        .toList();
  }

  private static Map<String, Object> document(long objects, ByteSize size) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("objects", objects);
    facts.put("bytes", size.bytes());
    facts.put("size", size.toString());
    return facts;
  }

  private static String text(StorageStats stats) {
    Table table = new Table("KIND", "OBJECTS", "SIZE", "OLDEST", "NEWEST");
    StringBuilder histograms = new StringBuilder();
    for (ArtifactKind kind : ArtifactKind.values()) {
      StorageStats.OfKind found = stats.of(kind);
      table.row(
          kind + "s",
          Long.toString(found.objects()),
          found.size().toString(),
          time(found.oldest()),
          time(found.newest()));
      if (found.objects() > 0) {
        histograms.append('\n').append(Histogram.ofAges(kind + "s by age", found.ages()));
        histograms.append('\n').append(Histogram.ofSizes(kind + "s by size", found.sizes()));
      }
    }
    table.row("all", Long.toString(stats.objects()), stats.size().toString(), "", "");
    return "%s%s%s\nthe next cleanup would free %s: %d expired log samples\n"
        .formatted(
            table, histograms, debris(stats), stats.expired().size(), stats.expired().objects());
  }

  private static String debris(StorageStats stats) {
    Table table = new Table("LEFT OF WRITES", "COUNT", "SIZE", "OF UNKNOWN SIZE");
    boolean isAny = false;
    for (ArtifactKind kind : ArtifactKind.values()) {
      StorageStats.Debris debris = stats.debris().get(kind);
      if (debris == null) {
        table.row(kind + "s", "not told", "", "");
        isAny = true;
      } else if (debris.count() > 0) {
        table.row(
            kind + "s",
            Long.toString(debris.count()),
            debris.size().toString(),
            Long.toString(debris.ofUnknownSize()));
        isAny = true;
      }
    }
    return isAny ? "\n" + table : "";
  }

  private static String time(Optional<Instant> instant) {
    return instant.map(Facts::time).orElse("-");
  }
}
