package io.github.fathomlab.report;

import io.github.fathomlab.instrument.LeastSquaresLine;
import io.github.fathomlab.instrument.RankCorrelation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

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
 * than three chains give no figure. Line and {@link RankCorrelation} are those of the chains that
 * pass the gate of {@link TaskChain}; the others are hollow.
 */
final class TaskRank {
  private static final String ID = "task-rank";
  private static final int FEWEST = 3;
  private static final double TOGETHER = 24; // marks this near share a name
  private static final String GATE =
      " As in the verdict, line and rank correlations are over chains whose networks captured at least "
          + InformationCourse.GATE
          + " of the available information in the mean over at least "
          + TaskChain.FEWEST_SEEDS
          + " seeds, and at least "
          + TaskChain.LEAST_CAPTURED
          + " in each; the others are hollow. ";
  private static final int STRIDES = 60; // of the line, kept free of names

  private final List<TaskChain> chains;
  private final List<TaskChain> judged;
  private final LeastSquaresLine line;
  private final DoubleSummaryStatistics ends;

  private TaskRank(List<TaskChain> chains) {
    this.chains = chains;
    judged = chains.stream().filter(TaskChain::judged).toList();
    line = LeastSquaresLine.of(ranks(judged), ratios(judged));
    ends = Arrays.stream(ranks(judged)).summaryStatistics();
  }

  static Optional<Figure> of(Recorded recorded) {
    List<TaskChain> chains = Sweep.isIn(recorded) ? TaskChain.of(recorded) : List.of();
    return chains.size() < FEWEST ? Optional.empty() : Optional.of(new TaskRank(chains).figure());
  }

  private Figure figure() {
    Sheet sheet = Sheet.of(List.of(List.of(chart())), 1, RankStanding.OURS.foot());
    return new Figure(
        ID,
        "What the collapse follows: the rank of the task",
        "Whether the rank that is left after training goes with how many directions the task needs, and not with the correlation length, which is the colour.",
        "Task rank is the best of seven predictors that we compared after seeing data (forking paths), so that its lead over the others is flattered; a line through chosen chains is no law.",
        "Mark: mean over seeds of one chain, whisker: smallest to largest; grey: range of all untrained networks, the null. Line: least squares through the means. Chains with nothing to learn and networks that differ from the others are left out."
            + GATE
            + RankStanding.OURS.caption(
                "task rank, chains and line; the choice came after the data."),
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  private Sheet.Chart chart() {
    double widest = Arrays.stream(ranks(chains)).max().orElse(1);
    return new Sheet.Chart(
        "",
        340,
        new Axis(
            "task rank: effective rank of the exact log-posterior",
            Scale.Linear.covering(0, widest * 1.05, 8)),
        new Axis("collapse ratio \u03c1, masked positions", heights()),
        series(),
        Curves.Style.WHISKERS,
        this::under,
        remarks());
  }

  /** One for each look, then one for each look of chains that are off the gate. */
  private List<Series> series() {
    Map<Series.Look, List<TaskChain>> on = new LinkedHashMap<>();
    Map<Series.Look, List<TaskChain>> off = new LinkedHashMap<>();
    chains.stream()
        .sorted(Comparator.comparingDouble(chain -> chain.cell().length()))
        .forEach(chain ->
            (chain.judged() ? on : off)
                .computeIfAbsent(chain.look(), _ -> new ArrayList<>())
                .add(chain));
    List<Series> series = new ArrayList<>();
    on.forEach((look, members) -> series.add(series(look, members, "")));
    off.forEach((look, members) -> series.add(series(look, members, ", off the gate").hollow()));
    return series;
  }

  private static Series series(Series.Look look, List<TaskChain> members, String gate) {
    List<String> lengths = members.stream().map(c -> c.cell().xi()).distinct().toList();
    String shown =
        lengths.size() == 1 ? lengths.getFirst() : lengths.getFirst() + " to " + lengths.getLast();
    return new Series(
        shown + gate,
        look,
        ranks(members),
        members.stream().map(TaskChain::title).toList(),
        members.stream().map(TaskChain::ratio).toArray(Band[]::new));
  }

  private Scale heights() {
    double most =
        chains.stream()
            .flatMapToDouble(c -> DoubleStream.of(c.ratio().high(), c.untrained().high()))
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    return Scale.Linear.covering(0, Math.max(most, 0.1), 5);
  }

  private void under(Svg svg, Frame frame) {
    untrained(svg, frame);
    Labels labels = new Labels(frame);
    if (isFitted()) {
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

  private boolean isFitted() {
    return judged.size() >= FEWEST && line.exists();
  }

  private void untrained(Svg svg, Frame frame) {
    List<Band> before = chains.stream().map(TaskChain::untrained).filter(Band::hasValue).toList();
    if (!before.isEmpty()) {
      double top = frame.py(before.stream().mapToDouble(Band::high).max().orElseThrow());
      double bottom = frame.py(before.stream().mapToDouble(Band::low).min().orElseThrow());
      double right = frame.left() + frame.width();
      svg.open("g", "class", "c0");
      svg.rect(frame.left(), top, frame.width(), bottom - top, "band");
      svg.text(right - 6, bottom - 5, "tick end halo-paper", "untrained (null)");
      svg.close("g");
    }
  }

  /** Names the families, once where chains of one family stand together. */
  private void names(Svg svg, Frame frame, Labels labels) {
    for (TaskChain chain : chains) {
      labels.keep(
          frame.px(chain.rank()), frame.py(chain.ratio().high()), frame.py(chain.ratio().low()));
    }
    List<TaskChain> named = new ArrayList<>();
    for (TaskChain chain : chains) {
      double x = frame.px(chain.rank());
      double y = frame.py(chain.ratio().mean());
      boolean near =
          named.stream()
              .filter(other -> other.cell().family().equals(chain.cell().family()))
              .anyMatch(other ->
                  Math.hypot(frame.px(other.rank()) - x, frame.py(other.ratio().mean()) - y)
                      < TOGETHER);
      if (!near) {
        labels.write(svg, x, y, chain.cell().family());
        named.add(chain);
      }
    }
  }

  private List<String> remarks() {
    String over = judged.size() + " of " + chains.size() + " chains";
    if (judged.size() < FEWEST) {
      return List.of("no line and no rank correlation: " + over + " pass the gate");
    }
    double[] lengths = judged.stream().mapToDouble(c -> c.cell().length()).toArray();
    String fit =
        isFitted()
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
            + Numbers.show(RankCorrelation.of(ranks(judged), ratios(judged)), 2)
            + ", with \u03be "
            + Numbers.show(RankCorrelation.of(lengths, ratios(judged)), 2)
            + ", over "
            + over);
  }

  private static double[] ranks(List<TaskChain> chains) {
    return chains.stream().mapToDouble(TaskChain::rank).toArray();
  }

  private static double[] ratios(List<TaskChain> chains) {
    return chains.stream().mapToDouble(chain -> chain.ratio().mean()).toArray();
  }
}
