package io.github.fathomlab.bulkboundary;

import io.github.fathomlab.training.StepSnapshot;
import io.github.fathomlab.training.TrainingPlan;
import io.github.fathomlab.training.Watcher;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Sees the tensors of every step together with the rows of its ledger. */
final class LedgerProbe implements Watcher {

  /** Looks at one step. */
  interface Look {
    void at(StepSnapshot snapshot, LedgerRow[] rows);
  }

  private final KickDriftLedger ledger;
  private final Look look;
  private double[] kinetic = {};

  LedgerProbe(TrainingPlan plan, Look look) {
    ledger = new KickDriftLedger(plan.rule());
    this.look = look;
  }

  @Override
  public Need need(long step) {
    return Need.TENSORS;
  }

  @Override
  public boolean wantsMiddle(long step) {
    return true;
  }

  @Override
  public void observe(StepSnapshot snapshot) {
    var sums = Objects.requireNonNull(snapshot.sums());
    LedgerRow[] rows = new LedgerRow[sums.size()];
    kinetic = kinetic.length == 0 ? new double[rows.length] : kinetic;
    for (int m = 0; m < rows.length; m++) {
      rows[m] = ledger.row(sums.get(m), kinetic[m], snapshot.learningRate());
      kinetic[m] = rows[m].kineticAfter();
    }
    look.at(snapshot, rows);
  }

  /** The residuals of all layers. */
  static double[] residuals(CurrentAudit audit, LedgerRow[] rows) {
    double[] residuals = new double[rows.length];
    for (int m = 0; m < rows.length; m++) {
      residuals[m] = audit.relativeResidual(m, rows[m]);
    }
    return residuals;
  }

  /** Layers whose residual is not below the tolerance. */
  static List<Integer> red(double[] residuals, double tolerance) {
    return IntStream.range(0, residuals.length)
        .filter(m -> !(residuals[m] < tolerance))
        .boxed()
        .toList();
  }
}
