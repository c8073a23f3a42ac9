package io.github.fathomlab.springblock;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.springblock.Separation.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers the readings by replica and the replicas by their place in the grid. */
final class DiagramReader {
  private final Readings readings;
  private final String measure;
  private final Map<Integer, Double> accuracies;
  private final Map<Integer, TreeMap<Integer, Measure>> curves = new HashMap<>();
  private final int layers;

  /**
   * @param trained whether the curves at the ends of the trainings are wanted, or those before
   *     their first step
   */
  DiagramReader(Readings readings, String measure, boolean trained) {
    this.readings = readings;
    this.measure = measure;
    String held = readings.of("accuracy.test").isEmpty() ? "accuracy.train" : "accuracy.test";
    accuracies = trained ? last(held) : first(held);
    boolean grows = measure.endsWith(PhaseDiagram.GROWING);
    Map<Integer, Long> ends = new HashMap<>();
    List<Reading> measured = readings.of(measure);
    for (Reading reading : measured) {
      ends.merge(reading.replica(), reading.step(), Math::max);
    }
    for (Reading reading : measured) {
      boolean last = Objects.equals(reading.step(), ends.get(reading.replica()));
      if (trained ? last && reading.step() > 0 : reading.step() == 0) {
        curves
            .computeIfAbsent(reading.replica(), _ -> new TreeMap<>())
            .put(reading.layer(), grows ? Measure.of(reading).negated() : Measure.of(reading));
      }
    }
    layers = curves.values().stream().mapToInt(Map::size).max().orElse(0);
  }

  /** Per replica, the value at its last step. */
  private Map<Integer, Double> last(String quantity) {
    Map<Integer, Double> values = new TreeMap<>();
    readings.of(quantity).forEach(reading -> values.put(reading.replica(), reading.value()));
    return values;
  }

  /** Per replica, the value before its first step. */
  private Map<Integer, Double> first(String quantity) {
    Map<Integer, Double> values = new TreeMap<>();
    readings.of(quantity).stream()
        .filter(reading -> reading.step() == 0)
        .forEach(reading -> values.put(reading.replica(), reading.value()));
    return values;
  }

  PhaseDiagram diagram(@Nullable String slopeKey, String noiseKey) {
    Map<Integer, Double> slopes = slopeKey == null ? Map.of() : last(PhaseDiagram.AXIS + slopeKey);
    Map<Integer, Double> noises = last(PhaseDiagram.AXIS + noiseKey);
    Comparator<Double> order = Comparator.naturalOrder();
    List<Double> columns =
        new TreeSet<>(noises.values())
            .stream()
                .sorted(noiseKey.equals(PhaseDiagram.BATCH) ? order.reversed() : order)
                .toList();
    List<Double> lines =
        slopeKey == null ? List.of(Double.NaN) : List.copyOf(new TreeSet<>(slopes.values()));
    List<List<PhaseDiagram.Cell>> rows = new ArrayList<>();
    for (double slope : lines) {
      List<PhaseDiagram.Cell> row = new ArrayList<>();
      for (double noise : columns) {
        row.add(
            cell(
                slope,
                noise,
                noises.keySet().stream()
                    .filter(r -> Objects.equals(noises.get(r), noise))
                    .filter(r -> slopeKey == null || Objects.equals(slopes.get(r), slope))
                    .toList()));
      }
      rows.add(List.copyOf(row));
    }
    PhaseDiagram.Axis nonlinearity =
        slopeKey == null ? null : new PhaseDiagram.Axis(slopeKey, lines);
    return new PhaseDiagram(
        measure, nonlinearity, new PhaseDiagram.Axis(noiseKey, columns), List.copyOf(rows));
  }

  private PhaseDiagram.Cell cell(double slope, double noise, List<Integer> replicas) {
    List<LoadCurve> found = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    for (int replica : replicas) {
      Map<Integer, Measure> curve = curves.getOrDefault(replica, new TreeMap<>());
      if (curve.size() == layers && layers > 1) {
        found.add(LoadCurve.of(List.copyOf(curve.values())));
        double score = accuracies.getOrDefault(replica, Double.NaN);
        if (Double.isFinite(score)) {
          scores.add(score);
        }
      }
    }
    return new PhaseDiagram.Cell(
        slope,
        noise,
        found,
        CurvePhase.of(found.stream().map(curve -> curve.statistics(true)).toList()),
        List.copyOf(scores),
        replicas.size() - found.size());
  }
}
