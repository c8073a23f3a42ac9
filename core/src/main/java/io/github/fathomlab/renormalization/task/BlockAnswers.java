package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.network.Loss;

/**
 * Answers beside the best ones.
 *
 * @param given [outputs][N]
 * @param best [outputs][N]
 */
record BlockAnswers(Blocks blocks, double[][] given, double[][] best) {

  /** How far the logits' loss lies above the best one; sign -1 where the target is 1. */
  double logisticExcess(int sign) {
    double[] excess = new double[blocks.count()];
    for (int j = 0; j < excess.length; j++) {
      excess[j] =
          Loss.Logistic.softplus(sign * given[0][j]) - Loss.Logistic.softplus(sign * best[0][j]);
    }
    return blocks.mean(excess);
  }

  /** E|f - f*|², by which a squared error lies above that of the conditional mean. */
  double squaredDistance() {
    double[] distances = new double[blocks.count()];
    for (int i = 0; i < given.length; i++) {
      for (int j = 0; j < distances.length; j++) {
        double d = given[i][j] - best[i][j];
        distances[j] += d * d;
      }
    }
    return blocks.mean(distances);
  }

  /** How far the squared error lies above that of the best answers. */
  double reconstructionExcess() {
    int count = blocks.count();
    double[] excess = new double[count];
    for (int i = 0; i < given.length; i++) {
      for (int j = 0; j < count; j++) {
        double site = blocks.states()[i * count + j];
        double own = given[i][j] - site;
        double least = best[i][j] - site;
        excess[j] += own * own - least * least;
      }
    }
    return blocks.mean(excess);
  }
}
