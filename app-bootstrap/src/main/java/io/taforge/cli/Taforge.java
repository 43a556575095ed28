package io.taforge.cli;

import io.taforge.artifact.Quoted;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command, and what all its parts have in common. */
@Command(
    name = "taforge",
    description = "Keeps log samples, TA bundles and debug bundles.",
    footer = {"", "Example: taforge samples upload web.log"},
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Taforge.Version.class)
final class Taforge {
  /** How long an interrupted transfer may take to remove what it has written. */
  private static final long TIDYING_MILLIS = 5000;

  private final Surroundings surroundings;
  private final PrintWriter out;
  private final PrintWriter err;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON document instead of text.")
  private boolean isJson;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean isVerbose;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli looks whether it is given
  private boolean isHelp;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("unused") // as above
  private boolean isVersion;

  private Taforge(Surroundings surroundings, PrintWriter out, PrintWriter err) {
    this.surroundings = surroundings;
    this.out = out;
    this.err = err;
  }

  /** Ends the process with the exit code. */
  public static void main(String[] arguments) {
    start(System.getenv(), arguments);
  }

  /** The same in an environment. */
  static void start(Map<String, String> environment, String... arguments) {
    AtomicBoolean isAtWork = new AtomicBoolean(true);
    Thread worker = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> letTidyUp(worker, isAtWork), "taforge-shutdown"));
    int code =
        run(
            new Surroundings(
                environment,
                Path.of("").toAbsolutePath(),
                // a channel, because waiting for it can be interrupted
                Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel()),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Clock.systemUTC(),
                Boolean.getBoolean("taforge.watched")),
            arguments);
    isAtWork.set(false);
    System.exit(code);
  }

  /** Runs the command; returns its exit code. */
  static int run(Surroundings surroundings, String... arguments) {
    PrintWriter out = writer(surroundings.out());
    PrintWriter err = writer(surroundings.err());
    Taforge root = new Taforge(surroundings, out, err);
    Failures failures = new Failures(root, err);
    return Values.registeredWith(Subcommands.addedTo(new CommandLine(root), arguments))
        .setOut(out)
        .setErr(err)
        .setUsageHelpAutoWidth(surroundings.isWatched())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .execute(arguments);
  }

  Surroundings surroundings() {
    return surroundings;
  }

  boolean isJson() {
    return isJson;
  }

  boolean isVerbose() {
    return isVerbose;
  }

  /** Prints what a command has to say, as a document for programs or as text for people. */
  void print(Answer answer) {
    out.print(isJson ? Json.text(answer.document()) : answer.text());
    out.flush();
  }

  /** Tells people something before it is done; programs get it with the answer. */
  void announce(String text) {
    if (!isJson) {
      out.print(text);
      out.flush();
    }
  }

  /** Prints a part of an answer that may be long. */
  void line(String text) {
    out.print(text + "\n");
  }

  /** Says something that is no answer. */
  void warn(String sentence) {
    err.println(Quoted.line(sentence));
    err.flush();
  }

  /** An interrupted process removes what it has half written; Ctrl-C comes as a shutdown. */
  private static void letTidyUp(Thread worker, AtomicBoolean isAtWork) {
    if (!isAtWork.get()) {
      return;
    }
    worker.interrupt();
    try {
      worker.join(TIDYING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(
        new Terminal(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), true);
  }

  /** Tells the version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Taforge.class.getPackage().getImplementationVersion();
      return new String[] {"taforge " + Optional.ofNullable(version).orElse("(unpackaged)")};
    }
  }
}
