package io.taforge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.config.Settings;
import io.taforge.storage.WholeFile;
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
    if (report.isEmpty()) {
      return tell(cleanedUp(client, settings));
    }
    // that it can be written shows before anything is removed
    try (WholeFile file = WholeFile.at(resolved(report.get()))) {
      CleanupReport done = cleanedUp(client, settings);
      file.out().write(Json.text(CleanupDocument.of(done)).getBytes(UTF_8));
      file.complete();
      return tell(done);
    }
  }

  private CleanupReport cleanedUp(ObjectStorageClient client, Settings settings)
      throws IOException {
    return run(client.retention(root().surroundings().clock()), client, settings);
  }

  private int tell(CleanupReport done) {
    root().print(new Answer(CleanupDocument.of(done), CleanupText.of(done)));
    done.stopped().ifPresent(stop -> root().warn("taforge: " + stop.reason()));
    return exitCode(done);
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
