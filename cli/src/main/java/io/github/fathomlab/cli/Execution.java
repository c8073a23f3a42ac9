package io.github.fathomlab.cli;

import io.github.fathomlab.experiment.ExperimentRun;
import io.github.fathomlab.experiment.RunOutcome;
import io.github.fathomlab.experiment.StudyRun;
import io.github.fathomlab.record.RecordException;
import io.github.fathomlab.sweep.SweepOutcome;
import io.github.fathomlab.sweep.SweepRun;
import io.github.fathomlab.training.Divergence;
import java.util.function.ToIntFunction;

/** Carries a run out in front of a person: with progress, and ending in order when interrupted. */
final class Execution {
  private final Output output;

  Execution(Output output) {
    this.output = output;
  }

  /**
   * Trains to the end.
   *
   * @param conclude shows the outcome and gives the exit code of a run that ended well
   * @return 130 when interrupted, 1 when a replica diverged, else what {@code conclude} says
   */
  int carryOut(ExperimentRun run, ToIntFunction<RunOutcome> conclude) {
    try (Interruption _ = new Interruption(run::stop)) {
      RunOutcome outcome = trained(run);
      int code = conclude.applyAsInt(outcome);
      for (Divergence divergence : outcome.divergences()) {
        output.talk("fathom: " + divergence.sentence());
      }
      if (outcome.interrupted()) {
        output.talk(
            "fathom: interrupted at step %s of %s; go on with: fathom resume %s"
                .formatted(
                    ProgressText.count(run.stepsDone()),
                    ProgressText.count(run.stepsTotal()),
                    outcome.run().path()));
        return Main.INTERRUPTED;
      }
      return outcome.divergences().isEmpty() ? code : Main.FAILED;
    }
  }

  /**
   * Performs a study to its end; it cannot stop in between, so Ctrl-C ends the process and the run
   * is as if it had been killed.
   *
   * @return what {@code conclude} says
   */
  int carryOut(StudyRun run, ToIntFunction<RunOutcome> conclude) {
    return conclude.applyAsInt(performed(run));
  }

  /**
   * Carries a sweep out to its end.
   *
   * @param conclude shows the outcome and gives the exit code of a sweep that ended well
   * @return 130 when interrupted, 4 when cells failed and nothing worse is to be said, else what
   *     {@code conclude} says
   */
  int carryOut(SweepRun sweep, ToIntFunction<SweepOutcome> conclude) {
    try (Interruption _ = new Interruption(sweep::stop)) {
      SweepOutcome outcome = swept(sweep);
      int code = conclude.applyAsInt(outcome);
      outcome.failures().forEach(failure -> output.talk("fathom: " + failure));
      if (outcome.interrupted()) {
        output.talk(
            "fathom: interrupted with %d of %d cells finished; go on with: fathom resume %s"
                .formatted(sweep.queue().finished(), outcome.cells(), outcome.run().path()));
        return Main.INTERRUPTED;
      }
      return code == Main.DONE && !outcome.failures().isEmpty() ? Main.PARTIAL : code;
    }
  }

  private SweepOutcome swept(SweepRun sweep) {
    try (Progress _ = Progress.of(Course.of(sweep), output)) {
      return sweep.execute();
    } catch (RecordException e) {
      throw new RunFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static RunOutcome performed(StudyRun run) {
    try {
      return run.execute();
    } catch (RecordException e) {
      throw new RunFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private RunOutcome trained(ExperimentRun run) {
    try (Progress _ = Progress.of(Course.of(run), output)) {
      return run.execute();
    } catch (RecordException e) {
      throw new RunFailedException(String.valueOf(e.getMessage()), e);
    }
  }
}
