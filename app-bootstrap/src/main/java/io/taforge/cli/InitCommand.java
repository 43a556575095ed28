package io.taforge.cli;

import io.taforge.config.Settings;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.client.ObjectStorageClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Creates what is missing, or looks whether anything is. */
@Command(
    name = "init",
    description = {
      "Creates the buckets that are missing, and in a folder removes what crashed writers left.",
      "Doing it again changes nothing. What failed ends it with 1; what is unknown does not."
    },
    footer = {"", "Example: taforge init --verify-only"})
final class InitCommand extends StorageCommand {
  @Option(
      names = "--verify-only",
      description = "Change nothing; look at each bucket from all sides.")
  private boolean isVerifyOnly;

  @Override
  int run(ObjectStorageClient client, Settings settings) {
    List<BucketCheck> checks = isVerifyOnly ? client.verifyBuckets() : client.initializeBuckets();
    boolean isFine = checks.stream().noneMatch(each -> each.status() == BucketCheck.Status.FAILED);
    Table table = new Table("BUCKET", "CHECK", "RESULT", "");
    checks.forEach(each -> table.row(each.bucket(), each.aspect(), status(each), each.detail()));
    Map<String, Object> document = new LinkedHashMap<>();
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
