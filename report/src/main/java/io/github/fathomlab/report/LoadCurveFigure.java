package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Separation over depth: the trained network with its seed band against the untrained one, for
 * every measured step.
 */
final class LoadCurveFigure {

  /**
   * The three ways to measure separation.
   *
   * @param quantity name among the readings
   * @param id name of the figure
   * @param choice what the page's switch says
   * @param label axis label
   * @param caution what this measure cannot tell
   */
  record Measure(String quantity, String id, String choice, String label, String caution) {
    static final List<Measure> ALL =
        List.of(
            new Measure(
                "separation.log",
                "load-curve-log",
                "log separation",
                "separation D = log Tr(\u03a3_W \u03a3_B\u207a), lower is better separated",
                "D is invariant under rotation and scale only: a linear layer can move it without separating anything."),
            new Measure(
                "separation.trace_ratio",
                "load-curve-trace-ratio",
                "trace ratio",
                "separation Ds = log Tr \u03a3_W \u2212 log Tr \u03a3_B, lower is better separated",
                "The trace ratio also falls when a linear layer only rescales directions, which separates nothing."),
            new Measure(
                "separation.invariant",
                "load-curve-invariant",
                "invariant separation",
                "separation log Tr(\u03a3_B \u03a3_W\u207a), higher is better separated",
                "This measure is blind to invertible linear maps by design; it says nothing about margins."));

    /** The measure of that quantity, one of {@link #ALL}. */
    static Measure named(String quantity) {
      return ALL.stream().filter(m -> m.quantity().equals(quantity)).findFirst().orElseThrow();
    }
  }

  /** Together with the layers this bounds the numbers stored for the step slider. */
  private static final int MOST_FRAME_CELLS = 4000;

  private final Measure measure;
  private final Recorded recorded;
  private final List<Reading> readings;
  private final Profile train;
  private final Profile heldOut;
  private final Profile batch;
  private final boolean hasNull;

  private LoadCurveFigure(Measure measure, Recorded recorded) {
    this.measure = measure;
    this.recorded = recorded;
    readings = recorded.of(measure.quantity());
    Set<Long> kept = keptSteps(readings);
    train = Profile.of(only(readings, kept));
    heldOut = Profile.of(only(recorded.of("held_out." + measure.quantity()), kept));
    batch = Profile.of(only(recorded.of("batch." + measure.quantity()), kept));
    hasNull = train.firstStep(0) == 0 && train.columns > 1;
  }

  static Optional<Figure> of(Measure measure, Recorded recorded) {
    return recorded.of(measure.quantity()).isEmpty()
        ? Optional.empty()
        : Optional.of(new LoadCurveFigure(measure, recorded).figure());
  }

  private Figure figure() {
    List<Profile> moving =
        Stream.of(train, heldOut, batch).filter(profile -> !profile.isEmpty()).toList();
    List<Series> series = series();
    Frame frame = frame(moving);
    Notes notes = new Notes();
    Map<String, Object> data = Curves.data(frame, series, notes);
    data.put("choice", measure.choice());
    data.put("frames", frames(train, moving, notes));
    data.put("notes", notes.all());
    return new Figure(
        measure.id(),
        "Load curve: " + measure.choice(),
        "How far each representation has the classes separated: a curve that bends shows that some"
            + " layers carry more of the work than others.",
        measure.caution(),
        method(),
        Figure.FULL,
        388,
        Curves.draw(frame, series, Curves.Style.LINES_AND_MARKS),
        data);
  }

  private List<Series> series() {
    List<Series> series = new ArrayList<>();
    long last = train.lastStep(train.columns - 1);
    String name = (last > 0 ? "trained, step " : "step ") + Numbers.count(last);
    series.add(curve(name, Series.Look.FIRST, train, train.columns - 1));
    beside(series, "held-out data", Series.Look.SECOND, heldOut);
    beside(series, "batch statistics", Series.Look.THIRD, batch);
    if (hasNull) {
      series.add(curve("untrained (null)", Series.Look.NULL, train, 0));
    }
    return series;
  }

