package io.github.fathomlab.cli;

import io.github.fathomlab.claims.Documented;
import io.github.fathomlab.experiment.ExperimentRun;
import io.github.fathomlab.experiment.StudyRun;
import io.github.fathomlab.record.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom resume}. */
@Command(
    name = "resume",
    description = {
      "Goes on with a run that was interrupted or killed; its numbers are those of a run that was not.",
      "A killed study is performed again from its beginning.",
      ""
    },
    footer = {"", "Examples:", "  fathom resume runs/first-light-1a2b3c4d"})
final class ResumeCommand implements Callable<Integer> {
  private final Output output;
  private final List<Documented> documented;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private WorkersOption workers = new WorkersOption();

  @Parameters(paramLabel = "RUN", description = "Directory of the run.")
  private Path run = Path.of("");

  ResumeCommand(Output output, List<Documented> documented) {
    this.output = output;
    this.documented = documented;
  }

  @Override
  public Integer call() {
    RunDirectory directory = RunDirectory.open(run);
    return StudyRun.isIn(directory) ? study(directory) : experiment();
  }

  private int study(RunDirectory directory) {
    StudyRun resumed = StudyRun.resumed(directory, documented);
    output.talk("performing the study again in " + run);
    return new Execution(output).carryOut(resumed, new Conclusion(output, common.json));
  }

  private int experiment() {
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
