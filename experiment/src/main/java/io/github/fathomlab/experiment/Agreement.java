package io.github.fathomlab.experiment;

import io.github.fathomlab.data.ChainBlocks;
import io.github.fathomlab.data.MaskedTokens;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.util.List;

/**
 * Whether loss, noise, network and measurements of an experiment fit its data; every refusal says
 * what to change.
 */
final class Agreement {
  private static final double PROBABILITY_TOLERANCE = 1e-6;

  private final Experiment experiment;

  Agreement(Experiment experiment) {
    this.experiment = experiment;
  }

  /**
   * Finds what does not fit.
   *
   * @throws ExperimentException when something does not
   */
  void require(Split split) {
    requireChain();
    Dataset train = split.train();
    requireTokens();
    if (train.targets() instanceof Targets.Values values) {
      requireClasses(train.name());
      if (!(experiment.data() instanceof MaskedTokens)) {
        requireProbabilities(train.name(), values);
      }
    }
    if (experiment.loss() instanceof Loss.Logistic) {
      requireShares(train.name(), train.targets());
    }
    Measurement.Separation separation = experiment.measure().separation();
    if (separation != null && separation.heldOut() && split.test() == null) {
      throw new ExperimentException(
          "measure.separation.held_out: needs held-out samples, but "
              + train.name()
              + " has none; set it to false, or data.test to the number of samples to hold out");
    }
    Measurement.Rank rank = experiment.measure().rank();
    if (rank != null
        && rank.heldOut()
        && (split.test() == null || experiment.data() instanceof MaskedTokens)) {
      throw new ExperimentException(
          "measure.rank.held_out: needs held-out samples, but "
              + train.name()
              + " has none; set it to false");
    }
  }

  /** What couplings are read from, and what tasks on chains need. */
  private void requireChain() {
    if (!(experiment.data() instanceof ChainBlocks blocks)) {
      if (experiment.measure().coupling() != null) {
        throw new ExperimentException(
            "measure.coupling: couplings are read from blocks of a chain, data of kind ising, gaussian or quartic; set it to false");
      }
      return;
    }
    if (blocks.task().isLogit() != (experiment.loss() instanceof Loss.Logistic)) {
      throw new ExperimentException(
          blocks.task().isLogit()
              ? "loss: a thermometer's answer is a logit; set loss to logistic"
              : "loss: this task asks for numbers; set loss to squared_error");
    }
    if (blocks.task().hasBottleneck()) {
      requireBottleneck(blocks);
    }
  }

  /** What networks of tokens and their data need of each other. */
  private void requireTokens() {
    if (!(experiment.data() instanceof MaskedTokens)) {
      if (experiment.network().shape() instanceof Architecture.Tokens) {
        throw new ExperimentException(
            "network.kind: a network of tokens reads data of kind markov; set data.kind to markov, or network.kind to mlp");
      }
      return;
    }
    if (!(experiment.loss() instanceof Loss.CrossEntropy)) {
      throw new ExperimentException(
          "loss: masked tokens are predicted with probabilities; set loss to cross_entropy");
    }
    if (experiment.training().batch() != 0) {
      throw new ExperimentException(
          "training.batch: a step counts data.draws masked positions; set training.batch to full and data.draws to the number you want");
    }
    if (experiment.measure().rank() != null && experiment.measure().rank().position() != null) {
      throw new ExperimentException(
          "measure.rank.position: a window of tokens is one position; delete the key");
    }
  }

  private void requireBottleneck(ChainBlocks blocks) {
    if (!(experiment.network().shape() instanceof Architecture.Mlp(List<Integer> hidden, var _))) {
      throw new ExperimentException(
          "network.kind: this task is answered through the bottleneck of a perceptron; set it to mlp");
    }
    try {
      blocks.problem().requireBottleneck(hidden);
    } catch (IllegalArgumentException e) {
      throw new ExperimentException("network.widths: " + e.getMessage());
    }
  }

  private void requireClasses(String data) {
    String found = ", but " + data + " has real-valued targets; ";
    if (experiment.noise().labels() > 0) {
      throw new ExperimentException(
          "noise.labels: label noise needs class labels" + found + "set noise.labels to 0");
    }
    if (experiment.measure().separation() != null) {
      throw new ExperimentException(
          "measure.separation: separation and accuracy need class labels"
              + found
              + "set measure.separation to false");
    }
  }

  private void requireProbabilities(String data, Targets.Values targets) {
    if (!(experiment.loss() instanceof Loss.CrossEntropy)) {
      return;
    }
    for (int i = 0; i < targets.size(); i++) {
      double sum = 0;
      boolean negative = false;
      for (int j = 0; j < targets.width(); j++) {
        double value = targets.values()[i * targets.width() + j];
        sum += value;
        negative |= value < 0;
      }
      if (negative || !(Math.abs(sum - 1) <= PROBABILITY_TOLERANCE)) {
        throw new ExperimentException(
            "loss: cross_entropy needs class labels or rows of probabilities, but the targets of sample %d of %s %s; set loss to squared_error"
                .formatted(i, data, negative ? "hold a negative number" : "sum to " + sum));
      }
    }
  }

  private static void requireShares(String data, Targets targets) {
    String needs = "loss: logistic needs targets that are numbers in [0, 1], but ";
    if (!(targets instanceof Targets.Values values)) {
      throw new ExperimentException(needs + data + " has class labels; set loss to cross_entropy");
    }
    for (int i = 0; i < values.values().length; i++) {
      double value = values.values()[i];
      if (!(value >= 0 && value <= 1)) {
        throw new ExperimentException(
            "%starget %d of sample %d of %s is %s; scale the targets, or set loss to squared_error"
                .formatted(needs, i % values.width(), i / values.width(), data, value));
      }
    }
  }
}
