package io.taforge.cli;

import static io.taforge.artifact.Quoted.quoted;

import io.taforge.artifact.ArtifactKind;
import io.taforge.config.Settings;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.Buckets;
import io.taforge.storage.client.ObjectStorageClient;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Creates what is missing, looks whether anything is, or makes it all anew. */
@Command(
    name = "init",
    description = {
      "Creates the buckets that are missing, and in a folder removes what crashed writers left.",
      "Doing it again changes nothing. What failed ends it with 1; what is unknown does not.",
      "With --force, tells what is in the buckets and makes them anew: empty ones at once, others"
          + " only if each is named with --delete-everything-in. If one cannot be recreated, none"
          + " is."
    },
    footer = {"", "Example: taforge init --verify-only"})
final class InitCommand extends StorageCommand {
  @Option(
      names = "--verify-only",
      description = "Change nothing; look at each bucket from all sides.")
  private boolean isVerifyOnly;

  @Option(names = "--force", description = "Make the buckets anew.")
  private boolean isForced;

  @Option(
      names = "--bucket",
      paramLabel = "BUCKET",
      description = "With --force: this one and no other; can be repeated.")
  private Set<String> chosen = new LinkedHashSet<>();

  @Option(
      names = "--delete-everything-in",
      paramLabel = "BUCKET",
      description = "With --force: destroy what is in this bucket; can be repeated.")
  private Set<String> confirmed = new LinkedHashSet<>();

  @Override
  int run(ObjectStorageClient client, Settings settings) {
    if (isForced && isVerifyOnly) {
      throw wrongUsage("--verify-only changes nothing, and --force does");
    }
    if (!isForced && !(chosen.isEmpty() && confirmed.isEmpty())) {
      throw wrongUsage("--bucket and --delete-everything-in need --force");
    }
    if (isForced) {
      return recreate(client, kinds(settings.buckets()));
    }
    return tell(
        isVerifyOnly ? client.verifyBuckets() : client.initializeBuckets(), new LinkedHashMap<>());
  }

  /** Those that were chosen; what is to be emptied must be one of them. */
  private List<ArtifactKind> kinds(Buckets buckets) {
    List<ArtifactKind> kinds =
        Arrays.stream(ArtifactKind.values())
            .filter(each -> chosen.isEmpty() || chosen.contains(buckets.of(each)))
            .toList();
    requireNames(chosen, Arrays.stream(ArtifactKind.values()).map(buckets::of).toList());
    requireNames(confirmed, kinds.stream().map(buckets::of).toList());
    return kinds;
  }

  private void requireNames(Set<String> names, List<String> allowed) {
    for (String each : names) {
      if (!allowed.contains(each)) {
        throw wrongUsage(
            quoted(each) + " is no bucket to recreate; allowed is: " + String.join(", ", allowed));
      }
    }
  }

  private int recreate(ObjectStorageClient client, List<ArtifactKind> kinds) {
    Recreation recreation = new Recreation(client, kinds, confirmed);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("losses", recreation.documents());
    root().announce(recreation.text());
    List<String> refusals = recreation.refusals();
    if (refusals.isEmpty()) {
      return tell(recreation.apply(), document);
    }
    document.put("ok", false);
    document.put("checks", List.of());
    root().print(new Answer(document, "nothing was recreated\n"));
    refusals.forEach(each -> root().warn("taforge: " + each));
    return ExitCode.SOFTWARE;
  }

  private int tell(List<BucketCheck> checks, Map<String, Object> document) {
    boolean isFine = checks.stream().noneMatch(each -> each.status() == BucketCheck.Status.FAILED);
    Table table = new Table("BUCKET", "CHECK", "RESULT", "");
    checks.forEach(each -> table.row(each.bucket(), each.aspect(), status(each), each.detail()));
    document.put("ok", isFine);
    document.put("checks", checks.stream().map(InitCommand::document).toList());
    root().print(new Answer(document, table.toString()));
    return isFine ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static Map<String, Object> document(BucketCheck check) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("bucket", check.bucket());
    document.put("check", check.aspect());
    document.put("status", status(check));
    document.put("detail", check.detail());
    return document;
  }

  private static String status(BucketCheck check) {
    return check.status().name().toLowerCase(Locale.ROOT);
  }
}
