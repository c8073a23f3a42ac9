package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.GeneralEigenvalues;
import io.github.fathomlab.kernels.Lapack;
import java.util.Arrays;
import java.util.Comparator;

/**
 * How a chain forgets: the moduli of the eigenvalues of its transition matrix, and the correlation
 * length that the second one sets.
 *
 * <pre>
 *   ξ = -1 / ln λ_2,   λ_2 the second largest |eigenvalue|
 *   P reversible (π_i P_ij = π_j P_ji):  eigenvalues of S_ij = P_ij √(π_i / π_j), symmetric
 * </pre>
 *
 * <p>Source: textbook; rank-collapse specification, section 2. Validity: eigenvalues of a
 * reversible chain to about V eps; of another one by the general algorithm, with the error that its
 * eigenvectors allow (a chain without a full set of them, as de Bruijn's, keeps few digits). A λ_2
 * within its error of 0 is 0, and ξ with it. Cost: O(V³).
 *
 * @param moduli |eigenvalues|, descending; the first is 1
 * @param second λ_2; 0 for a single state
 * @param error to be expected of λ_2, at most 1
 * @param status OK; REDUCIBLE with several closed classes; NO_DECAY when the chain is periodic or
 *     λ_2 cannot be told from 1, and then there is no correlation length
 */
@SuppressWarnings("ArrayRecordComponent") // carries results, is never compared
public record ChainSpectrum(double[] moduli, double second, double error, Status status) {
  /** Asymmetry of S that is rounding. */
  private static final double ASYMMETRY = 1e-14;

  /** One |eigenvalue| with its error. */
  private record Modulus(double value, double error) {}

  /** The spectrum of a chain. */
  public static ChainSpectrum of(MarkovChain chain) {
    Modulus[] all = moduli(chain);
    double[] values = new double[all.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = all[i].value;
    }
    if (values.length == 1) {
      return new ChainSpectrum(values, 0, 0, Status.OK);
    }
    double error = Math.min(1, all[1].error);
    double second = values[1] <= error ? 0 : values[1];
    return new ChainSpectrum(values, second, error, status(chain, second, error));
  }

  private static Status status(MarkovChain chain, double second, double error) {
    if (chain.status() != Status.OK) {
      return chain.status();
    }
    return chain.period() > 1 || second >= 1 - error ? Status.NO_DECAY : Status.OK;
  }

  /**
   * ξ in steps; 0 when a state tells nothing of the next.
   *
   * @throws IllegalStateException when the status is not OK
   */
  public double correlationLength() {
    if (status != Status.OK) {
      throw new IllegalStateException("no correlation length: " + status.explanation());
    }
    return second == 0 ? 0 : -1 / StrictMath.log(second);
  }

  /** What the error of λ_2 makes of ξ to first order, ξ² error / λ_2; 0 with ξ. */
  public double correlationLengthError() {
    double length = correlationLength();
    return length == 0 ? 0 : length * length * error / second;
  }

  /** Descending, the Perron eigenvalue first. */
  private static Modulus[] moduli(MarkovChain chain) {
    int v = chain.states();
    Modulus[] moduli = new Modulus[v];
    double[] symmetric = symmetric(chain);
    if (symmetric.length > 0) {
      double[] values = Lapack.eigenvalues(symmetric, v);
      for (int i = 0; i < v; i++) {
        moduli[i] = new Modulus(Math.abs(values[i]), v * (Math.ulp(1.0) + ASYMMETRY));
      }
    } else {
      GeneralEigenvalues values = GeneralEigenvalues.of(chain.flat(), v);
      for (int i = 0; i < v; i++) {
        double modulus = Math.hypot(values.real()[i], values.imaginary()[i]);
        moduli[i] = new Modulus(modulus, v * values.errors()[i]);
      }
    }
    Arrays.sort(moduli, Comparator.comparingDouble(m -> -m.value));
    return moduli;
  }

  /** S, or nothing when the chain is not reversible or leaves a state for ever. */
  private static double[] symmetric(MarkovChain chain) {
    if (chain.status() != Status.OK) {
      return new double[0];
    }
    int v = chain.states();
    double[] pi = chain.stationary();
    double[] symmetric = new double[v * v];
    for (int i = 0; i < v; i++) {
      for (int j = 0; j <= i; j++) {
        double ratio = Math.sqrt(pi[i] / pi[j]);
        double there = chain.probability(i, j) * ratio;
        double back = chain.probability(j, i) / ratio;
        if (!(Math.abs(there - back) <= ASYMMETRY)) {
          return new double[0];
        }
        symmetric[i * v + j] = (there + back) / 2;
        symmetric[j * v + i] = symmetric[i * v + j];
      }
    }
    return symmetric;
  }
}
