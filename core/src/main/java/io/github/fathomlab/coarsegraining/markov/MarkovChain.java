package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.DenseProducts;
import org.jspecify.annotations.Nullable;

/**
 * A stationary Markov chain on finitely many states, from its transition matrix.
 *
 * <pre>
 *   π P = π,   Σ_i π_i = 1
 *   h_n = -Σ_i π_i Σ_j (P^n)_ij ln (P^n)_ij,   h_∞ = H(π) = -Σ_i π_i ln π_i,   0 ln 0 = 0
 * </pre>
 *
 * <p>Symbols: P_ij = P(x_(t+1) = j | x_t = i) [V x V]; π the stationary distribution [V]; h_n the
 * entropy of a state given the one n steps before, in nats.
 *
 * <p>Source: textbook; rank-collapse specification, sections 2 and 3. π by the elimination of
 * Grassmann, Taksar and Heyman (Oper. Res. 33, 1107, 1985), which subtracts nothing: every π_i has
 * nearly all its digits, however small. Cost: O(V³) for π, O(n V³) for h_1..h_n.
 *
 * <p>When {@link #status} is REDUCIBLE there are several closed classes and π is not unique: what
 * rests on it throws IllegalStateException. States that are left for ever are allowed, π_i = 0.
 */
public final class MarkovChain {
  /** Rows of a table with seven digits add up to 1 within this; they are rescaled. */
  private static final double SUM_TOLERANCE = 1e-6;

  private final double[][] transition;
  private final ChainStructure structure;
  private final double[] stationary;

  private MarkovChain(double[][] transition) {
    this.transition = transition;
    structure = ChainStructure.of(transition);
    stationary = status() == Status.OK ? eliminate() : new double[0];
  }

  /**
   * A chain.
   *
   * @param rows transition probabilities, each row of sum 1 within 1e-6 and then rescaled; not
   *     changed
   * @throws IllegalArgumentException when the matrix is not square or a row makes no distribution
   */
  public static MarkovChain of(double[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("expected a transition matrix, found no rows");
    }
    double[][] scaled = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      String flaw = flaw(rows[i], rows.length);
      if (flaw != null) {
        throw new IllegalArgumentException("row %d: %s".formatted(i + 1, flaw));
      }
      scaled[i] = rows[i].clone();
      double sum = sum(scaled[i]);
      for (int j = 0; j < scaled.length; j++) {
        scaled[i][j] /= sum;
      }
    }
    return new MarkovChain(scaled);
  }

  /** What keeps a row from being one of a chain with so many states: expected, found; or null. */
  public static @Nullable String flaw(double[] row, int states) {
    if (row.length != states) {
      return "expected %d probabilities, as many as there are rows, found %d"
          .formatted(states, row.length);
    }
    for (int j = 0; j < states; j++) {
      if (!(row[j] >= 0) || row[j] > 1 + SUM_TOLERANCE) {
        return "expected probabilities from 0 to 1, found %s in column %d".formatted(row[j], j + 1);
      }
    }
    double sum = sum(row);
    return Math.abs(sum - 1) <= SUM_TOLERANCE
        ? null
        : "expected probabilities that add up to 1 within %s, found the sum %s"
            .formatted(SUM_TOLERANCE, sum);
  }

  private static double sum(double[] row) {
    double sum = 0;
    for (double p : row) {
      sum += p;
    }
    return sum;
  }

  /** OK, or REDUCIBLE when there is no unique stationary distribution. */
  public Status status() {
    return structure.closedClasses().size() == 1 ? Status.OK : Status.REDUCIBLE;
  }

  /** V. */
  public int states() {
    return transition.length;
  }

  /** P_ij. */
  public double probability(int from, int to) {
    return transition[from][to];
  }

  /** Number of closed classes, at least 1. */
  public int closedClasses() {
    return structure.closedClasses().size();
  }

  /** Steps in whose multiples alone the chain returns to a state; 1 when it is aperiodic. */
  public int period() {
    requireUnique();
    return structure.period();
  }

  /** π. */
  public double[] stationary() {
    requireUnique();
    return stationary.clone();
  }

  /** H(π) in nats. */
  public double entropy() {
    return entropy(stationary());
  }

  /** h_1, ..., h_n in nats; h_n is at index n - 1. */
  public double[] conditionalEntropies(int n) {
    requireUnique();
    int v = states();
    double[] step = flat();
    double[] power = step.clone();
    double[] next = new double[step.length];
    double[] entropies = new double[n];
    double[] row = new double[v];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < v; i++) {
        System.arraycopy(power, i * v, row, 0, v);
        entropies[k] += stationary[i] * entropy(row);
      }
      DenseProducts.product(power, step, v, v, v, next);
      double[] swap = power;
      power = next;
      next = swap;
    }
    return entropies;
  }

  /** The transition matrix, row-major. */
  double[] flat() {
    int v = states();
    double[] flat = new double[v * v];
    for (int i = 0; i < v; i++) {
      System.arraycopy(transition[i], 0, flat, i * v, v);
    }
    return flat;
  }

  static double entropy(double[] distribution) {
    double entropy = 0;
    for (double p : distribution) {
      if (p > 0) {
        entropy -= p * StrictMath.log(p);
      }
    }
    return entropy;
  }

  /** Takes the states of the closed class out one by one, from the last, and puts them back. */
  private double[] eliminate() {
    int[] states = structure.closedClasses().getFirst();
    int n = states.length;
    double[][] p = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        p[i][j] = transition[states[i]][states[j]];
      }
    }
    for (int out = n - 1; out > 0; out--) {
      double leaving = 0;
      for (int j = 0; j < out; j++) {
        leaving += p[out][j];
      }
      for (int i = 0; i < out; i++) {
        p[i][out] /= leaving;
        for (int j = 0; j < out; j++) {
          p[i][j] += p[i][out] * p[out][j];
        }
      }
    }
    double[] weight = new double[n];
    weight[0] = 1;
    double total = 1;
    for (int k = 1; k < n; k++) {
      for (int i = 0; i < k; i++) {
        weight[k] += weight[i] * p[i][k];
      }
      total += weight[k];
    }
    double[] distribution = new double[states()];
    for (int i = 0; i < n; i++) {
      distribution[states[i]] = weight[i] / total;
    }
    return distribution;
  }

  private void requireUnique() {
    if (status() != Status.OK) {
      throw new IllegalStateException(
          "no unique stationary distribution: " + status().explanation());
    }
  }
}
