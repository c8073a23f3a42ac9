package io.github.fathomlab.cli;

import io.github.fathomlab.experiment.RunOutcome;
import java.util.function.ToIntFunction;

/**
 * Shows the outcome of one run.
 *
 * @param json as one document instead of lines
 */
record Conclusion(Output output, boolean json) implements ToIntFunction<RunOutcome> {

  @Override
  public int applyAsInt(RunOutcome outcome) {
    RunSummary summary = new RunSummary(outcome);
    if (json) {
      output.json(summary.json());
    } else {
      summary.lines().forEach(output::result);
    }
    return Main.DONE;
  }
}
