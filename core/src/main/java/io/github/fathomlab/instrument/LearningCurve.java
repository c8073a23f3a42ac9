package io.github.fathomlab.instrument;

import io.github.fathomlab.training.Evaluation;
import io.github.fathomlab.training.StateSnapshot;
import io.github.fathomlab.training.StepSnapshot;
import io.github.fathomlab.training.Watcher;
import java.util.function.Consumer;

/**
 * Loss of the batches, and loss and accuracy in evaluation mode on training and held-out samples.
 *
 * <p>Quantities: {@code loss}; {@code loss.train}, {@code loss.test}, {@code accuracy.train},
 * {@code accuracy.test}. Cost: none beyond the evaluation that other instruments share.
 */
public final class LearningCurve implements Watcher {
  private final Rhythm steps;
  private final Rhythm states;
  private final Consumer<Reading> sink;

  public LearningCurve(Rhythm steps, Rhythm states, Consumer<Reading> sink) {
    this.steps = steps;
    this.states = states;
    this.sink = sink;
  }

  @Override
  public Need need(long step) {
    return steps.due(step) ? Need.LOSS : Need.NOTHING;
  }

  @Override
  public void observe(StepSnapshot snapshot) {
    sink.accept(Reading.ofNetwork("loss", snapshot.step(), snapshot.replica(), snapshot.loss()));
  }

  @Override
  public boolean wantsState(long step) {
    return states.due(step);
  }

  @Override
  public void observe(StateSnapshot snapshot) {
    accept(snapshot, "train", snapshot.evaluation().score());
    if (snapshot.test() != null) {
      accept(snapshot, "test", snapshot.test());
    }
  }

  private void accept(StateSnapshot snapshot, String set, Evaluation.Score score) {
    sink.accept(
        Reading.ofNetwork("loss." + set, snapshot.step(), snapshot.replica(), score.loss()));
    if (!Double.isNaN(score.accuracy())) {
      sink.accept(
          Reading.ofNetwork(
              "accuracy." + set, snapshot.step(), snapshot.replica(), score.accuracy()));
    }
  }
}
