package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One chain of a sweep beside the rank of its task: how much rank its networks kept, and whether
 * they may be judged.
 *
 * <pre>
 *   gate:   S ≥ 5,   mean captured ≥ 0.95,   captured ≥ 0.93 and excess ≥ -10⁻⁶ in every seed
 * </pre>
 *
 * <p>Symbols: S seeds, captured and excess as in {@link InformationCourse}. The numbers are those
 * of the claims' gate, so that figure and verdict speak of the same chains; a seed that lacks a
 * number keeps its chain off too.
 *
 * @param cell its networks
 * @param look by its correlation length
 * @param rank of the task, the effective rank of the exact log-posterior
 * @param ratio collapse ratio of the trained networks, over the seeds
 * @param untrained the same before training
 * @param captured share of the available information, over the seeds
 * @param judged whether it passes the gate
 */
record TaskChain(
    RankCell cell,
    Series.Look look,
    double rank,
    Band ratio,
    Band untrained,
    Band captured,
    boolean judged) {
  static final double LEAST_CAPTURED = 0.93;
  static final int FEWEST_SEEDS = 5;
  private static final double ROUNDING = 1e-6;
  private static final String TASK = "tokens.task_rank";

  /** The chains of a sweep that offer something, each once, predicted as they are. */
  static List<TaskChain> of(Recorded recorded) {
    List<RankPanel> panels = RankPanel.of(RankCell.of(recorded));
    List<TaskChain> chains = new ArrayList<>();
    for (RankPanel panel : panels) {
      List<Series.Look> looks = panel.looks(panels);
      for (int i = 0; panel.kind() == RankPanel.Kind.FAMILY && i < looks.size(); i++) {
        RankCell cell = panel.cells().get(i);
        double rank = cell.group().exact(TASK);
        boolean whole = !(cell.group().exact("tokens.shuffle") > 0);
        boolean trained = cell.group().lastStep(RankCell.RATIO) > 0;
        Band ratio = cell.trained(RankCell.RATIO);
        if (rank > 0 && rank < 1e6 && whole && trained && ratio.hasValue()) {
          Band captured = cell.trained(InformationCourse.CAPTURED);
          chains.add(
              new TaskChain(
                  cell,
                  looks.get(i),
                  rank,
                  ratio,
                  cell.untrained(RankCell.RATIO),
                  captured,
                  passes(captured, ratio, cell.trained(InformationCourse.EXCESS))));
        }
      }
    }
    return chains;
  }

  private static boolean passes(Band captured, Band ratio, Band excess) {
    return captured.flagged() + ratio.flagged() + excess.flagged() == 0
        && ratio.replicas() == captured.replicas()
        && captured.replicas() >= FEWEST_SEEDS
        && captured.mean() >= InformationCourse.GATE
        && captured.low() >= LEAST_CAPTURED
        && excess.low() >= -ROUNDING;
  }

  /** What hovering over its mark calls it. */
  String title() {
    return cell.chain()
        + ", task rank "
        + Numbers.show(rank, 3)
        + ", captured "
        + Numbers.show(captured.mean(), 3);
  }
}
