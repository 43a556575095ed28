package io.taforge.cli;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.Metadata;
import io.taforge.config.Settings;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores a file, or what comes from standard input. */
@Command
abstract class UploadCommand extends StorageCommand {
  private static final String STANDARD_INPUT = "-";

  @Parameters(paramLabel = "FILE|-", description = "File to upload; - for standard input.")
  private String file;

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      description = "Such as text/plain; without it the file name tells.")
  private Optional<ContentType> contentType = Optional.empty();

  @Option(
      names = "--meta",
      paramLabel = "KEY=VALUE",
      description = "Metadata to keep with it; as often as you like.")
  private Map<String, String> metadata = new LinkedHashMap<>();

  /** The artifact to store; its name is that of the file, if the command does not say otherwise. */
  abstract Artifact artifact();

  /** How it is put; the command may add to it. */
  PutOptions options(PutOptions options) {
    return options;
  }

  @Override
  final int run(ObjectStorageClient client, Settings settings) throws IOException {
    Artifact artifact = artifact();
    PutOptions plain = PutOptions.defaults().withMetadata(Metadata.of(metadata));
    PutOptions described = options(contentType.map(plain::withContentType).orElse(plain));
    if (file.equals(STANDARD_INPUT)) {
      return upload(client, settings, artifact, source(root().surroundings().in()), described);
    }
    Path path = root().surroundings().folder().resolve(file);
    checkReadable(path);
    if (Files.isRegularFile(path)) {
      return upload(client, settings, artifact, ContentSource.of(path), described);
    }
    try (InputStream pipe = Files.newInputStream(path)) {
      return upload(client, settings, artifact, source(pipe), described);
    }
  }

  /** The name of the file, or one that is made up for standard input. */
  final FileName fileName(String ofStandardInput) {
    if (file.equals(STANDARD_INPUT)) {
      return FileName.of(ofStandardInput);
    }
    Path name = Path.of(file).getFileName();
    return FileName.of(name == null ? file : name.toString());
  }

  private int upload(
      ObjectStorageClient client,
      Settings settings,
      Artifact artifact,
      ContentSource source,
      PutOptions options) {
    prepare(client, settings);
    long length = source.length().orElse(-1);
    StoredArtifact stored;
    try (Progress progress =
        Progress.of(root().surroundings(), artifact.fileName().value(), length)) {
      stored = client.upload(artifact, source, options.telling(progress));
    }
    root().print(new Answer(Facts.document(stored), Facts.text(stored)));
    return ExitCode.OK;
  }

  private static ContentSource source(InputStream stream) {
    return ContentSource.of(stream);
  }

  private static void checkReadable(Path path) throws IOException {
    // this tells what is missing from what may not be looked at
    if (Files.readAttributes(path, BasicFileAttributes.class).isDirectory()) {
      throw new IOException(path + " is a folder and not a file that can be uploaded");
    }
    if (!Files.isReadable(path)) {
      throw new AccessDeniedException(path.toString());
    }
  }
}
