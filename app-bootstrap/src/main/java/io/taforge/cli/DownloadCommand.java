package io.taforge.cli;

import io.taforge.artifact.Artifact;
import io.taforge.config.Settings;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Writes the content of one artifact to a file or to standard output. */
@Command(
    name = "download",
    description = {
      "Writes the content to a file, which appears when all of it is there and verified."
    },
    footer = {"", "Example: taforge samples download samples/5b0c…/web.log -o copy.log"})
final class DownloadCommand extends ArtifactCommand {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|-",
      description = {
        "File to write, replacing one that is there; - for standard output.",
        "Without it: the artifact's file name, in the current folder, if there is none yet."
      })
  private Optional<String> output = Optional.empty();

  @Override
  int run(ObjectStorageClient client, Settings settings) throws IOException {
    Artifact artifact = artifact();
    boolean isToOutput = output.filter(STANDARD_OUTPUT::equals).isPresent();
    if (isToOutput && root().isJson()) {
      throw wrongUsage("--json and -o - would both write to standard output");
    }
    Path file = file(artifact);
    if (output.isEmpty() && Files.exists(file)) {
      throw new FileAlreadyExistsException(file.getFileName() + " (name it with -o to replace it)");
    }
    try (ArtifactContent content = client.download(artifact);
        Progress progress =
            Progress.of(root().surroundings(), artifact.fileName().value(), content.length())) {
      content.telling(progress);
      if (isToOutput) {
        content.stream().transferTo(root().surroundings().out());
        return ExitCode.OK;
      }
      content.saveTo(file);
      progress.close();
      Map<String, Object> document = Facts.document(content.artifact());
      document.put("file", file.toString());
      root()
          .print(
              new Answer(document, Facts.text(content.artifact()) + "written to " + file + "\n"));
      return ExitCode.OK;
    }
  }

  private Path file(Artifact artifact) {
    return root().surroundings().folder().resolve(output.orElse(artifact.fileName().value()));
  }
}
