package io.github.fathomlab.springblock.chain;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.springblock.LoadCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The training of a network as the motion of a chain.
 *
 * <pre>   x_l(t) = (D_0(t) - D_l(t)) - (D_0(0) - D_l(0)),  l = 1..K-1,   y(t) = x_K(t)   </pre>
 *
 * <p>Symbols: D_l the separation of representation l, K the last one before the logits; t in
 * optimizer steps; all lengths pure numbers. Source: our derivation for arXiv:2407.19353; the
 * change since initialisation is taken because random networks start with loads of their own.
 * Validity: at least two replicas, whose scatter is the error of a position; steps at which a curve
 * is missing are left out. Cost: O(readings).
 *
 * @param motion mean over replicas with the error of the mean
 * @param startLoads d_1(0)..d_K(0), mean over replicas
 */
public record MeasuredTrajectory(Trajectory motion, double[] startLoads) {
  private static final int FEWEST_REPLICAS = 2;
  private static final int FEWEST_LAYERS = 4;

  /**
   * The motion of one measure; empty with fewer than two replicas, three usable steps after the
   * start, or four representations.
   *
   * @param measured readings of the measure over layers, ordered by step
   */
  public static Optional<MeasuredTrajectory> of(List<Reading> measured) {
    List<Double> times = new ArrayList<>();
    List<List<double[]>> curves = new ArrayList<>();
    for (long step : measured.stream().mapToLong(Reading::step).distinct().sorted().toArray()) {
      List<LoadCurve> found = LoadCurve.at(measured, step);
      boolean usable = found.stream().allMatch(curve -> curve.status() == Status.OK);
      if (usable && found.size() >= FEWEST_REPLICAS) {
        times.add((double) step);
        curves.add(found.stream().map(LoadCurve::separations).toList());
      }
    }
    int replicas = curves.isEmpty() ? 0 : curves.getFirst().size();
    curves.removeIf(step -> step.size() != replicas);
    if (curves.size() != times.size()
        || curves.size() <= FEWEST_REPLICAS
        || times.getFirst() != 0
        || curves.getFirst().getFirst().length < FEWEST_LAYERS) {
      return Optional.empty();
    }
    List<Trajectory> motions = new ArrayList<>();
    for (int r = 0; r < replicas; r++) {
      motions.add(motion(times, curves, r));
    }
    Trajectory mean = Trajectory.mean(motions);
    double error = scatter(motions, mean) / Math.sqrt(replicas);
    if (!(error > 0)) {
      return Optional.empty();
    }
    return Optional.of(
        new MeasuredTrajectory(
            new Trajectory(mean.times(), mean.positions(), mean.end(), error),
            startLoads(curves.getFirst())));
  }

  private static Trajectory motion(List<Double> times, List<List<double[]>> curves, int replica) {
    double[] start = curves.getFirst().get(replica);
    int last = start.length - 2;
    double[][] positions = new double[times.size()][last - 1];
    double[] end = new double[times.size()];
    for (int j = 0; j < times.size(); j++) {
      double[] now = curves.get(j).get(replica);
      for (int l = 1; l <= last; l++) {
        double moved = now[0] - now[l] - (start[0] - start[l]);
        if (l < last) {
          positions[j][l - 1] = moved;
        } else {
          end[j] = moved;
        }
      }
    }
    double[] steps = times.stream().mapToDouble(Double::doubleValue).toArray();
    return new Trajectory(steps, positions, end, 1);
  }

  /** Standard deviation of a replica's position around the mean, pooled over times and blocks. */
  private static double scatter(List<Trajectory> motions, Trajectory mean) {
    double squares = 0;
    int steps = mean.times().length - 1;
    for (Trajectory motion : motions) {
      for (int j = 1; j <= steps; j++) {
        for (int l = 0; l < mean.blocks(); l++) {
          double difference = motion.positions()[j][l] - mean.positions()[j][l];
          squares += difference * difference;
        }
      }
    }
    return Math.sqrt(squares / ((motions.size() - 1.0) * steps * mean.blocks()));
  }

  private static double[] startLoads(List<double[]> curves) {
    double[] loads = new double[curves.getFirst().length - 2];
    for (double[] curve : curves) {
      for (int l = 0; l < loads.length; l++) {
        loads[l] += (curve[l] - curve[l + 1]) / curves.size();
      }
    }
    return loads;
  }

  /**
   * The loads that a fitted model gives at each of the times, those of the start first: its
   * springs' elongations on top of the loads at initialisation.
   */
  public List<double[]> loads(FittedModel model) {
    List<double[]> loads = new ArrayList<>();
    loads.add(startLoads.clone());
    for (int j = 1; j < motion.times().length; j++) {
      double[] positions = model.positions()[j - 1];
      double[] now = startLoads.clone();
      double before = 0;
      for (int l = 0; l < now.length; l++) {
        double here = l < positions.length ? positions[l] : motion.end()[j];
        now[l] += here - before;
        before = here;
      }
      loads.add(now);
    }
    return loads;
  }
}
