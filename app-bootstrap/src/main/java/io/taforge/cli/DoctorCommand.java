package io.taforge.cli;

import static io.taforge.artifact.Quoted.line;

import io.taforge.config.Setting;
import io.taforge.config.SettingsReader;
import io.taforge.config.SettingsReport;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at settings and storage, and tells what to do about what is wrong. */
@Command(
    name = "doctor",
    description = {
      "Tells what each setting is and where that comes from, looks at the storage, and says what to"
          + " do about what is wrong. Secrets are not shown.",
      "Exit code 0: all is well; 1: something failed."
    },
    footer = {"", "Example: taforge doctor --json"})
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Taforge root = (Taforge) spec.root().userObject();
    Surroundings around = root.surroundings();
    SettingsReport report = SettingsReader.report(around.environment(), around.folder());
    List<Finding> findings =
        report
            .settings()
            .map(settings -> Checkup.of(settings, around.clock()))
            .orElseGet(() -> report.problems().stream().map(Finding::ofSettings).toList());
    root.print(new Answer(document(report, findings), text(report, findings)));
    return isFine(findings) ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static boolean isFine(List<Finding> findings) {
    return findings.stream().noneMatch(Finding::isFailure);
  }

  private static Map<String, Object> document(SettingsReport report, List<Finding> findings) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", isFine(findings));
    document.put("settings", report.values().stream().map(DoctorCommand::document).toList());
    document.put("warnings", report.warnings());
    document.put("checks", findings.stream().map(Finding::document).toList());
    return document;
  }

  private static Map<String, Object> document(Setting setting) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", setting.name());
    document.put("value", setting.value());
    document.put("origin", setting.origin());
    return document;
  }

  private static String text(SettingsReport report, List<Finding> findings) {
    Table settings = new Table("SETTING", "VALUE", "FROM");
    report
        .values()
        .forEach(
            each -> settings.row(each.name(), orDash(plain(each.value())), plain(each.origin())));
    Table checks = new Table("BUCKET", "CHECK", "RESULT", "");
    findings.forEach(
        each ->
            checks.row(orDash(each.bucket()), each.aspect(), each.result(), plain(each.detail())));
    String warnings =
        report.warnings().stream()
            .map(each -> "warning: " + plain(each) + "\n")
            .collect(Collectors.joining());
    return Stream.of(settings.toString(), warnings, checks.toString(), advice(findings))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String advice(List<Finding> findings) {
    List<String> failed =
        findings.stream().filter(Finding::isFailure).map(Finding::aspect).distinct().toList();
    if (failed.isEmpty()) {
      return "all is well\n";
    }
    String all =
        Arrays.stream(Trouble.values())
            .map(trouble -> advice(trouble, failed))
            .collect(Collectors.joining());
    return all + "not all is well: " + String.join(", ", failed) + "\n";
  }

  private static String advice(Trouble trouble, List<String> failed) {
    String lines =
        failed.stream()
            .filter(aspect -> !trouble.advice(aspect).isEmpty())
            .map(aspect -> "  " + aspect + ": " + trouble.advice(aspect) + "\n")
            .collect(Collectors.joining());
    return lines.isEmpty() ? "" : trouble + "\n" + lines + "\n";
  }

  /** What others have written goes to a terminal. */
  private static String plain(String text) {
    return line(text);
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
