package io.github.fathomlab.cli;

import io.github.fathomlab.experiment.ExperimentRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom resume}. */
@Command(
    name = "resume",
    description = {
      "Goes on with a run that was interrupted or killed; its numbers are those of a run that was not.",
      ""
    },
    footer = {"", "Examples:", "  fathom resume runs/first-light-1a2b3c4d"})
final class ResumeCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private WorkersOption workers = new WorkersOption();

  @Parameters(paramLabel = "RUN", description = "Directory of the run.")
  private Path run = Path.of("");

  ResumeCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    ExperimentRun resumed = ExperimentRun.resumed(run, workers.count());
    output.talk(
        "resuming %s at step %s of %s"
            .formatted(
                run,
                ProgressText.count(resumed.stepsDone()),
                ProgressText.count(resumed.stepsTotal())));
    return new Execution(output).carryOut(resumed, new Conclusion(output, common.json));
  }
}
