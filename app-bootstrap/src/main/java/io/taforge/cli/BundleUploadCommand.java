package io.taforge.cli;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.storage.PutOptions;
import io.taforge.storage.WriteCondition;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stores a revision of a TA bundle. */
@Command(
    name = "upload",
    description = "Stores a new revision of a TA bundle; one that is there is not replaced.",
    footer = {
      "",
      "Example: taforge bundles upload TA-web.tgz --version 2 \\",
      "             --request 5b0cf5a6-93d3-4b8e-9f19-6b1a52a7d6a2"
    })
final class BundleUploadCommand extends UploadCommand {
  @Option(
      names = "--request",
      paramLabel = "UUID",
      required = true,
      description = "The request it belongs to.")
  private RequestId request;

  @Option(
      names = "--version",
      paramLabel = "N",
      required = true,
      description = "The bundle's version: 1, 2, 3 …")
  private BundleVersion version;

  @Option(
      names = "--revision",
      paramLabel = "UUID",
      description = "The revision's id; without it a new one is made and printed.")
  private Optional<RevisionId> revision = Optional.empty();

  @Override
  Artifact artifact() {
    return new TaBundle(request, version, revision.orElseGet(RevisionId::random));
  }

  @Override
  PutOptions options(PutOptions options) {
    return options.on(WriteCondition.ifAbsent());
  }
}
