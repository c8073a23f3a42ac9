package io.github.fathomlab.springblock;

import io.github.fathomlab.instrument.Readings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The load curves of a grid of trainings, noise along one axis and nonlinearity along the other.
 *
 * <p>Read from the readings of a sweep, in which every training is a replica: {@code axis.KEY} says
 * at which value of the experiment's key it was done and {@code sweep.cell} which cell it belongs
 * to. A cell's curve is the one at the last step at which its network was measured. Source:
 * arXiv:2407.19353, the public phase diagrams; the phase of a cell by {@link CurvePhase} is ours.
 *
 * @param measure quantity the loads are read from, such as {@code separation.trace_ratio}
 * @param nonlinearity the slope of the activation, ascending (most nonlinear first); null when the
 *     sweep has one activation
 * @param noise ordered from the least noise to the most, for {@code training.batch} from the
 *     largest batch to the smallest
 * @param rows cells by [nonlinearity][noise]
 */
public record PhaseDiagram(
    String measure, @Nullable Axis nonlinearity, Axis noise, List<List<Cell>> rows) {
  static final String AXIS = "axis.";
  static final String BATCH = "training.batch";
  private static final Set<String> NOISES =
      Set.of("network.dropout", "optimizer.learning_rate", BATCH);
  private static final String DATA_NOISE = "noise.";

  /**
   * A measure that grows where the others fall; its sign is turned, so that a load is what a layer
   * separates.
   */
  static final String GROWING = "separation.invariant";

  /**
   * One axis.
   *
   * @param key of the experiment, such as {@code network.dropout}
   * @param values in order
   */
  public record Axis(String key, List<Double> values) {}

  /**
   * One grid point with all its seeds.
   *
   * @param slope value on the axis of nonlinearity; NaN when there is none
   * @param noise value on the axis of noise
   * @param curves of the replicas that were measured to their end
   * @param phase of those curves
   * @param accuracies of the same replicas, held-out when there are held-out samples; may be empty
   * @param lost replicas without a curve at their end, because they diverged or failed
   */
  public record Cell(
      double slope,
      double noise,
      List<LoadCurve> curves,
      CurvePhase phase,
      List<Double> accuracies,
      int lost) {

    /** Mean D_0..D_L over the replicas, empty without replicas. */
    public double[] meanCurve() {
      if (curves.isEmpty()) {
        return new double[0];
      }
      double[] mean = new double[curves.getFirst().separations().length];
      for (LoadCurve curve : curves) {
        double[] separations = curve.separations();
        for (int l = 0; l < mean.length; l++) {
          mean[l] += separations[l] / curves.size();
        }
      }
      return mean;
    }

    /** Mean accuracy, NaN when there is none. */
    public double accuracy() {
      return mean(accuracies);
    }

    /** Standard error of the mean accuracy, NaN with fewer than two replicas. */
    public double accuracyError() {
      int count = accuracies.size();
      double mean = accuracy();
      double squares = accuracies.stream().mapToDouble(a -> (a - mean) * (a - mean)).sum();
      return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
    }

    private static double mean(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
  }

  /**
   * The diagram that the readings of a sweep hold; empty when they are of no sweep, when the
   * measure is missing, or when the sweep has other axes than one of noise and at most one of
   * slopes.
   */
  public static Optional<PhaseDiagram> of(Readings readings, String measure) {
    return of(readings, measure, true);
  }

  /** The null of {@link #of(Readings, String)}: the same networks before their first step. */
  public static Optional<PhaseDiagram> untrained(Readings readings, String measure) {
    return of(readings, measure, false);
  }

  private static Optional<PhaseDiagram> of(Readings readings, String measure, boolean trained) {
    List<String> keys =
        readings.quantities().stream()
            .filter(quantity -> quantity.startsWith(AXIS))
            .map(quantity -> quantity.substring(AXIS.length()))
            .toList();
    List<String> slopes = keys.stream().filter(key -> key.endsWith("slope")).toList();
    List<String> noises = keys.stream().filter(key -> !key.endsWith("slope")).toList();
    if (slopes.size() > 1
        || noises.size() != 1
        || !isNoise(noises.getFirst())
        || !readings.quantities().contains(measure)) {
      return Optional.empty();
    }
    return Optional.of(
        new DiagramReader(readings, measure, trained)
            .diagram(slopes.isEmpty() ? null : slopes.getFirst(), noises.getFirst()));
  }

  /** Whether every one of the joined keys makes noise. */
  private static boolean isNoise(String axis) {
    return Arrays.stream(axis.split("\\+", -1))
        .map(String::strip)
        .allMatch(key -> NOISES.contains(key) || key.startsWith(DATA_NOISE));
  }

  /**
   * The value of a noise axis in which more is noisier: the value itself, or one over the batch.
   */
  public double strength(double noiseValue) {
    return noise.key().equals(BATCH) ? 1 / noiseValue : noiseValue;
  }

  /** All cells, row after row. */
  public List<Cell> cells() {
    return rows.stream().flatMap(List::stream).toList();
  }
}
