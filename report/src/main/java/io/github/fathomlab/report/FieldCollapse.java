package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Energy density and current of residual networks of several depths M on one axis x: curves that
 * fall on each other are the field regime.
 *
 * <p>In the readings of this study the step is M and the replica the kind of start: 0 smooth, 1
 * independent from layer to layer.
 */
final class FieldCollapse {

  /** The density or the current, with a smooth or a rough start. */
  enum Kind {
    SMOOTH_ENERGY("field-collapse-energy", true, 0),
    SMOOTH_CURRENT("field-collapse-current", false, 0),
    ROUGH_ENERGY("field-rough-energy", true, 1),
    ROUGH_CURRENT("field-rough-current", false, 1);

    private final String id;
    private final boolean energy;
    private final int replica;

    Kind(String id, boolean energy, int replica) {
      this.id = id;
      this.energy = energy;
      this.replica = replica;
    }

    private String title() {
      return (energy ? "Energy density e(x)" : "Current J(x)")
          + (replica == 0 ? ", smooth start" : ", rough start");
    }
  }

  private FieldCollapse() {}

  static Optional<Figure> of(Kind kind, Recorded recorded) {
    List<Reading> readings =
        recorded.ofLayers(kind.energy ? "field.energy" : "field.current").stream()
            .filter(reading -> reading.replica() == kind.replica)
            .toList();
    return readings.isEmpty() ? Optional.empty() : Optional.of(figure(kind, readings));
  }

  private static Figure figure(Kind kind, List<Reading> readings) {
    Profile profile = Profile.of(readings);
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < profile.columns; i++) {
      series.add(curve(kind, i, profile));
    }
    Frame frame =
        new Frame(
            58,
            52,
            Figure.HALF - 76,
            216,
            new Axis("depth x (0 = input, 1 = output)", new Scale.Linear(0, 1, 0.2)),
            Curves.valueAxis(
                kind.energy ? "e, loss units per depth" : "J, loss units per time",
                series.stream().map(Series::bands).toList(),
                false));
    Notes notes = new Notes();
    Map<String, Object> data = Curves.data(frame, series, notes);
    data.put("notes", notes.all());
    return new Figure(
        kind.id,
        kind.title(),
        kind.replica == 0
            ? "Whether networks of different depth M are one field seen on finer and finer lattices: then their curves fall on each other."
            : "What is left of the collapse when neighbouring layers start independently: curves approach each other slowly and the density stays rough.",
        kind.replica == 0
            ? "A collapse of these two quantities at one moment does not say that every quantity has a limit, nor that a plain network without residual steps has one."
            : "It is one random start per depth: its scatter is not an error of the method.",
        (kind.energy ? "Layer m" : "The cut below layer m")
            + " stands at x = m/M. Every layer is drawn.",
        Figure.HALF,
        316,
        Curves.draw(frame, series, Curves.Style.LINES),
        data);
  }

  private static Series curve(Kind kind, int column, Profile profile) {
    Band[] bands = profile.overDepth(column);
    int[] present = IntStream.range(0, bands.length).filter(i -> bands[i].readings() > 0).toArray();
    double depth = profile.steps[column];
    return new Series(
        "M = " + Numbers.count(profile.steps[column]),
        Series.Look.of(column),
        Arrays.stream(present).mapToDouble(i -> profile.layers[i] / depth).toArray(),
        Arrays.stream(present)
            .mapToObj(i -> "x = " + Numbers.show(profile.layers[i] / depth, 3))
            .toList(),
        Arrays.stream(present).mapToObj(i -> bands[i]).toArray(Band[]::new));
  }
}
