package io.github.fathomlab.renormalization.ising;

import java.util.List;

/**
 * The chains that a decimation passes through.
 *
 * @param block b, sites per block
 * @param steps from the given chain on; the first has gone no step
 */
public record Flow(int block, List<Step> steps) {

  /** A flow. */
  public Flow {
    steps = List.copyOf(steps);
  }

  /**
   * One chain of the flow.
   *
   * @param chain its coupling and field
   * @param constant g per bond of this chain, split off by the step that led here; 0 at the start
   */
  public record Step(IsingChain chain, double constant) {}

  /**
   * ln λ+ of the first chain put together from what n steps have split off and the chain that is
   * left: Σ_(k≤n) g_k / b^k + ln λ+(K_n, h_n) / b^n. It is the same for every n.
   */
  public double freeEnergy(int n) {
    double sum = 0;
    double sites = 1;
    for (int k = 1; k <= n; k++) {
      sites *= block;
      sum += steps.get(k).constant() / sites;
    }
    return sum + steps.get(n).chain().logLargestEigenvalue() / sites;
  }
}
