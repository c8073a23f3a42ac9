package io.github.fathomlab.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom completion}. */
@Command(
    name = "completion",
    description = {"Prints a script that completes commands and options in the shell.", ""},
    footer = {
      "",
      "Examples:",
      "  fathom completion bash > ~/.local/share/bash-completion/completions/fathom",
      "  source <(fathom completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();

  /** The shells; one script serves both, because zsh loads bash's completion. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell = Shell.bash;

  CompletionCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("fathom", Main.commandLine(output));
    if (common.json) {
      output.json(Map.of("shell", shell.name(), "script", script));
    } else {
      output.result(script);
    }
    return Main.DONE;
  }
}
