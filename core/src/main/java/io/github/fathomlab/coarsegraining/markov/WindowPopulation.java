package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Population;
import io.github.fathomlab.training.Targets;
import java.util.ArrayList;
import java.util.List;

/**
 * An endless supply of chosen positions of a chain, for a network that reads symbols as one-hot
 * features.
 *
 * <p>Feature o (V+2) + id is 1 when position o of the window, counted from 0 on the left, shows the
 * symbol id: 0..V-1 a state, V = MASK, V+1 = PAD, which windows inside a sequence do not have. The
 * target is the state in the middle, one-hot. An affine map of such features is a table of
 * embeddings, one for each position and symbol, summed over the positions (rank-collapse
 * specification, section 4). Cost: O(log of the number of cells) per sample, and the clearing of
 * the batch.
 */
public record WindowPopulation(WindowTask task) implements Population {

  /** (2w+1)(V+2), the number of input features. */
  public int features() {
    return (2 * task.halfWidth() + 1) * symbols();
  }

  private int symbols() {
    return task.states() + 2;
  }

  @Override
  public void draw(long key, Matrix input, Matrix targets) {
    input.fill(0);
    targets.fill(0);
    for (int j = 0; j < input.columns(); j++) {
      WindowTask.Draw draw = task.draw(key, j);
      show(draw.symbols(), input, j);
      targets.set(draw.state(), j, 1);
    }
  }

  private void show(int[] shown, Matrix input, int column) {
    for (int o = 0; o < shown.length; o++) {
      input.set(o * symbols() + shown[o], column, 1);
    }
  }

  /**
   * The whole population as a set: every context of a chosen position once, in the order left,
   * right, middle, with the n targets J[c,k] of its n contexts. The cross entropy over all of it,
   * -Σ J[c,k] ln p(k | c), is the loss over the population, without a sample.
   */
  public Dataset whole() {
    List<int[]> windows = new ArrayList<>();
    List<double[]> weights = new ArrayList<>();
    for (int l = 0; l < task.sights(); l++) {
      for (int r = 0; r < task.sights(); r++) {
        for (int c = task.firstShown(); c <= task.states(); c++) {
          windows.add(task.window(l, c, r));
          weights.add(task.chosen(l, c, r));
        }
      }
    }
    int n = windows.size();
    double[] inputs = new double[n * features()];
    double[] targets = new double[n * task.states()];
    for (int i = 0; i < n; i++) {
      for (int o = 0; o < windows.get(i).length; o++) {
        inputs[i * features() + o * symbols() + windows.get(i)[o]] = 1;
      }
      for (int k = 0; k < task.states(); k++) {
        targets[i * task.states() + k] = n * weights.get(i)[k];
      }
    }
    return new Dataset("contexts", features(), inputs, new Targets.Values(targets, task.states()));
  }
}
