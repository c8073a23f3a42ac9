package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final double TOGETHER = 24; // marks this near share a name
  private static final int STRIDES = 60; // of the line, kept free of names

  /** A chain: its place, its ratios when trained and before, and how it looks. */
  private record Chain(RankCell cell, Series.Look look, double rank, Band ratio, double[] before) {}

  private final List<Chain> chains;
  private final LeastSquares line;
  private final DoubleSummaryStatistics ends;

  private TaskRank(List<Chain> chains) {
    this.chains = chains;
    line = LeastSquares.of(ranks(chains), ratios(chains));
    ends = Arrays.stream(ranks(chains)).summaryStatistics();
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
    Scale x = Scale.Linear.covering(0, ends.getMax() * 1.05, 8);
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
    var before = chains.stream().flatMapToDouble(c -> Arrays.stream(c.before)).summaryStatistics();
    if (before.getCount() > 0) {
      double top = frame.py(before.getMax());
      double bottom = frame.py(before.getMin());
      double right = frame.left() + frame.width();
      svg.open("g", "class", "c0");
      svg.rect(frame.left(), top, frame.width(), bottom - top, "band");
      svg.text(right - 6, bottom - 5, "tick end halo-paper", "untrained (null)");
      svg.close("g");
    }
    Labels labels = new Labels(frame);
    if (line.exists()) {
      svg.open("g", "class", "exact");
      svg.line(
          frame.px(ends.getMin()),
          frame.py(line.at(ends.getMin())),
          frame.px(ends.getMax()),
          frame.py(line.at(ends.getMax())),
          "law");
      svg.close("g");
      for (int i = 0; i <= STRIDES; i++) {
        double rank = ends.getMin() + (ends.getMax() - ends.getMin()) * i / STRIDES;
        double y = frame.py(line.at(rank));
        labels.keep(frame.px(rank), y, y);
      }
    }
    names(svg, frame, labels);
  }

  /** Names the families, once where chains of one family stand together. */
  private void names(Svg svg, Frame frame, Labels labels) {
    for (Chain chain : chains) {
      labels.keep(frame.px(chain.rank), frame.py(chain.ratio.high()), frame.py(chain.ratio.low()));
    }
    List<Chain> named = new ArrayList<>();
    for (Chain chain : chains) {
      double x = frame.px(chain.rank);
      double y = frame.py(chain.ratio.mean());
      boolean near =
          named.stream()
              .filter(other -> other.cell.family().equals(chain.cell.family()))
              .anyMatch(other ->
                  Math.hypot(frame.px(other.rank) - x, frame.py(other.ratio.mean()) - y)
                      < TOGETHER);
      if (!near) {
        labels.write(svg, x, y, chain.cell.family());
        named.add(chain);
      }
    }
  }

  private List<String> remarks() {
    double[] lengths = chains.stream().mapToDouble(c -> c.cell.length()).toArray();
    String fit =
        line.exists()
            ? "least squares: \u03c1 = "
                + Numbers.show(line.intercept(), 3)
                + (line.slope() < 0 ? " \u2212 " : " + ")
                + Numbers.show(Math.abs(line.slope()), 3)
                + " \u00d7 task rank, R\u00b2 = "
                + Numbers.show(line.explained(), 2)
                + " \u00b7 "
            : "";
    return List.of(
        fit
            + "rank correlation (Spearman) of \u03c1 with task rank "
            + Numbers.show(RankOrder.spearman(ranks(chains), ratios(chains)), 2)
            + ", with \u03be "
            + Numbers.show(RankOrder.spearman(lengths, ratios(chains)), 2)
            + ", over "
            + chains.size()
            + " chains");
  }

  private static double[] ranks(List<Chain> chains) {
    return chains.stream().mapToDouble(Chain::rank).toArray();
  }

  private static double[] ratios(List<Chain> chains) {
    return chains.stream().mapToDouble(chain -> chain.ratio.mean()).toArray();
  }
}
