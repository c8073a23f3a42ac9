package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which momenta the bottleneck of a linear autoencoder keeps, against the exact momentum shell.
 *
 * <pre>   share_k = |P u_k|²,  Σ_k share_k = M,   shell: 1 for the M lowest momenta, else 0 </pre>
 *
 * <p>Symbols: u_k principal mode k of the window with momentum theta_k in radians, P projection on
 * what the bottleneck holds, M its units. That the principal modes are the lowest momenta is Kac,
 * Murdock and Szegő; that this is a momentum shell is Fathom's. Nothing is drawn without momenta.
 */
final class AutoencoderModes {
  private static final String ID = "autoencoder-modes";
  private static final String MODE = "coupling.mode";
  private static final int MOST_PANELS = 6;

  private final List<SeedGroup> groups;
  private final int found;

  private AutoencoderModes(List<SeedGroup> found) {
    this.found = found.size();
    groups = found.stream().limit(MOST_PANELS).toList();
  }

  static Optional<Figure> of(Recorded recorded) {
    List<SeedGroup> groups =
        SeedGroup.of(recorded).stream()
            .filter(group -> momenta(group).length > 1)
            .filter(group ->
                group.readings(MODE).stream()
                    .anyMatch(reading -> reading.layer() >= 0 && SeedGroup.usable(reading)))
            .toList();
    return groups.isEmpty() ? Optional.empty() : Optional.of(new AutoencoderModes(groups).figure());
  }

  /** theta_k by mode; NaN where it is not known. */
  private static double[] momenta(SeedGroup group) {
    List<Reading> readings =
        group.readings("coupling.momentum").stream()
            .filter(reading -> reading.layer() >= 0 && SeedGroup.usable(reading))
            .toList();
    int last = readings.stream().mapToInt(Reading::layer).max().orElse(-1);
    double[] momenta = new double[last + 1];
    Arrays.fill(momenta, Double.NaN);
    readings.forEach(reading -> momenta[reading.layer()] = reading.value());
    return momenta;
  }

  private Figure figure() {
    int across = groups.size() == 4 ? 2 : Math.min(3, groups.size());
    List<List<Sheet.Chart>> columns =
        groups.stream().map(group -> List.of(chart(group, across))).toList();
    Sheet sheet = Sheet.of(columns, across, Standing.STRONG.foot());
    String left =
        found > groups.size()
            ? " The first " + groups.size() + " of " + found + " cases are drawn."
            : "";
    return new Figure(
        ID,
        "The momenta that an autoencoder keeps",
        "Whether the bottleneck of a linear autoencoder holds the lowest momenta of the chain and nothing else, as the momentum shell does.",
        "It speaks of linear autoencoders at their optimum: non-linear ones find other features with a lower error, and a small gap between two modes takes long to learn.",
        "Line: mean over seeds, band: smallest to largest; dashed: the exact shell; grey: before training. Overlap: share of the shell in what is kept, g: stiffness read from the kept modes."
            + left
            + " "
            + Standing.STRONG.caption("the linear autoencoder as a momentum shell, overlap and g."),
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  private static Sheet.Chart chart(SeedGroup group, int across) {
    double[] momenta = momenta(group);
    Profile shares = group.overLayers(MODE);
    List<Series> series = new ArrayList<>();
    int last = shares.columns - 1;
    if (shares.firstStep(0) == 0) {
      series.add(curve("untrained (null)", Series.Look.NULL, shares, 0, momenta));
    }
    if (shares.firstStep(last) > 0) {
      series.add(curve("trained", Series.Look.FIRST, shares, last, momenta));
    }
    int kept = kept(shares.overDepth(last));
    Series shell = shell(momenta, kept);
    if (shell.x().length > 0) {
      series.addFirst(shell);
    }
    return new Sheet.Chart(
            group.label(),
            across < 3 ? 170 : 140,
            new Axis(
                "momentum \u03b8",
                new Scale.Linear(0, Math.PI, 1),
                List.of(
                    new Scale.Tick(0, "0"),
                    new Scale.Tick(Math.PI / 2, "\u03c0/2"),
                    new Scale.Tick(Math.PI, "\u03c0"))),
            new Axis("share kept of a mode", new Scale.Linear(0, 1.05, 0.5)),
            series,
            Curves.Style.LINES_AND_MARKS)
        .over(remarks(group, kept, momenta.length));
  }

  private static Series curve(
      String name, Series.Look look, Profile shares, int column, double[] momenta) {
    List<Double> x = new ArrayList<>();
    List<String> places = new ArrayList<>();
    List<Band> bands = new ArrayList<>();
    for (int i = 0; i < shares.layers.length; i++) {
      int mode = shares.layers[i];
      Band band = shares.at(column, i);
      if (mode < momenta.length && Double.isFinite(momenta[mode]) && band.readings() > 0) {
        x.add(momenta[mode]);
        places.add("mode " + (mode + 1) + ", \u03b8 = " + Numbers.show(momenta[mode], 3));
        bands.add(band);
      }
    }
    return new Series(
        name,
        look,
        x.stream().mapToDouble(Double::doubleValue).toArray(),
        places,
        bands.toArray(Band[]::new));
  }

  /** M, the sum of all shares. */
  private static int kept(Band[] shares) {
    double sum = Arrays.stream(shares).filter(Band::hasValue).mapToDouble(Band::mean).sum();
    return (int) Math.round(Math.clamp(sum, 0, shares.length));
  }

  /** One up to the middle between the last kept and the first lost momentum, then zero. */
  private static Series shell(double[] momenta, int kept) {
    boolean known =
        kept > 0
            && kept < momenta.length
            && Double.isFinite(momenta[kept - 1])
            && Double.isFinite(momenta[kept]);
    double edge = known ? (momenta[kept - 1] + momenta[kept]) / 2 : 0;
    String place = "shell of " + kept + (kept == 1 ? " mode" : " modes");
    return new Series(
        "exact momentum shell",
        Series.Look.EXACT,
        known ? new double[] {0, edge, edge, Math.PI} : new double[0],
        List.of(place, place, place, place),
        known
            ? new Band[] {Band.exactly(1), Band.exactly(1), Band.exactly(0), Band.exactly(0)}
            : new Band[0]);
  }

  private static Sheet.Layer remarks(SeedGroup group, int kept, int modes) {
    List<String> lines = new ArrayList<>();
    Band overlap = group.band("coupling.overlap", group.lastStep("coupling.overlap"));
    if (overlap.hasValue()) {
      lines.add(
          "overlap %s (random %s)"
              .formatted(Numbers.show(overlap.mean(), 4), Numbers.show((double) kept / modes, 3)));
    }
    Band stiffness = group.band("coupling.stiffness", group.lastStep("coupling.stiffness"));
    double exact = group.exact("coupling.stiffness_prediction");
    if (stiffness.hasValue()) {
      lines.add(
          "g "
              + Numbers.show(stiffness.mean(), 4)
              + (Double.isFinite(exact) ? " (exact " + Numbers.show(exact, 4) + ")" : ""));
    }
    return (svg, frame) -> {
      double y = frame.top() + 18;
      for (String line : lines) {
        svg.text(frame.left() + frame.width() - 4, y, "entry end halo-paper", line);
        y += 16;
      }
    };
  }
}
