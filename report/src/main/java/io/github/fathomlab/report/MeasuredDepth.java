package io.github.fathomlab.report;

import io.github.fathomlab.coarsegraining.Concentration;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Effective rank over depth of one network that was measured once, and below it how far the kernel
 * drifts from each layer to the next.
 *
 * <pre>   effective rank = exp(-Σ p ln p),  p = s / Σ s,   ρ = rank of the last layer / first layer
 *   D_l = 1 - CKA(l, l+1),   top1, top2 = the largest one, two shares of Σ D</pre>
 *
 * <p>Symbols: s singular values of the centred activations, one row per sample; CKA linear centred
 * kernel alignment. Sources as in {@link RankDepth} and {@link KernelDrift}. The drifts stand as
 * they are and not as shares, so that one that is missing leaves the others. There is no untrained
 * network beside it: the picture says what the layers do, not that training made them do it.
 */
public final class MeasuredDepth {
  private static final String NAME = "measured";

  /**
   * A number, or why there is none.
   *
   * @param value NaN when there is none
   */
  public record Value(double value, Status status) {}

  /**
   * One layer.
   *
   * @param rank effective rank
   * @param drift of the kernel to the next layer; not looked at in the last one
   */
  public record Layer(String name, Value rank, Value drift) {}

  private final List<Layer> layers;
  private final Band[] ranks;
  private final Band[] drifts;

  private MeasuredDepth(List<Layer> layers) {
    this.layers = layers;
    ranks = layers.stream().map(layer -> band(layer.rank)).toArray(Band[]::new);
    drifts =
        layers.stream()
            .limit(layers.size() - 1)
            .map(layer -> band(new Value(Math.max(0, layer.drift.value), layer.drift.status)))
            .toArray(Band[]::new);
  }

  private static Band band(Value value) {
    return Band.of(new double[] {value.value}, value.status);
  }

  /**
   * Draws layers in the order of depth.
   *
   * @throws IllegalArgumentException with fewer than two layers
   */
  public static Figure of(List<Layer> layers) {
    if (layers.size() < 2) {
      throw new IllegalArgumentException(
          "expected at least two layers to draw over depth, found " + layers.size());
    }
    return new MeasuredDepth(List.copyOf(layers)).figure();
  }

  private Figure figure() {
    Sheet sheet =
        Sheet.of(
            List.of(List.of(rankChart(), driftChart())),
            1,
            "[ours] one network, measured once: with no untrained one beside it, nothing here says what training did");
    return new Figure(
        "measured-depth",
        "Effective rank and kernel drift over depth",
        "Where the layers lose directions or gain them, and at which transitions the kernel changes.",
        "Whether training did it: untrained networks lose rank and drift too. Directions of little variance count, so that another measure may fall where this one does not.",
        "Rank: exp of the entropy of s/\u03a3s, s the singular values of the centred activations; \u03c1: that of the last layer over that of the first. Drift D = 1 \u2212 CKA of neighbouring layers. top1, top2: share of the largest one and two in their sum. Plateau: share of transitions with at most a tenth of the largest drift. Chance: expected of independent exponential drifts. One network, measured once: no seeds, no band, no untrained network.",
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  private Sheet.Chart rankChart() {
    double[] depths = new double[ranks.length];
    List<String> places = new ArrayList<>();
    for (int l = 0; l < ranks.length; l++) {
      depths[l] = l;
      places.add(layers.get(l).name);
    }
    Band first = ranks[0];
    Band last = ranks[ranks.length - 1];
    List<String> ratio =
        first.hasValue() && last.hasValue()
            ? List.of("\u03c1 = last / first = " + Numbers.show(last.mean() / first.mean(), 3))
            : List.of();
    return new Sheet.Chart(
            "Effective rank over depth",
            220,
            depth(""),
            new Axis("effective rank, samples of the file", upTo(ranks, 1)),
            List.of(new Series(NAME, Series.Look.FIRST, depths, places, ranks)),
            Curves.Style.LINES_AND_MARKS)
        .over(Sheet.lowerLeft(ratio))
        .with(reasons(ranks));
  }

  /** Bars between the layers that they lead from and to. */
  private Sheet.Chart driftChart() {
    double[] between = new double[drifts.length];
    List<String> places = new ArrayList<>();
    for (int l = 0; l < drifts.length; l++) {
      between[l] = l + 0.5;
      places.add(layers.get(l).name + " \u2192 " + layers.get(l + 1).name);
    }
    Series series = new Series(NAME, Series.Look.FIRST, between, places, drifts);
    return new Sheet.Chart(
            "Drift of the kernel from layer to layer",
            200,
            depth("layer, in the order of the file"),
            new Axis("drift D = 1 \u2212 CKA, samples of the file", upTo(drifts, 0.01)),
            List.of(series),
            Curves.Style.WHISKERS)
        .over((svg, frame) -> DriftBars.draw(svg, frame, series))
        .with(Stream.concat(concentration().stream(), reasons(drifts).stream()).toList());
  }

  private Axis depth(String label) {
    return Axis.ofDepth(label, 0, layers.size() - 1);
  }

  private static Scale upTo(Band[] bands, double least) {
    double most =
        Arrays.stream(bands).filter(Band::hasValue).mapToDouble(Band::mean).max().orElse(least);
    return Scale.Linear.covering(0, Math.max(most, least), 5);
  }

  /** How uneven the drifts are; nothing unless there are two and none is missing. */
  private List<String> concentration() {
    Concentration found = Concentration.of(Arrays.stream(drifts).mapToDouble(Band::mean).toArray());
    if (found.status() != Status.OK) {
      return List.of();
    }
    Concentration.Null chance = Concentration.Null.of(drifts.length);
    return List.of(
        remark("top1", found.top1(), chance.top1()),
        remark("top2", found.top2(), chance.top2()),
        remark("plateau", found.plateau(), chance.plateau()));
  }

  private static String remark(String name, double value, double chance) {
    return name + " " + Numbers.fixed(value, 2) + " (chance " + Numbers.fixed(chance, 2) + ")";
  }

  /** Why crosses stand where numbers are missing. */
  private static List<String> reasons(Band[] bands) {
    return Arrays.stream(bands)
        .filter(band -> !band.hasValue())
        .map(Band::reason)
        .distinct()
        .map(reason -> "\u00d7 " + reason + ": " + reason.explanation())
        .toList();
  }
}
