package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.function.IntToDoubleFunction;

/** The table of a sweep over couplings, cell by cell. */
final class SyntheticCouplings {
  static final long LAST = 100;

  final Recorded recorded = new Recorded();
  private int cells;
  private int first;
  private int seeds;

  /** Begins a cell; what follows belongs to it. */
  SyntheticCouplings cell(String name, String task, String law, int replicas) {
    return cell(name, task, law, replicas, 0);
  }

  /** Begins a cell whose targets are those of other blocks. */
  SyntheticCouplings shuffled(String name, String task, String law, int replicas) {
    return cell(name, task, law, replicas, 1);
  }

  private SyntheticCouplings cell(
      String name, String task, String law, int replicas, double shuffle) {
    first += seeds;
    seeds = replicas;
    for (int s = 0; s < seeds; s++) {
      add("sweep.cell", 0, "", s, cells);
      add("axis.case", 0, name, s, cells);
      add("coupling.task", 0, task, s, 1);
      add("coupling.law", 0, law, s, 1);
    }
    cells++;
    return all("coupling.shuffle", shuffle).all("coupling.field", 0);
  }

  /** A number of the network before the first step, the same in all replicas. */
  SyntheticCouplings all(String quantity, double value) {
    return each(quantity, 0, _ -> value);
  }

  /** A number of the network in every replica. */
  SyntheticCouplings each(String quantity, long step, IntToDoubleFunction value) {
    for (int s = 0; s < seeds; s++) {
      add(quantity, step, "", s, value.applyAsDouble(s));
    }
    return this;
  }

  /** A number of a layer in every replica. */
  SyntheticCouplings layer(String quantity, long step, int layer, IntToDoubleFunction value) {
    for (int s = 0; s < seeds; s++) {
      recorded.add(quantity, step, layer, first + s, value.applyAsDouble(s));
    }
    return this;
  }

  /** The number of another exact rule. */
  SyntheticCouplings rule(String name, double value) {
    for (int s = 0; s < seeds; s++) {
      recorded.add(
          new Reading("coupling.rule", 0, 0, name, first + s, value, Status.OK, Double.NaN));
    }
    return this;
  }

  /** A trained cell around a number, with untrained networks scattered by 0.2. */
  SyntheticCouplings trained(double prediction, double off, double excess) {
    return all("coupling.prediction", prediction)
        .each("coupling.correlation", 0, s -> prediction + (s % 2 == 0 ? 0.2 : -0.2) + 0.001 * s)
        .each(
            "coupling.correlation",
            LAST,
            s -> prediction + off * (s % 2 == 0 ? 1 : -1) * (1 + 0.01 * s))
        .each("coupling.excess", LAST, s -> excess + 1e-5 * s);
  }

  private void add(String quantity, long step, String word, int replica, double value) {
    recorded.add(
        new Reading(
            quantity,
            step,
            Reading.WHOLE_NETWORK,
            word,
            first + replica,
            value,
            Double.isNaN(value) ? Status.ZERO_VARIANCE : Status.OK,
            Double.NaN));
  }
}
