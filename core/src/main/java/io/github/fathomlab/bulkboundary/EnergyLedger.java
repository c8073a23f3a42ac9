package io.github.fathomlab.bulkboundary;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.StepSums;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.training.StepSnapshot;
import io.github.fathomlab.training.TrainingPlan;
import io.github.fathomlab.training.Watcher;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;

/**
 * The energy ledger as an instrument: T, Π, D, X and J per layer and step, and on chosen steps the
 * audit of its balance.
 *
 * <p>Quantities: {@code ledger.parameters} (their number, at step 0 only), {@code ledger.kinetic}
 * (T after the step), {@code ledger.metric_work} (Π), {@code ledger.dissipation} (D), {@code
 * ledger.external} (X), {@code ledger.current} (J at the upper cut of the layer, by cumulating g·u
 * from J_0 = 0); on audit steps {@code ledger.audit_residual} (closing error with J from an exact
 * tangent pass) and on some of them, beside it as the null, {@code ledger.audit_control}: the same
 * audit after one layer was moved 1 % too far, which should turn that layer red. See {@link
 * KickDriftLedger} and {@link CurrentAudit}. Cost: zero-cost steps O(layers) beyond the optimizer's
 * sums; an audit one tangent pass, a controlled one two.
 */
public final class EnergyLedger implements Watcher {
  private static final double CONTROL_EXCESS = 0.01;

  private final LedgerRhythm rhythm;
  private final KickDriftLedger ledger;
  private final LayerReadings readings;
  private final double[] kinetic;

  public EnergyLedger(
      LedgerRhythm rhythm, TrainingPlan plan, List<Layer> layers, Consumer<Reading> sink) {
    this.rhythm = rhythm;
    ledger = new KickDriftLedger(plan.rule());
    readings = new LayerReadings(layers, sink);
    kinetic = new double[layers.size()];
  }

  /** The step before a due one is needed as well: T is what the previous step left. */
  @Override
  public Need need(long step) {
    if (rhythm.audits().due(step)) {
      return Need.TENSORS;
    }
    return rhythm.steps().due(step) || rhythm.steps().due(step + 1) || rhythm.audits().due(step + 1)
        ? Need.SUMS
        : Need.NOTHING;
  }

  @Override
  public void observe(StepSnapshot snapshot) {
    long step = snapshot.step();
    if (need(step) == Need.NOTHING) {
      return;
    }
    List<StepSums> sums = Objects.requireNonNull(snapshot.sums());
    LedgerRow[] rows = new LedgerRow[kinetic.length];
    for (int m = 0; m < rows.length; m++) {
      rows[m] = ledger.row(sums.get(m), kinetic[m], snapshot.learningRate());
      kinetic[m] = rows[m].kineticAfter();
    }
    if (step == 0 && rhythm.steps().due(0)) {
      emit(snapshot, "ledger.parameters", m -> readings.layers().get(m).parameters());
    }
    if (rhythm.steps().due(step)) {
      readings.emitRows(snapshot, "ledger", rows);
    }
    if (rhythm.audits().due(step)) {
      audit(snapshot, rows);
    }
  }

  private void audit(StepSnapshot snapshot, LedgerRow[] rows) {
    Matrix displacement = Objects.requireNonNull(snapshot.displacement());
    CurrentAudit audit = CurrentAudit.along(snapshot.network(), snapshot.trace(), displacement);
    emit(snapshot, "ledger.audit_residual", m -> audit.relativeResidual(m, rows[m]));
    if (!rhythm.controls().due(snapshot.step())) {
      return;
    }
    CurrentAudit control =
        CurrentAudit.along(
            snapshot.network(), snapshot.trace(), withExcess(snapshot, displacement, audit, rows));
    emit(snapshot, "ledger.audit_control", m -> control.relativeResidual(m, rows[m]));
  }

  /**
   * The displacement with one layer moved 1 % too far: the layer in which that is easiest to see.
   */
  private Matrix withExcess(
      StepSnapshot snapshot, Matrix displacement, CurrentAudit audit, LedgerRow[] rows) {
    int clearest = 0;
    for (int m = 1; m < rows.length; m++) {
      if (audit.share(m, rows[m]) > audit.share(clearest, rows[clearest])) {
        clearest = m;
      }
    }
    Layer moved = readings.layers().get(clearest);
    int length = moved.end() - moved.start();
    Kernels k = snapshot.network().kernels();
    Matrix excess = k.vector(displacement.columns());
    excess.copyFrom(displacement);
    k.add(
        CONTROL_EXCESS,
        displacement.view(moved.start(), 1, length),
        excess.view(moved.start(), 1, length));
    return excess;
  }

  private void emit(StepSnapshot snapshot, String quantity, IntToDoubleFunction value) {
    readings.emit(snapshot.replica(), snapshot.step(), quantity, value);
  }

  /** T of every layer after the last step. */
  @Override
  public double[] memory() {
    return kinetic.clone();
  }

  @Override
  public void restore(double[] memory) {
    System.arraycopy(memory, 0, kinetic, 0, kinetic.length);
  }
}
