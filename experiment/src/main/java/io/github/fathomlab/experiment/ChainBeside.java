package io.github.fathomlab.experiment;

import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.report.ChainCompanion;
import io.github.fathomlab.springblock.chain.Estimate;
import io.github.fathomlab.springblock.chain.FittedModel;
import io.github.fathomlab.springblock.chain.MeasuredTrajectory;
import io.github.fathomlab.springblock.chain.Trajectory;
import io.github.fathomlab.springblock.chain.TrajectoryFit;
import io.github.fathomlab.springblock.chain.TrajectoryParameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The chain of blocks that comes closest to a training, and how close that is. */
final class ChainBeside {
  private ChainBeside() {}

  /** The chain for the report of a run; empty where the training is not measured as a motion. */
  static Optional<ChainCompanion> of(Readings readings) {
    for (String measure : Advice.MEASURES) {
      Optional<MeasuredTrajectory> measured = MeasuredTrajectory.of(readings.of(measure));
      if (measured.isPresent()) {
        return companion(measured.get(), measure);
      }
    }
    return Optional.empty();
  }

  private static Optional<ChainCompanion> companion(MeasuredTrajectory measured, String measure) {
    Trajectory motion = measured.motion();
    FittedModel model = TrajectoryFit.reduce(motion);
    if (model.fitted().length == 0) {
      return Optional.empty();
    }
    List<Long> steps =
        Arrays.stream(motion.times()).mapToLong(time -> (long) time).boxed().toList();
    return Optional.of(
        new ChainCompanion(steps, measured.loads(model), sentence(model, motion, measure)));
  }

  private static String sentence(FittedModel model, Trajectory motion, String measure) {
    double pull = motion.reach();
    return String.format(
        Locale.ROOT,
        "A chain pulled by the measured last hidden layer, fitted with two numbers to the change of %s since the start (our derivation; the four numbers of the full chain cannot be told apart from such data): %s, %s. It misses the blocks by %.1f %% of the pull; a chain without friction, always at rest, by %.1f %%.",
        measure,
        words(model, TrajectoryParameter.RATE, "per step"),
        words(model, TrajectoryParameter.INCREMENT, "per layer"),
        100 * model.rms() / pull,
        100 * motion.straightLineRms() / pull);
  }

  private static String words(FittedModel model, TrajectoryParameter parameter, String unit) {
    return switch (Objects.requireNonNull(model.estimates().get(parameter))) {
      case Estimate.Known known ->
          String.format(
              Locale.ROOT,
              "%s %.3g %s [%.3g, %.3g]",
              parameter.description(),
              known.value(),
              unit,
              known.low(),
              known.high());
      case Estimate.Unknown _ -> parameter.description() + " not known";
    };
  }
}
