package io.github.fathomlab.springblock;

import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * How fast the loads of a training grow from layer to layer, as change since its initialisation.
 *
 * <pre>
 *   r(t) = least squares slope over l = 1..K of d_l(t) - d_l(0),   K = L - 1
 *   interval: mean -+ t_{0.975, R-1} sd / sqrt(R) over the R replicas
 * </pre>
 *
 * <p>Symbols: d_l the loads of {@link LoadCurve}, the last one (the logits) left out; r a pure
 * number per layer. Source: our derivation for arXiv:2407.19353, where the elongation of a spring
 * stands for a load; a random network starts with loads that differ, so that the change is the
 * elongation. For a chain at rest r is its force per block over the stiffness. Validity: curves
 * with status OK at the start and at the step. Cost: O(steps · replicas · layers).
 *
 * @param points by step
 */
public record LoadTrajectory(List<Point> points) {
  private static final double CONFIDENCE = 0.95;
  private static final int FEWEST_REPLICAS = 3;
  private static final int FEWEST_LOADS = 3;

  /**
   * One step.
   *
   * @param step of the training
   * @param replicas r of each replica, empty for one whose curve cannot be used
   * @param mean over the usable replicas, empty without any
   * @param interval of the mean, empty with fewer than 3 usable replicas
   */
  public record Point(
      long step,
      List<Optional<Double>> replicas,
      Optional<Double> mean,
      Optional<Interval> interval) {}

  /** A 95 % interval. */
  public record Interval(double low, double high) {}

  /**
   * The trajectory of replicas measured at the same steps.
   *
   * @param curves of the replicas at each step, in the same order at every step; the first step is
   *     the initialisation
   * @throws IllegalArgumentException when a step has another number of replicas or a curve another
   *     number of layers than the first, or when there are fewer than 3 loads
   */
  public static LoadTrajectory of(NavigableMap<Long, List<LoadCurve>> curves) {
    if (curves.isEmpty()) {
      return new LoadTrajectory(List.of());
    }
    List<LoadCurve> start = curves.firstEntry().getValue();
    List<Point> points = new ArrayList<>();
    curves.forEach((step, now) -> points.add(point(step, start, now)));
    return new LoadTrajectory(List.copyOf(points));
  }

  private static Point point(long step, List<LoadCurve> start, List<LoadCurve> now) {
    if (now.size() != start.size()) {
      throw new IllegalArgumentException(
          "expected the curves of %d replicas at step %d as at the first, found %d"
              .formatted(start.size(), step, now.size()));
    }
    List<Optional<Double>> replicas = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      replicas.add(increment(step, start.get(i), now.get(i)));
    }
    double[] usable =
        replicas.stream().flatMap(Optional::stream).mapToDouble(Double::doubleValue).toArray();
    Optional<Double> mean =
        usable.length == 0
            ? Optional.empty()
            : Optional.of(Arrays.stream(usable).sum() / usable.length);
    return new Point(step, List.copyOf(replicas), mean, interval(usable));
  }

  private static Optional<Double> increment(long step, LoadCurve start, LoadCurve now) {
    double[] before = start.loads();
    double[] after = now.loads();
    int count = before.length - 1;
    if (after.length != before.length || count < FEWEST_LOADS) {
      throw new IllegalArgumentException(
          "expected as many loads at step %d as at the first and at least %d, found %d and %d"
              .formatted(step, FEWEST_LOADS + 1, after.length, before.length));
    }
    if (!isUsable(start) || !isUsable(now)) {
      return Optional.empty();
    }
    double centre = (count - 1) / 2.0;
    double product = 0;
    double spread = 0;
    for (int l = 0; l < count; l++) {
      product += (l - centre) * (after[l] - before[l]);
      spread += (l - centre) * (l - centre);
    }
    return Optional.of(product / spread);
  }

  private static boolean isUsable(LoadCurve curve) {
    return curve.status() == Status.OK;
  }

  private static Optional<Interval> interval(double... values) {
    int count = values.length;
    if (count < FEWEST_REPLICAS) {
      return Optional.empty();
    }
    double mean = Arrays.stream(values).sum() / count;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double t = new TDistribution(count - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    double half = t * Math.sqrt(squares / (count - 1) / count);
    return Optional.of(new Interval(mean - half, mean + half));
  }
}
