package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.network.Layer;
import io.github.fathomlab.renormalization.block.Couplings;
import java.util.List;

/** What is known of a problem before any training, as readings at step 0. */
final class ExactNumbers {
  private ExactNumbers() {}

  static void read(CouplingReadout readout, List<Layer> layers, CouplingRows rows) {
    ChainProblem problem = readout.problem();
    double t = readout.chain().ratio(1);
    rows.word("coupling.task", problem.taskName());
    rows.word("coupling.law", problem.lawName());
    rows.network("coupling.shuffle", problem.shuffle());
    rows.network("coupling.field", problem.field());
    rows.network("coupling.input", Couplings.ofCorrelation(t));
    rows.network("coupling.window", problem.window());
    rows.network("coupling.contraction", t);
    readout.prediction().ifPresent(rho -> rows.network("coupling.prediction", rho));
    for (int m = 0; m < layers.size(); m++) {
      double block = (double) problem.window() / layers.get(m).outputs();
      if (block >= 1 && t > 0) {
        double decimated = Couplings.ofCorrelation(StrictMath.pow(t, block));
        rows.at("coupling.reference", m, layers.get(m).name(), decimated);
      }
    }
    int place = 0;
    for (var rule : readout.optimum().rules().entrySet()) {
      rows.at("coupling.rule", place++, rule.getKey(), rule.getValue());
    }
    readout.optimum().expectations().forEach(rows::network);
    SectorFeature random = readout.randomProjection(rows.replica());
    rows.network("coupling.random", random.correlation(), random.status(), random.error());
  }
}
