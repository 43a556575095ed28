package io.taforge.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script with which a shell completes the command. */
@Command(
    name = "completion",
    description = "Prints a script with which a shell completes commands and options.",
    footer = {"", "Example: source <(taforge completion bash)"})
final class CompletionCommand implements Callable<Integer> {
  /** The shells that the script works in. */
  enum Shell {
    BASH,
    ZSH
  }

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String script = AutoComplete.bash("taforge", spec.root().commandLine());
    String start = shell == Shell.ZSH ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
    spec.commandLine().getOut().print(start + script);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
