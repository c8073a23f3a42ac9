package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.renormalization.field.EvenFamily;
import io.github.fathomlab.renormalization.field.QuarticChain;
import io.github.fathomlab.renormalization.field.QuarticSampler;

/** The quartic chain on its grid: e_n = ψ_n/ψ_0. */
final class SolvedQuartic implements SolvedChain {
  private static final int SECTORS = 6;

  private final QuarticChain chain;
  private final QuarticSampler sampler;
  private final double[][] edges; // [sectors x points]
  private final double[] amplitudes;
  private final double low;
  private final double step;

  SolvedQuartic(ChainLaw.Quartic law) {
    chain = QuarticChain.of(new EvenFamily(law.theta2(), law.theta4()), law.coupling());
    sampler = chain.sampler();
    double[] grid = chain.grid();
    low = grid[0];
    step = grid[1] - grid[0];
    double[] ground = chain.eigenfunction(0);
    edges = new double[SECTORS + 1][grid.length];
    amplitudes = new double[SECTORS + 1];
    for (int n = 1; n <= SECTORS; n++) {
      double[] function = chain.eigenfunction(n);
      for (int i = 0; i < grid.length; i++) {
        // Where the ground state has underflowed no sample ever lies.
        edges[n][i] = ground[i] > Double.MIN_NORMAL ? function[i] / ground[i] : 0;
      }
      amplitudes[n] = chain.amplitude(x -> x, n);
    }
  }

  QuarticChain chain() {
    return chain;
  }

  @Override
  public int sectors() {
    return SECTORS;
  }

  @Override
  public double ratio(int n) {
    return chain.ratio(n);
  }

  @Override
  public double edge(int n, double x) {
    return edges[n][(int) Math.round((x - low) / step)];
  }

  @Override
  public double covariance(int lag) {
    return chain.covariance(x -> x, lag);
  }

  @Override
  public double predict(double x, int distance) {
    double sum = 0;
    for (int n = 1; n <= SECTORS; n++) {
      sum += chain.decimated(n, distance) * amplitudes[n] * edge(n, x);
    }
    return sum;
  }

  /** E[x e_n], the share of the site itself in sector n. */
  double amplitude(int n) {
    return amplitudes[n];
  }

  @Override
  public double logProbability(double[] window) {
    throw new IllegalStateException("no task compares two quartic chains");
  }

  @Override
  public void draw(long key, double[] window) {
    sampler.fill(key, window);
  }
}
