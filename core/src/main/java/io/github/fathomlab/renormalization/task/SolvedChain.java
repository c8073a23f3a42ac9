package io.github.fathomlab.renormalization.task;

/**
 * A stationary chain in which the past acts through one site, with the sectors that this makes.
 *
 * <pre>
 *   P(y | x) = p(y) Σ_n λ_n e_n(x) e_n(y),   E[e_m e_n] = δ_mn,   e_0 = λ_0 = 1 &gt; |λ_1| ≥ |λ_2| ...
 *   Cov(f(B_j), g(B_(j+m))) = Σ_(n≥1) λ_n^(b(m-1)+1) E[f e_n(x_last)] E[g e_n(x_first)]
 * </pre>
 *
 * <p>Symbols: p law of one site, e_n edge function of sector n, λ_n its ratio to the largest
 * eigenvalue of the transfer operator, B_j blocks of b sites side by side. Source: textbook
 * transfer operator; the theorem on blocks is ours. The Ising chain has one sector, whose edge
 * function without a field is the spin itself.
 */
sealed interface SolvedChain permits SolvedIsing, SolvedGaussian, SolvedQuartic {

  /** How many sectors are followed; those beyond carry less than {@code λ} of the last. */
  int sectors();

  /**
   * λ_n.
   *
   * @param n from 1
   */
  double ratio(int n);

  /** e_n(x). */
  double edge(int n, double x);

  /** Cov(x_i, x_(i+lag)). */
  double covariance(int lag);

  /** E[x_(i+distance) | x_i]. */
  double predict(double x, int distance);

  /** ln of the probability (density) of a window of the infinite chain. */
  double logProbability(double[] window);

  /** Fills a window of the infinite chain; a pure function of the key. */
  void draw(long key, double[] window);
}
