package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The load curve as a folding ruler over training: one ruler per time whose segments are the loads
 * of the layers, beside the springs of a simulated chain.
 */
final class FoldingRuler {
  private static final String ID = "folding-ruler";
  private static final int MOST_ROWS = 7;
  private static final double LEFT = 66;
  private static final double GAP = 26;
  private static final double TOP = 64;
  private static final double PITCH = 50;
  private static final List<String> MEASURES =
      List.of("separation.trace_ratio", "separation.log", "separation.invariant");

  /**
   * One column of rulers.
   *
   * @param heading above it
   * @param part what a segment is: a layer or a spring
   * @param rulers one per step; null where a number is missing
   */
  private record Column(String heading, String part, List<double @Nullable []> rulers) {}

  private final List<Long> steps;
  private final List<Column> columns;
  private final long replicas;
  private final double width;
  private final @Nullable ChainCompanion chain;

  private FoldingRuler(
      List<Long> steps, List<Column> columns, long replicas, @Nullable ChainCompanion chain) {
    this.steps = steps;
    this.columns = columns;
    this.replicas = replicas;
    this.chain = chain;
    width = (Figure.FULL - LEFT - 12 - GAP * (columns.size() - 1)) / columns.size();
  }

  static Optional<Figure> of(@Nullable ChainCompanion chain, Recorded recorded) {
    List<Long> steps = steps(recorded);
    List<Column> columns = new ArrayList<>();
    long replicas = 0;
    for (String quantity : MEASURES) {
      long found = recorded.of(quantity).stream().mapToInt(Reading::replica).distinct().count();
      replicas = Math.max(replicas, found);
      if (!recorded.of(quantity).isEmpty() && columns.size() < 2) {
        columns.add(measured(quantity, steps, recorded));
      }
    }
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    if (chain != null) {
      List<double @Nullable []> springs = new ArrayList<>();
      steps.forEach(step -> springs.add(chain.at(step)));
      columns.add(new Column("simulated chain", "spring", springs));
    }
    return Optional.of(new FoldingRuler(steps, columns, replicas, chain).figure());
  }

  /** At most {@link #MOST_ROWS} of the measured steps: first, last, and equal ratios between. */
  static List<Long> steps(Readings readings) {
    TreeSet<Long> measured = new TreeSet<>();
    for (String quantity : MEASURES) {
      readings.of(quantity).forEach(reading -> measured.add(reading.step()));
    }
    if (measured.size() <= MOST_ROWS) {
      return List.copyOf(measured);
    }
    TreeSet<Long> chosen = new TreeSet<>(List.of(measured.first(), measured.last()));
    double low = Math.log(Math.max(1, Objects.requireNonNull(measured.higher(0L))));
    double high = Math.log(measured.last());
    int between = MOST_ROWS - chosen.size();
    for (int i = 0; i < between; i++) {
      double wanted = Math.exp(low + (high - low) * i / between);
      chosen.add(Objects.requireNonNull(measured.ceiling((long) Math.floor(wanted))));
    }
    return List.copyOf(chosen);
  }

  private static Column measured(String quantity, List<Long> steps, Recorded recorded) {
    int sign = quantity.equals("separation.invariant") ? -1 : 1;
    Profile profile = Profile.of(recorded.of(quantity));
    List<double @Nullable []> rulers = new ArrayList<>();
    for (long step : steps) {
      int column = Arrays.binarySearch(profile.steps, step);
      rulers.add(column < 0 ? null : loads(profile.overDepth(column), sign));
    }
    return new Column(LoadCurveFigure.Measure.named(quantity).choice(), "layer", rulers);
  }

  private static double @Nullable [] loads(Band[] bands, int sign) {
    double[] loads = new double[bands.length - 1];
    for (int l = 0; l < loads.length; l++) {
      loads[l] = sign * (bands[l].mean() - bands[l + 1].mean());
    }
    return Arrays.stream(loads).allMatch(Double::isFinite) ? loads : null;
  }

  private Figure figure() {
    Svg svg = new Svg();
    Marks marks = new Marks(ID);
    marks.define(svg);
    svg.text(4, 16, "label", "optimizer step, downwards");
    double height = TOP + steps.size() * PITCH;
    for (int row = 0; row < steps.size(); row++) {
      double middle = TOP + row * PITCH + 17;
      svg.text(LEFT - 10, middle + 4, "tick end", Numbers.count(steps.get(row)));
    }
    boolean folded = false;
    for (int i = 0; i < columns.size(); i++) {
      folded |= draw(svg, marks, columns.get(i), LEFT + i * (width + GAP));
    }
    return new Figure(
        ID,
        "The load curve as a folding ruler, over training",
        "How training unfolds the layers: each segment is as long as the load of its layer, so equal segments are a straight load curve.",
        "A chain beside it is a picture of the theory, not a prediction for this network, unless its sentence says that it was fitted.",
        "Segment l: load d of layer l, mean over the replicas"
            + " (n = "
            + replicas
            + "); its colour is its depth, the outlined last one is the output. One scale per column."
            + (folded
                ? " Folded back and hatched: a negative load, where a layer mixes the classes again."
                : "")
            + " From arXiv:2407.19353: springs of a chain stand for the loads of layers. Ours: the drawing and the steps. "
            + (chain == null
                ? "No simulated chain was given with this run, so only the measured rulers are drawn."
                : chain.sentence()),
        Figure.FULL,
        height + 26,
        svg.toString(),
        Map.of("kind", "titles"));
  }

  /** All rulers of one column; returns whether one of them folds back. */
  private boolean draw(Svg svg, Marks marks, Column column, double left) {
    svg.text(left, TOP - 14, "label", column.heading() + ", length = load");
    double low = 0;
    double high = 0;
    for (double @Nullable [] loads : column.rulers()) {
      double end = 0;
      for (double load : loads == null ? new double[0] : loads) {
        end += load;
        low = Math.min(low, end);
        high = Math.max(high, end);
      }
    }
    Scale.Linear scale =
        high > low
            ? Scale.Linear.between(low, high, width > 350 ? 6 : 4)
            : Scale.Linear.covering(0, 1, 4);
    double bottom = TOP + steps.size() * PITCH - 8;
    for (Scale.Tick tick : scale.ticks()) {
      double at = left + width * scale.position(tick.value());
      svg.line(at, TOP - 6, at, bottom, tick.value() == 0 ? "zero" : "grid");
      svg.text(at, bottom + 16, "tick middle", tick.label());
    }
    boolean folded = false;
    for (int row = 0; row < steps.size(); row++) {
      double[] loads = column.rulers().get(row);
      double top = TOP + row * PITCH;
      if (loads == null) {
        svg.text(left + 6, top + 21, "tick", "a load is missing");
      } else {
        Ruler ruler = new Ruler(loads, left, width, scale);
        ruler.draw(svg, marks, top, Numbers.steps(steps.get(row), steps.get(row)), column.part());
        folded |= Arrays.stream(loads).anyMatch(load -> load < 0);
      }
    }
    return folded;
  }
}
