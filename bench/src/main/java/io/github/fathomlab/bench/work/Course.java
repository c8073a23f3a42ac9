package io.github.fathomlab.bench.work;

import io.github.fathomlab.training.Ensemble;

/** A training that is advanced epoch by epoch. */
final class Course {
  private final Ensemble ensemble;
  private final int stepsPerEpoch;
  private long step;

  Course(Subject subject, int replicas, int workers, Ensemble.Watchers watchers) {
    this(subject.ensemble(replicas, workers, watchers), subject.stepsPerEpoch());
  }

  Course(Ensemble ensemble, int stepsPerEpoch) {
    this.ensemble = ensemble;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  void epochs(int count) {
    step += (long) count * stepsPerEpoch;
    ensemble.advance(step);
    if (!ensemble.divergences().isEmpty()) {
      throw new IllegalStateException("the training diverged: " + ensemble.divergences());
    }
  }
}
