package io.github.fathomlab.training;

import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;

/**
 * A forward pass over a set of samples, with all activations.
 *
 * @param trace activations [width x n] of every layer
 * @param targets of the same samples
 * @param score loss and accuracy
 */
public record Evaluation(Trace trace, Targets targets, Score score) {

  /**
   * @param loss mean over the samples
   * @param accuracy fraction of samples whose largest output is the target class; NaN for targets
   *     that are no classes
   */
  public record Score(double loss, double accuracy) {}

  /** Evaluates the network on samples {@code from ..} of the set, as many as the trace holds. */
  static Evaluation of(
      Network network, Loss loss, Samples samples, int from, Pass pass, Trace trace) {
    int[] columns = new int[trace.batch()];
    for (int j = 0; j < columns.length; j++) {
      columns[j] = from + j;
    }
    trace.input().gather(samples.inputs(), columns);
    network.forward(trace, pass);
    Matrix targets = network.kernels().zeros(samples.targets().rows(), columns.length);
    targets.gather(samples.targets(), columns);
    double value =
        loss.evaluate(network.kernels(), trace.output(), targets, trace.outputGradient());
    Targets selected = samples.dataset().targets().select(columns);
    return new Evaluation(trace, selected, new Score(value, accuracy(trace.output(), selected)));
  }

  private static double accuracy(Matrix output, Targets targets) {
    if (!(targets instanceof Targets.Classes classes)) {
      return Double.NaN;
    }
    int hits = 0;
    for (int j = 0; j < output.columns(); j++) {
      int best = 0;
      for (int i = 1; i < output.rows(); i++) {
        if (output.get(i, j) > output.get(best, j)) {
          best = i;
        }
      }
      if (best == classes.labels()[j]) {
        hits++;
      }
    }
    return (double) hits / output.columns();
  }
}
