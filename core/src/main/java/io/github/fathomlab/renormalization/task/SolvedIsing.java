package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.ising.IsingChain;

/** The Ising chain: one sector, e_1(s) = (s - m)/√(1 - m²). */
final class SolvedIsing implements SolvedChain {
  private final IsingChain chain;
  private final double mean;
  private final double deviation;
  private final double ratio;
  private final double[] logKeep;
  private final double[] logLeave;
  private final double up;
  private final long upBelow;
  private final long keepUpBelow;
  private final long keepDownBelow;

  SolvedIsing(ChainLaw.Ising law) {
    chain = new IsingChain(law.coupling(), law.field());
    mean = chain.magnetisation();
    deviation = Math.sqrt(chain.variance());
    ratio = chain.eigenvalueRatio();
    up = 0.5 + 0.5 * mean;
    double keepUp = chain.keepProbability(true);
    double keepDown = chain.keepProbability(false);
    upBelow = threshold(up);
    keepUpBelow = threshold(keepUp);
    keepDownBelow = threshold(keepDown);
    logKeep = new double[] {StrictMath.log(keepUp), StrictMath.log(keepDown)};
    logLeave = new double[] {StrictMath.log1p(-keepUp), StrictMath.log1p(-keepDown)};
  }

  @Override
  public int sectors() {
    return 1;
  }

  @Override
  public double ratio(int n) {
    return ratio;
  }

  @Override
  public double edge(int n, double x) {
    return (x - mean) / deviation;
  }

  @Override
  public double covariance(int lag) {
    return chain.connectedCorrelation(Math.abs(lag));
  }

  @Override
  public double predict(double x, int distance) {
    return mean + StrictMath.pow(ratio, distance) * (x - mean);
  }

  @Override
  public double logProbability(double[] window) {
    double log = StrictMath.log(window[0] > 0 ? up : 1 - up);
    for (int i = 1; i < window.length; i++) {
      int from = window[i - 1] > 0 ? 0 : 1;
      log += window[i] == window[i - 1] ? logKeep[from] : logLeave[from];
    }
    return log;
  }

  /** A number of 53 bits is below it when the uniform made of it is below the probability. */
  private static long threshold(double probability) {
    return (long) Math.ceil(probability * 0x1p53);
  }

  /** 1 if a number of 53 bits is below another, else 0: spins are too random for a branch. */
  private static long below(long number, long other) {
    return (number - other) >>> 63;
  }

  @Override
  public void draw(long key, double[] window) {
    long isUp = below(CounterRandom.bits(key, 0) >>> 11, upBelow);
    window[0] = 2 * isUp - 1;
    for (int i = 1; i < window.length; i++) {
      long number = CounterRandom.bits(key, i) >>> 11;
      long ifUp = below(number, keepUpBelow);
      long ifDown = 1 - below(number, keepDownBelow);
      isUp = ifDown ^ (ifUp ^ ifDown) & -isUp;
      window[i] = 2 * isUp - 1;
    }
  }
}
