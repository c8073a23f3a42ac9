package io.github.fathomlab.bulkboundary;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.training.StepSnapshot;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;

/** Turns the ledgers' numbers into readings. */
record LayerReadings(List<Layer> layers, Consumer<Reading> sink) {

  /** One reading per layer. */
  void emit(int replica, long step, String quantity, IntToDoubleFunction value) {
    for (int m = 0; m < layers.size(); m++) {
      double number = value.applyAsDouble(m);
      boolean finite = Double.isFinite(number);
      sink.accept(
          new Reading(
              quantity,
              step,
              m,
              layers.get(m).name(),
              replica,
              finite ? number : Double.NaN,
              finite ? Status.OK : Status.NOT_FINITE,
              Double.NaN));
    }
  }

  /** T after the step, Π, D, X and J at the upper cut, in the form that is named. */
  void emitRows(StepSnapshot at, String form, LedgerRow[] rows) {
    int replica = at.replica();
    emit(replica, at.step(), form + ".kinetic", m -> rows[m].kineticAfter());
    emit(replica, at.step(), form + ".metric_work", m -> rows[m].metricWork());
    emit(replica, at.step(), form + ".dissipation", m -> rows[m].dissipation());
    emit(replica, at.step(), form + ".external", m -> rows[m].external());
    double[] currents = new double[rows.length];
    double current = 0;
    for (int m = 0; m < rows.length; m++) {
      current += rows[m].currentDrop();
      currents[m] = current;
    }
    emit(replica, at.step(), form + ".current", m -> currents[m]);
  }

  /** A reading of the whole network. */
  void emitOfNetwork(int replica, long step, String quantity, double value) {
    sink.accept(Reading.ofNetwork(quantity, step, replica, value));
  }

  /** No number, and why. */
  void emitAbsent(int replica, long step, String quantity, Status reason) {
    sink.accept(
        new Reading(
            quantity, step, Reading.WHOLE_NETWORK, "", replica, Double.NaN, reason, Double.NaN));
  }
}