  private void beside(List<Series> series, String name, Series.Look look, Profile profile) {
    if (!profile.isEmpty()) {
      long at = profile.lastStep(profile.columns - 1);
      boolean together = at == train.lastStep(train.columns - 1);
      String named = together ? name : name + ", step " + Numbers.count(at);
      series.add(curve(named, look, profile, profile.columns - 1));
    }
  }

  /** The vertical axis covers all steps, so that the slider moves the curve and not the axis. */
  private Frame frame(List<Profile> moving) {
    List<Band[]> all = new ArrayList<>();
    for (Profile profile : moving) {
      for (int column = 0; column < profile.columns; column++) {
        all.add(profile.overDepth(column));
      }
    }
    int last = train.layers[train.layers.length - 1];
    String depth = "representation l (0 = input, " + last + " = output)";
    return new Frame(
        64,
        52,
        Figure.FULL - 88,
        286,
        Axis.ofDepth(depth, train.layers[0], last),
        Curves.valueAxis(measure.label(), all, false));
  }

  private String method() {
    long measured = readings.stream().mapToLong(Reading::step).distinct().count();
    String thinned =
        measured == train.columns
            ? ""
            : " The slider holds "
                + train.columns
                + " of the "
                + measured
                + " measured steps, evenly chosen, first and last included.";
    String baseline =
        hasNull
            ? " Dashed: the same networks before training, the null."
            : " The untrained network (step 0) was not recorded beside a later step, so the null is missing.";
    String flags =
        Arrays.stream(train.overDepth(train.columns - 1)).anyMatch(band -> band.flagged() > 0)
            ? " Hollow marks and crosses: numbers that must not be used as they stand; the reason is in the tooltip."
            : "";
    return train.ensemble() + baseline + views() + flags + thinned;
  }

  private String views() {
    String unseen =
        heldOut.isEmpty() ? "" : " Held-out data: the same on samples it was not trained on.";
    String own =
        batch.isEmpty()
            ? ""
            : " Batch statistics: on the training samples, normalised by their own statistics in"
                + " place of the running averages.";
    return unseen + own;
  }

  private Series curve(String name, Series.Look look, Profile profile, int column) {
    double[] x = Arrays.stream(profile.layers).asDoubleStream().toArray();
    List<String> places =
        Arrays.stream(profile.layers).mapToObj(recorded::representationName).toList();
    return new Series(name, look, x, places, profile.overDepth(column));
  }

  private static Map<String, Object> frames(Profile train, List<Profile> moving, Notes notes) {
    List<Object> series = new ArrayList<>();
    for (Profile profile : moving) {
      List<Object> perStep = new ArrayList<>();
      for (long step : train.steps) {
        int column = Arrays.binarySearch(profile.steps, step);
        Band[] bands = new Band[profile.layers.length];
        Arrays.fill(bands, Band.NOTHING);
        perStep.add(Series.columns(column < 0 ? bands : profile.overDepth(column), notes));
      }
      series.add(perStep);
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("steps", train.steps);
    data.put("series", series);
    return data;
  }

  private static Set<Long> keptSteps(List<Reading> readings) {
    long[] steps = readings.stream().mapToLong(Reading::step).distinct().sorted().toArray();
    long layers = readings.stream().mapToInt(Reading::layer).distinct().count();
    int most = (int) Math.max(2, MOST_FRAME_CELLS / layers);
    int kept = Math.min(steps.length, most);
    Set<Long> out = new TreeSet<>();
    for (int i = 0; i < kept; i++) {
      out.add(steps[kept == 1 ? 0 : (int) ((long) i * (steps.length - 1) / (kept - 1))]);
    }
    return out;
  }

  private static List<Reading> only(List<Reading> readings, Set<Long> steps) {
    return readings.stream()
        .filter(reading -> steps.contains(reading.step()))
        .collect(Collectors.toList());
  }
}
