package io.taforge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.config.Settings;
import io.taforge.config.SettingsReader;
import io.taforge.storage.policy.PolicyCheck;
import io.taforge.storage.policy.PolicyFinding;
import io.taforge.storage.policy.PolicyRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what somebody must be allowed on a server, or looks at what is allowed. */
@Command(
    name = "policy",
    description = {
      "Prints the least that a server must allow to somebody, as a policy for an identity in the"
          + " language of S3.",
      "reader downloads; lister lists and counts; writer does both, and uploads; janitor lists and"
          + " deletes; uploader signs links for uploads.",
      "With --check, tells which statements of a policy are public, public under a condition, or"
          + " invalid, with exit code 1."
    },
    footer = {"", "Example: taforge policy writer > writer.json"})
final class PolicyCommand implements Callable<Integer> {
  /** A policy has at most 20 KB on Amazon S3. */
  private static final int MOST_BYTES = 1 << 20;

  private static final String STANDARD_INPUT = "-";

  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Choice choice;

  /** One of the two. */
  static final class Choice {
    @Parameters(paramLabel = "ROLE", description = "reader, lister, writer, janitor or uploader.")
    private Optional<PolicyRole> role = Optional.empty();

    @Option(
        names = "--check",
        paramLabel = "FILE|-",
        description = "A policy to look at, of an identity or of a bucket; - for standard input.")
    private Optional<String> file = Optional.empty();
  }

  @Override
  public Integer call() throws IOException {
    return choice.file.isPresent() ? check(choice.file.get()) : print(choice.role.orElseThrow());
  }

  private int print(PolicyRole role) {
    Surroundings around = root().surroundings();
    Settings settings = SettingsReader.read(around.environment(), around.folder());
    settings.warnings().forEach(warning -> root().warn("taforge: " + warning));
    Map<String, Object> policy = role.policy(settings.buckets());
    root().print(new Answer(policy, Json.text(policy)));
    return ExitCode.OK;
  }

  private int check(String file) throws IOException {
    List<PolicyFinding> findings = PolicyCheck.findings(read(file));
    StringBuilder text = new StringBuilder();
    findings.forEach(each -> text.append(each.sentence()).append('\n'));
    if (findings.isEmpty()) {
      text.append("nothing in it is public or invalid\n");
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", findings.isEmpty());
    document.put("findings", findings.stream().map(PolicyCommand::document).toList());
    root().print(new Answer(document, text.toString()));
    return findings.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private String read(String file) throws IOException {
    Surroundings around = root().surroundings();
    try (InputStream in =
        file.equals(STANDARD_INPUT)
            ? around.in()
            : Files.newInputStream(around.folder().resolve(file))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new ParameterException(
            spec.commandLine(), file + " has more than 1 MB and is not a policy");
      }
      return new String(bytes, UTF_8);
    }
  }

  private static Map<String, Object> document(PolicyFinding finding) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("statement", finding.statement());
    document.put("problem", finding.problem().toString());
    document.put("detail", finding.detail());
    return document;
  }

  private Taforge root() {
    return (Taforge) spec.root().userObject();
  }
}
