package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The collapse ratio of a sweep's chains against the rank of their task, with the least squares
 * line.
 *
 * <pre>
 *    ρ = rank where the stream ends / begins,   task rank = effective rank of the log-posterior
 * </pre>
 *
 * <p>Symbols: log-posterior of the masked state over all contexts, exact, centred. The task rank
 * and the line are Fathom's: it is the best of seven predictors that were compared after the data
 * were seen. Chains that offer nothing and networks that differ from the others are left out; fewer
 * than three chains give no figure. Rank correlation by average ranks.
 */
final class TaskRank {
  private static final String ID = "task-rank";
  private static final String TASK = "tokens.task_rank";
  private static final int FEWEST = 3;

  /** A chain: its place, its ratios when trained and before, and how it looks. */
  private record Chain(RankCell cell, Series.Look look, double rank, Band ratio, double[] before) {}

  private final List<Chain> chains;

  private TaskRank(List<Chain> chains) {
    this.chains = chains;
  }

  static Optional<Figure> of(Recorded recorded) {
    if (!Sweep.isIn(recorded)) {
      return Optional.empty();
    }
    List<RankPanel> panels = RankPanel.of(RankCell.of(recorded));
    List<Chain> chains = new ArrayList<>();
    for (RankPanel panel : panels) {
      List<Series.Look> looks = panel.looks(panels);
      for (int i = 0; panel.kind() == RankPanel.Kind.FAMILY && i < looks.size(); i++) {
        RankCell cell = panel.cells().get(i);
        double rank = cell.group().exact(TASK);
        long last = cell.group().lastStep(RankCell.RATIO);
        Band ratio = Band.of(cell.group().values(RankCell.RATIO, last), Status.OK);
        if (rank > 0 && rank < 1e6 && last > 0 && ratio.hasValue()) {
          double[] before = cell.group().values(RankCell.RATIO, 0);
          chains.add(new Chain(cell, looks.get(i), rank, ratio, before));
        }
      }
    }
    return chains.size() < FEWEST ? Optional.empty() : Optional.of(new TaskRank(chains).figure());
  }

