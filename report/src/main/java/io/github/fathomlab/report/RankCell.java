package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.Arrays;
import java.util.List;

/**
 * One cell of the rank figures: networks that differ by their seed only, the chain they saw and the
 * extent of their residual stream.
 *
 * @param group the networks
 * @param family of the chain, such as "hier2"; empty when the task is no chain
 * @param length correlation length of the chain in positions; NaN when the task is no chain
 * @param first representation where the stream begins; -1 when none was recorded
 * @param last representation where it ends
 */
record RankCell(SeedGroup group, String family, double length, int first, int last) {
  static final String RANK = "rank.effective_rank";
  static final String RATIO = "rank.collapse_ratio";

  /** All cells, in the order of their first replicas. */
  static List<RankCell> of(Recorded recorded) {
    return SeedGroup.of(recorded).stream().map(RankCell::of).toList();
  }

  private static RankCell of(SeedGroup group) {
    String family =
        group.readings("tokens.family").stream()
            .map(Reading::layerName)
            .filter(name -> !name.isBlank())
            .findFirst()
            .orElse("");
    return new RankCell(
        group,
        family,
        group.exact("tokens.correlation_length"),
        place(group.exact("rank.stream_first")),
        place(group.exact("rank.stream_last")));
  }

  private static int place(double value) {
    return value >= 0 && value < 1e6 ? (int) value : -1;
  }

  boolean hasChain() {
    return !family.isEmpty();
  }

  /** Whether there is a transition to look at. */
  boolean hasStream() {
    return first >= 0 && last > first;
  }

  /** Whether nothing can be learned: independent states, or targets that were all shuffled. */
  boolean isNull() {
    return family.equals("iid") || group.exact("tokens.shuffle") == 1;
  }

  /** Whether the network sees no neighbour of what it predicts. */
  boolean isPositionWise() {
    return hasChain() && group.exact("tokens.window") == 0;
  }

  /** "hier2, xi = 7"; of independent states their family alone. */
  String chain() {
    return family.equals("iid") ? family : family + ", " + xi();
  }

  /** "xi = 7". */
  String xi() {
    return "\u03be = " + Numbers.show(length, 3);
  }

  /** The numbers of the stream from its first representation or transition to the given one. */
  Profile stream(String quantity, int to) {
    return Profile.of(
        group.readings(quantity).stream()
            .filter(reading -> reading.layer() >= first && reading.layer() <= to)
            .toList());
  }

  /** The name of a representation, such as "block 1". */
  String name(int representation) {
    return group.readings(RANK).stream()
        .filter(reading -> reading.layer() == representation)
        .map(Reading::layerName)
        .filter(name -> !name.isBlank())
        .findFirst()
        .orElse(group.recorded().representationName(representation));
  }

  /** One column of a stream as a curve over depth, which is 0 where the stream begins. */
  Series curve(String name, Series.Look look, Profile profile, int column, String remark) {
    List<String> places =
        Arrays.stream(profile.layers)
            .mapToObj(l -> name(l) + " (depth " + (l - first) + ")" + remark)
            .toList();
    double[] depths = Arrays.stream(profile.layers).mapToDouble(l -> l - first).toArray();
    return new Series(name, look, depths, places, profile.overDepth(column));
  }

  /** The trained networks' numbers, at the last step at which they were read. */
  Band trained(String quantity) {
    return group.band(quantity, group.lastStep(quantity));
  }

  Band untrained(String quantity) {
    return group.band(quantity, 0);
  }
}
