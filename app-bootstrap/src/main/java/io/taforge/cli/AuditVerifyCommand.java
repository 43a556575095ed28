package io.taforge.cli;

import io.taforge.audit.AuditVerification;
import io.taforge.config.Settings;
import io.taforge.config.SettingsReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells whether the audit trail is as it was written. */
@Command(
    name = "verify",
    description = {
      "Tells whether a line of the audit trail was edited, removed, added or moved.",
      "Whoever keeps the head that it prints can tell later whether all was computed anew."
    },
    footer = {"", "Example: taforge audit verify --json"})
final class AuditVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Taforge root = (Taforge) spec.root().userObject();
    Surroundings around = root.surroundings();
    Settings settings = SettingsReader.read(around.environment(), around.folder());
    AuditVerification found = AuditVerification.of(settings.audit().folder());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", found.isWhole());
    document.put("folder", settings.audit().folder().toString());
    document.put("files", found.files());
    document.put("lines", found.lines());
    found.head().ifPresent(head -> document.put("head", head));
    document.put("findings", found.findings());
    String text =
        found.findings().stream().map(each -> each + "\n").collect(Collectors.joining())
            + "%d files with %d lines in %s: %s%n"
                .formatted(
                    found.files(),
                    found.lines(),
                    settings.audit().folder(),
                    found.isWhole() ? "as they were written" : "not as they were written")
            + found.head().map(head -> "head " + head + "\n").orElse("");
    root.print(new Answer(document, text));
    return found.isWhole() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
