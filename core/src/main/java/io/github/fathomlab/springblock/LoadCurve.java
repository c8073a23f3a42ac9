package io.github.fathomlab.springblock;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.springblock.Separation.Measure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The separation D_0..D_L along the depth of one network, whose falls are the loads of its layers.
 *
 * <pre>   d_l = D_{l-1} - D_l,  l = 1..L </pre>
 *
 * <p>Symbols: D_0 the input, D_L the output; D and d are pure numbers. Source: arXiv:2407.19353 and
 * its published code. Validity: every D_l measured with status OK. Cost: O(L). A curve with another
 * status keeps its numbers for display; its statistics carry that status.
 *
 * @see LoadStatistics
 * @see CurvePhase
 */
public final class LoadCurve {
  private final double[] separations;
  private final Status status;

  private LoadCurve(double[] separations, Status status) {
    if (separations.length < 2) {
      throw new IllegalArgumentException(
          "a load curve needs the separation of at least 2 representations, found "
              + separations.length);
    }
    this.separations = separations;
    this.status = status;
  }

  /** The curve of D_0..D_L; its status is the first one that is not OK. */
  public static LoadCurve of(List<Measure> separations) {
    Status status =
        separations.stream()
            .map(Measure::status)
            .filter(s -> s != Status.OK)
            .findFirst()
            .orElse(Status.OK);
    return new LoadCurve(separations.stream().mapToDouble(Measure::value).toArray(), status);
  }

  /** The curve of D_0..D_L, all of them usable when finite. */
  public static LoadCurve of(double... separations) {
    boolean finite = Arrays.stream(separations).allMatch(Double::isFinite);
    return new LoadCurve(separations.clone(), finite ? Status.OK : Status.NOT_FINITE);
  }

  /**
   * The curves that were recorded at one step, of the replicas whose whole curve was measured, in
   * their order.
   *
   * @param measured readings of one measure over layers
   */
  public static List<LoadCurve> at(List<Reading> measured, long step) {
    Map<Integer, Map<Integer, Measure>> curves = new TreeMap<>();
    for (Reading reading : measured) {
      if (reading.step() == step) {
        curves
            .computeIfAbsent(reading.replica(), _ -> new TreeMap<>())
            .put(reading.layer(), Measure.of(reading));
      }
    }
    int longest = curves.values().stream().mapToInt(Map::size).max().orElse(0);
    return curves.values().stream()
        .filter(curve -> curve.size() == longest && longest > 1)
        .map(curve -> LoadCurve.of(List.copyOf(curve.values())))
        .toList();
  }

  /** OK when every separation may be used for loads. */
  public Status status() {
    return status;
  }

  /** D_0..D_L. */
  public double[] separations() {
    return separations.clone();
  }

  /** d_1..d_L. */
  public double[] loads() {
    double[] loads = new double[separations.length - 1];
    for (int l = 0; l < loads.length; l++) {
      loads[l] = separations[l] - separations[l + 1];
    }
    return loads;
  }

  /**
   * Statistics of this curve.
   *
   * @param dropLast leaves out D_L, the logits, as the authors' code does
   */
  public LoadStatistics statistics(boolean dropLast) {
    int last = separations.length - (dropLast ? 1 : 0);
    return LoadStatistics.of(Arrays.copyOf(separations, last), status);
  }
}
