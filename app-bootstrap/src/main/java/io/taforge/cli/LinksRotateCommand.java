package io.taforge.cli;

import io.taforge.config.Settings;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.link.LinkAuthority;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Signs with a new key from now on. */
@Command(
    name = "rotate",
    description = {
      "Signs links to the folder with a new key from now on.",
      "Those that are out work for the time of grace; with --grace 0s, none of them within a"
          + " second."
    },
    footer = {"", "Example: taforge links rotate --grace 1h"})
final class LinksRotateCommand extends StorageCommand {
  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description = {
        "How long links of the old key still work: 0s, 15m, 12h, 7d.",
        "Without it: 7d, which is the longest that any link works."
      })
  private Duration grace = LinkRequest.MAX_VALIDITY;

  @Override
  int run(ObjectStorageClient client, Settings settings) {
    LinkAuthority authority =
        LinkAuthority.of(client.store())
            .orElseThrow(
                () ->
                    wrongUsage(
                        "links of the backend '"
                            + settings.backend()
                            + "' are signed with its credentials: change those"));
    try {
      authority.rotate(grace);
    } catch (IllegalArgumentException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
    root()
        .print(
            new Answer(
                Map.of("grace_seconds", grace.toSeconds()),
                "a new key signs from now on; links of the old one work for another "
                    + grace.toSeconds()
                    + " s\n"));
    return ExitCode.OK;
  }
}
