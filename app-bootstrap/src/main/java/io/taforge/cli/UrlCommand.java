package io.taforge.cli;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.Sha256;
import io.taforge.config.Settings;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.SignedLink;
import io.taforge.storage.client.ObjectStorageClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Signs a link with which anybody can download or upload one artifact for a while. */
@Command(
    name = "url",
    description = {
      "Prints a link with which anybody can download it, or with --put upload it, for a while.",
      "No server is asked, nor whether it is there. Links to a folder are served by taforge serve."
    },
    footer = {
      "",
      "Example: curl -OJ \"$(taforge samples url samples/5b0c…/web.log --expires 15m)\""
    })
final class UrlCommand extends ArtifactCommand {
  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = {
        "How long it works: 90s, 15m, 12h, 7d or like PT15M; 1 second to 7 days.",
        "Without it: MINIO_PRESIGNED_URL_EXPIRATION."
      })
  private Optional<Duration> expires = Optional.empty();

  @Option(
      names = "--save-as",
      paramLabel = "NAME",
      description = "The name under which a browser saves it; without it its own.")
  private Optional<FileName> saveAs = Optional.empty();

  @Option(names = "--put", description = "For an upload; what follows binds it, if you like.")
  private boolean isUpload;

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      description = "With --put: the type that must be sent.")
  private Optional<ContentType> contentType = Optional.empty();

  @Option(
      names = "--length",
      paramLabel = "BYTES",
      description = "With --put: how many bytes must be sent.")
  private OptionalLong length = OptionalLong.empty();

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "With --put and --length: the checksum that the content must have.")
  private Optional<Sha256> sha256 = Optional.empty();

  @Override
  int run(ObjectStorageClient client, Settings settings) {
    Artifact artifact = artifact();
    SignedLink link =
        client.link(request(artifact, expires.orElse(settings.server().linkValidity())));
    Map<String, Object> document = Facts.document(artifact);
    document.put("method", link.method().name());
    document.put("url", link.text());
    document.put("headers", link.headers());
    document.put("expires_at", link.expiresAt().toString());
    if (!root().isJson()) {
      link.headers()
          .forEach((name, value) -> root().warn("send the header  " + name + ": " + value));
    }
    root().print(new Answer(document, link.text() + "\n"));
    return ExitCode.OK;
  }

  private LinkRequest request(Artifact artifact, Duration validity) {
    boolean isBound = contentType.isPresent() || length.isPresent() || sha256.isPresent();
    if (isBound && !isUpload) {
      throw wrongUsage("--content-type, --length and --sha256 bind an upload: they need --put");
    }
    if (isUpload && saveAs.isPresent()) {
      throw wrongUsage("--save-as is for a download, and --put for an upload");
    }
    try {
      return isUpload
          ? new LinkRequest.Upload(artifact, validity, contentType, length, sha256)
          : new LinkRequest.Download(artifact, validity, saveAs.orElseGet(artifact::fileName));
    } catch (IllegalArgumentException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
  }
}
