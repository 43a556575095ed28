package io.taforge.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The parts of the command. Only the one that is asked for is read, because to read all of them
 * takes a tenth of a second; all are, where there is none of that name, to be told or completed.
 */
final class Subcommands {
  /** In the order in which the help tells them. */
  static final Map<String, Class<?>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("init", InitCommand.class);
    ALL.put("samples", SamplesCommand.class);
    ALL.put("bundles", BundlesCommand.class);
    ALL.put("debug", DebugCommand.class);
    ALL.put("stats", StatsCommand.class);
    ALL.put("cleanup", CleanupCommand.class);
    ALL.put("scrub", ScrubCommand.class);
    ALL.put("retention", RetentionCommand.class);
    ALL.put("doctor", DoctorCommand.class);
    ALL.put("serve", ServeCommand.class);
    ALL.put("links", LinksCommand.class);
    ALL.put("audit", AuditCommand.class);
    ALL.put("policy", PolicyCommand.class);
    ALL.put("completion", CompletionCommand.class);
  }

  private Subcommands() {}

  /** Adds what these arguments need. */
  static CommandLine addedTo(CommandLine root, String... arguments) {
    Optional<String> one =
        Stream.of(arguments)
            .filter(each -> !each.startsWith("-"))
            .findFirst()
            .filter(name -> ALL.containsKey(name) && ALL.get(name) != CompletionCommand.class);
    one.ifPresentOrElse(
        name -> root.addSubcommand(name, ALL.get(name)), () -> ALL.forEach(root::addSubcommand));
    return root;
  }
}
