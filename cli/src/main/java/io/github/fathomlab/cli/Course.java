package io.github.fathomlab.cli;

import io.github.fathomlab.experiment.ExperimentRun;
import io.github.fathomlab.sweep.SweepRun;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Something that takes its time, as seen from outside.
 *
 * @param name for people
 * @param unit what is counted, such as {@code step}
 * @param total units in all
 * @param done units done, those before a resumption included; may have a fraction
 * @param remark the state of affairs, beginning with a comma, or nothing
 */
record Course(String name, String unit, long total, DoubleSupplier done, Supplier<String> remark) {

  static Course of(ExperimentRun run) {
    return new Course(
        run.experiment().name(),
        "step",
        run.stepsTotal(),
        run::stepsDone,
        () -> ProgressText.lossPart(run.loss()));
  }

  static Course of(SweepRun run) {
    int trainings = run.grid().trainings();
    int cells = run.grid().cells().size();
    return new Course(
        run.grid().base().name(),
        "training",
        trainings,
        () -> run.queue().share() * trainings,
        () -> ", %d of %d cells".formatted(run.queue().finished(), cells));
  }
}
