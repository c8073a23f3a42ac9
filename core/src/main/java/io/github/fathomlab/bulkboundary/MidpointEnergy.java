package io.github.fathomlab.bulkboundary;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.kernels.StepSums;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.training.Middle;
import io.github.fathomlab.training.StepSnapshot;
import io.github.fathomlab.training.TrainingPlan;
import io.github.fathomlab.training.Watcher;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The energy ledger in midpoint form as an instrument, for comparison with the continuous theory.
 *
 * <p>Quantities per layer: {@code midpoint.kinetic} (T after the step), {@code
 * midpoint.metric_work} (Π), {@code midpoint.dissipation} (D), {@code midpoint.external} (X),
 * {@code midpoint.current} (J at the upper cut, along w̄). See {@link MidpointLedger}. Cost: a
 * scalar pass over the parameters of every recorded step.
 */
public final class MidpointEnergy implements Watcher {
  private final LedgerRhythm rhythm;
  private final MidpointLedger ledger;
  private final LayerReadings readings;
  private final double[] kinetic;

  public MidpointEnergy(
      LedgerRhythm rhythm, TrainingPlan plan, List<Layer> layers, Consumer<Reading> sink) {
    this.rhythm = rhythm;
    ledger = new MidpointLedger(plan.rule());
    readings = new LayerReadings(layers, sink);
    kinetic = new double[layers.size()];
  }

  @Override
  public Need need(long step) {
    return rhythm.steps().due(step) || rhythm.steps().due(step + 1) ? Need.SUMS : Need.NOTHING;
  }

  @Override
  public boolean wantsMiddle(long step) {
    return need(step) != Need.NOTHING;
  }

  @Override
  public void observe(StepSnapshot snapshot) {
    List<StepSums> sums = Objects.requireNonNull(snapshot.sums());
    Middle middle = Objects.requireNonNull(snapshot.middle());
    LedgerRow[] rows = new LedgerRow[kinetic.length];
    for (int m = 0; m < rows.length; m++) {
      rows[m] = ledger.row(sums.get(m), middle.sums().get(m), kinetic[m]);
      kinetic[m] = rows[m].kineticAfter();
    }
    if (rhythm.steps().due(snapshot.step())) {
      readings.emitRows(snapshot, "midpoint", rows);
    }
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
