package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.field.GaussianChain;

/** The Gaussian chain of unit variance: e_n = He_n/√n!, λ_n = φ^n (Mehler's kernel). */
final class SolvedGaussian implements SolvedChain {
  private static final int SECTORS = 6;

  private final GaussianChain chain;
  private final double innovation;

  SolvedGaussian(ChainLaw.Gaussian law) {
    chain = new GaussianChain(law.phi(), 1);
    innovation = Math.sqrt(chain.innovationVariance());
  }

  @Override
  public int sectors() {
    return SECTORS;
  }

  @Override
  public double ratio(int n) {
    return StrictMath.pow(chain.phi(), n);
  }

  /** By √(k+1) e_(k+1) = x e_k - √k e_(k-1). */
  @Override
  public double edge(int n, double x) {
    double before = 0;
    double here = 1;
    for (int k = 0; k < n; k++) {
      double next = (x * here - Math.sqrt(k) * before) / Math.sqrt(k + 1);
      before = here;
      here = next;
    }
    return here;
  }

  @Override
  public double covariance(int lag) {
    return chain.covariance(lag);
  }

  @Override
  public double predict(double x, int distance) {
    return StrictMath.pow(chain.phi(), distance) * x;
  }

  @Override
  public double logProbability(double[] window) {
    return -chain.negativeLogLikelihood(window);
  }

  @Override
  public void draw(long key, double[] window) {
    CounterRandom.gaussians(key, window);
    for (int i = 1; i < window.length; i++) {
      window[i] = chain.phi() * window[i - 1] + innovation * window[i];
    }
  }
}
