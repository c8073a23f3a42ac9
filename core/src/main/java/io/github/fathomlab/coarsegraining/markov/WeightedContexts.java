package io.github.fathomlab.coarsegraining.markov;

import java.util.ArrayList;
import java.util.List;

/**
 * What a network can be shown, each context once with its probability: a population without a
 * sample.
 *
 * @param states V; the symbols are 0..V-1 and MASK = V
 * @param symbols of each context, 2w+1 from left to right
 * @param weights probabilities of the contexts, of sum 1
 */
@SuppressWarnings("ArrayRecordComponent") // carries results, is never compared
public record WeightedContexts(int states, List<int[]> symbols, double[] weights) {

  public WeightedContexts {
    symbols = List.copyOf(symbols);
  }

  /** Number of contexts. */
  public int size() {
    return weights.length;
  }

  /** Those with a mask in the middle, weighted among themselves. */
  public WeightedContexts masked() {
    return some(true);
  }

  /** Those with a state in the middle, weighted among themselves. */
  public WeightedContexts unmasked() {
    return some(false);
  }

  private WeightedContexts some(boolean masked) {
    int middle = symbols.getFirst().length / 2;
    Collector collector = new Collector(states);
    for (int i = 0; i < size(); i++) {
      if (symbols.get(i)[middle] == states == masked) {
        collector.add(symbols.get(i), weights[i]);
      }
    }
    return collector.contexts();
  }

  /** Gathers contexts that can occur. */
  static final class Collector {
    private final int states;
    private final List<int[]> symbols = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();

    Collector(int states) {
      this.states = states;
    }

    void add(int[] all, double weight) {
      if (weight > 0) {
        symbols.add(all);
        weights.add(weight);
      }
    }

    WeightedContexts contexts() {
      double sum = weights.stream().mapToDouble(weight -> weight).sum();
      double[] shares = weights.stream().mapToDouble(weight -> weight / sum).toArray();
      return new WeightedContexts(states, symbols, shares);
    }
  }
}