  private Figure figure() {
    Map<Series.Look, List<Chain>> looks = new LinkedHashMap<>();
    chains.stream()
        .sorted((a, b) -> Double.compare(a.cell.length(), b.cell.length()))
        .forEach(chain -> looks.computeIfAbsent(chain.look, _ -> new ArrayList<>()).add(chain));
    List<Series> series = new ArrayList<>();
    looks.forEach((look, members) -> series.add(series(look, members)));
    Scale x =
        Scale.Linear.covering(
            0, chains.stream().mapToDouble(Chain::rank).max().orElse(1) * 1.05, 8);
    Sheet sheet =
        Sheet.of(
            List.of(
                List.of(
                    new Sheet.Chart(
                        "",
                        340,
                        new Axis("task rank: effective rank of the exact log-posterior", x),
                        new Axis("collapse ratio \u03c1, masked positions", heights()),
                        series,
                        Curves.Style.WHISKERS,
                        this::under,
                        remarks()))),
            1,
            RankStanding.OURS.foot());
    return new Figure(
        ID,
        "What the collapse follows: the rank of the task",
        "Whether the rank that is left after training goes with how many directions the task needs, and not with the correlation length, which is the colour.",
        "Task rank is the best of seven predictors that we compared after seeing data (forking paths), so that its lead over the others is flattered; a line through chosen chains is no law.",
        "Mark: mean over seeds of one chain, whisker: smallest to largest; grey: range of all untrained networks, the null. Line: least squares through the means. Chains with nothing to learn and networks that differ from the others are left out."
            + " "
            + RankStanding.OURS.caption(
                "task rank, chains and line; the choice came after the data."),
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  private static Series series(Series.Look look, List<Chain> members) {
    List<String> lengths = members.stream().map(c -> c.cell.xi()).distinct().toList();
    String shown =
        lengths.size() == 1 ? lengths.getFirst() : lengths.getFirst() + " to " + lengths.getLast();
    return new Series(
        shown,
        look,
        members.stream().mapToDouble(Chain::rank).toArray(),
        members.stream()
            .map(c -> c.cell.chain() + ", task rank " + Numbers.show(c.rank, 3))
            .toList(),
        members.stream().map(Chain::ratio).toArray(Band[]::new));
  }

  private Scale heights() {
    double most =
        Stream.concat(
                chains.stream().map(chain -> chain.ratio.high()),
                chains.stream().flatMap(c -> Arrays.stream(c.before).boxed()))
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    return Scale.Linear.covering(0, Math.max(most, 0.1), 5);
  }

  private void under(Svg svg, Frame frame) {
    double right = frame.left() + frame.width();
    DoubleStream before = chains.stream().flatMapToDouble(c -> Arrays.stream(c.before));
    var range = before.summaryStatistics();
    svg.open("g", "class", "c0");
    if (range.getCount() > 0) {
      double top = frame.py(range.getMax());
      svg.rect(frame.left(), top, frame.width(), frame.py(range.getMin()) - top, "band");
      svg.text(right - 6, frame.py(range.getMin()) - 5, "tick end halo-paper", "untrained (null)");
    }
    svg.close("g");
    double[] line = line();
    if (Double.isFinite(line[1])) {
      double from = chains.stream().mapToDouble(Chain::rank).min().orElse(0);
      double to = chains.stream().mapToDouble(Chain::rank).max().orElse(1);
      svg.open("g", "class", "exact");
      svg.line(
          frame.px(from),
          frame.py(line[0] + line[1] * from),
          frame.px(to),
          frame.py(line[0] + line[1] * to),
          "law");
      svg.close("g");
    }
    Labels labels = new Labels(frame);
    for (Chain chain : chains) {
      labels.keep(frame.px(chain.rank), frame.py(chain.ratio.high()), frame.py(chain.ratio.low()));
    }
    for (Chain chain : chains) {
      labels.write(svg, frame.px(chain.rank), frame.py(chain.ratio.mean()), chain.cell.family());
    }
  }

  private List<String> remarks() {
    double[] line = line();
    double[] ranks = chains.stream().mapToDouble(Chain::rank).toArray();
    double[] ratios = chains.stream().mapToDouble(c -> c.ratio.mean()).toArray();
    double[] lengths = chains.stream().mapToDouble(c -> c.cell.length()).toArray();
    String fit =
        Double.isFinite(line[1])
            ? "least squares: \u03c1 = "
                + Numbers.show(line[0], 3)
                + (line[1] < 0 ? " \u2212 " : " + ")
                + Numbers.show(Math.abs(line[1]), 3)
                + " \u00d7 task rank, R\u00b2 = "
                + Numbers.show(line[2], 2)
                + " \u00b7 "
            : "";
    return List.of(
        fit
            + "rank correlation (Spearman) of \u03c1 with task rank "
            + Numbers.show(RankOrder.spearman(ranks, ratios), 2)
            + ", with \u03be "
            + Numbers.show(RankOrder.spearman(lengths, ratios), 2)
            + ", over "
            + chains.size()
            + " chains");
  }

  /** Intercept, slope and R squared through the means; NaN where all ranks are one. */
  private double[] line() {
    double meanX = chains.stream().mapToDouble(Chain::rank).average().orElse(0);
    double meanY = chains.stream().mapToDouble(c -> c.ratio.mean()).average().orElse(0);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (Chain chain : chains) {
      double dx = chain.rank - meanX;
      double dy = chain.ratio.mean() - meanY;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
    double slope = xx > 1e-12 * meanX * meanX ? xy / xx : Double.NaN;
    return new double[] {meanY - slope * meanX, slope, xy * xy / (xx * yy)};
  }
}
