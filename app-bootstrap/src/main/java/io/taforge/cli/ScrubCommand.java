package io.taforge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.config.Settings;
import io.taforge.storage.WholeFile;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.Scrub;
import io.taforge.storage.client.ScrubReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Reads again what is stored, and tells what is damaged. */
@Command(
    name = "scrub",
    description = {
      "Reads again what is stored, on any backend, and tells what is not what was stored. Nothing is"
          + " changed or repaired.",
      "Exit code 0: nothing is damaged, even if the time was over before all was read; 1: something"
          + " could not be read or listed; 5: something is damaged."
    },
    footer = {"", "Example: taforge scrub --sample 10% --max-duration 1h --report scrub.json"})
final class ScrubCommand extends StorageCommand {
  private static final int DAMAGED = 5;

  @Option(
      names = "--sample",
      paramLabel = "P%",
      description = "Read each artifact with this chance only; without it all are read.")
  private Optional<Percentage> sample = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Take the same sample as the report with this seed; without it another one.")
  private Optional<Integer> seed = Optional.empty();

  @Option(
      names = "--max-duration",
      paramLabel = "TIME",
      description = "Such as 90s, 15m or 1h: read no longer than this.")
  private Optional<Duration> longest = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write to a file what was found, as JSON.")
  private Optional<Path> report = Optional.empty();

  @Override
  int run(ObjectStorageClient client, Settings settings) throws IOException {
    Scrub scrub = scrub();
    if (report.isEmpty()) {
      return tell(done(client, scrub));
    }
    // that it can be written shows before anything is read
    try (WholeFile file = WholeFile.at(root().surroundings().folder().resolve(report.get()))) {
      ScrubReport found = done(client, scrub);
      file.out().write(Json.text(ScrubDocument.of(found)).getBytes(UTF_8));
      file.complete();
      return tell(found);
    }
  }

  private Scrub scrub() {
    if (seed.isPresent() && sample.isEmpty()) {
      throw wrongUsage("--seed tells which sample, and there is no --sample");
    }
    try {
      Scrub scrub = Scrub.everything();
      if (sample.isPresent()) {
        double percent = sample.get().number();
        scrub = seed.isPresent() ? scrub.sampling(percent, seed.get()) : scrub.sampling(percent);
      }
      return longest.isPresent() ? scrub.within(longest.get()) : scrub;
    } catch (IllegalArgumentException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  private ScrubReport done(ObjectStorageClient client, Scrub scrub) {
    try (Progress progress = Progress.of(root().surroundings(), "scrub", -1)) {
      return client.scrub(scrub.telling(progress), root().surroundings().clock());
    }
  }

  private int tell(ScrubReport found) {
    root().print(new Answer(ScrubDocument.of(found), ScrubText.of(found)));
    if (found.isDamaged()) {
      root().warn("taforge: " + found.damaged().objects() + " artifacts are damaged");
      return DAMAGED;
    }
    if (found.isFailed()) {
      root().warn("taforge: not all could be read");
      return ExitCode.SOFTWARE;
    }
    return ExitCode.OK;
  }
}
