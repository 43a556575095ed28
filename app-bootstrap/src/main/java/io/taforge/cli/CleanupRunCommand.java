package io.taforge.cli;

import io.taforge.config.Settings;
import io.taforge.storage.client.CleanupGuards;
import io.taforge.storage.client.CleanupReport;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.Retention;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Cleans up under guards, and tells how that ended. */
@Command
abstract class CleanupRunCommand extends StorageCommand {
  private static final int STOPPED = 3;
  private static final int PARTLY = 4;

  @Option(
      names = "--max-delete",
      paramLabel = "N|P%",
      description = {
        "Remove nothing if more log samples would go than this number, or than this share of"
            + " all; both may be given. 50%% if none is."
      })
  private List<MostDeletions> most = new ArrayList<>();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write to a file what became of it, as JSON.")
  private Optional<Path> report = Optional.empty();

  /** Does it. */
  abstract CleanupReport run(Retention retention, ObjectStorageClient client, Settings settings)
      throws IOException;

  @Override
  final int run(ObjectStorageClient client, Settings settings) throws IOException {
    try (ReportFile file = ReportFile.at(report.map(this::resolved))) {
      Retention retention = client.retention(root().surroundings().clock());
      CleanupReport done = run(retention, client, settings);
      Answer answer = new Answer(CleanupDocument.of(done), CleanupText.of(done));
      file.write(answer.document());
      root().print(answer);
      done.stopped().ifPresent(stop -> root().warn("taforge: " + stop.reason()));
      return exitCode(done);
    }
  }

  final CleanupGuards guards() {
    CleanupGuards guards = CleanupGuards.DEFAULT;
    for (MostDeletions each : most) {
      guards = each.applied(guards);
    }
    return guards;
  }

  final Path resolved(Path file) {
    return root().surroundings().folder().resolve(file);
  }

  private static int exitCode(CleanupReport done) {
    return switch (done.outcome()) {
      case DONE -> ExitCode.OK;
      case FAILED -> ExitCode.SOFTWARE;
      case STOPPED -> STOPPED;
      case PARTLY -> PARTLY;
    };
  }
}
