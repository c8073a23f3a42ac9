package io.github.fathomlab.cli;

import io.github.fathomlab.claims.Documented;
import io.github.fathomlab.claims.DocumentedSweep;
import io.github.fathomlab.experiment.ExperimentRun;
import io.github.fathomlab.experiment.StudyRun;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.sweep.SweepDirectory;
import io.github.fathomlab.sweep.SweepRun;
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
      "Goes on with a run or sweep that was interrupted or killed; its numbers are those of one that was not.",
      "A killed study is performed again from its beginning.",
      ""
    },
    footer = {"", "Examples:", "  fathom resume runs/first-light-1a2b3c4d"})
final class ResumeCommand implements Callable<Integer> {
  private final Output output;
  private final List<Documented> documented;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private WorkersOption workers = new WorkersOption();

  @Parameters(paramLabel = "RUN", description = "Directory of the run or sweep.")
  private Path run = Path.of("");

  ResumeCommand(Output output, List<Documented> documented) {
    this.output = output;
    this.documented = documented;
  }

  @Override
  public Integer call() {
    RunDirectory directory = RunDirectory.open(run);
    if (SweepDirectory.isIn(directory)) {
      return sweep(directory);
    }
    return StudyRun.isIn(directory) ? study(directory) : experiment();
  }

  private int sweep(RunDirectory directory) {
    SweepRun resumed =
        SweepRun.resumed(directory, DocumentedSweep.claims(documented), workers.count());
    output.talk(
        "resuming %s with %d of %d cells finished"
            .formatted(run, resumed.queue().finished(), resumed.grid().cells().size()));
    return new Execution(output)
        .carryOut(resumed, outcome -> SweepSummary.show(outcome, output, common.json));
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
