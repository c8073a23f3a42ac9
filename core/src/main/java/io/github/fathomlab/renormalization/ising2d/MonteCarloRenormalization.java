package io.github.fathomlab.renormalization.ising2d;

import io.github.fathomlab.instrument.Status;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.hipparchus.linear.LUDecomposition;

/**
 * The thermal exponent of the square Ising model from the correlations between lattices and their
 * majority blocks.
 *
 * <pre>
 *   T = C(k+1, k+1)^-1 C(k+1, k),   C(k, l)_ab = &lt;S_a^(k) S_b^(l)&gt; - &lt;S_a^(k)&gt;&lt;S_b^(l)&gt;
 *   y_T = log_2 of the largest eigenvalue of T
 * </pre>
 *
 * <p>Symbols: S^(k) the sums over neighbours, next neighbours and squares ({@link
 * SquareLattice#evenSums}) of the lattice blocked k times; T [n x n] = dK^(k+1)/dK^(k) for the
 * first n of them. Exactly, y_T = 1; what is left out of the even couplings, how far K^(k) is from
 * the fixed point and the smallness of the last lattices show as deviations. Source: Swendsen,
 * Phys. Rev. Lett. 42, 859 (1979). Validity: samples at K_c; side a power of 2, at least 8;
 * lattices are blocked down to side 4. Errors: jackknife over {@value #BATCHES} batches. An
 * exponent whose T is singular or has no real positive largest eigenvalue has status {@link
 * Status#NOT_CONVERGED}. Cost: O(L²) for a sample.
 */
public final class MonteCarloRenormalization {
  /** Number of sums that are known: neighbours, next neighbours, squares. */
  public static final int SUMS = 3;

  static final int BATCHES = 64;

  private static final int SMALLEST = 4;

  private final int side;
  private final int steps;
  private final long key;
  private final BatchSums sums;
  private long added;

  /**
   * @param side L of the lattices
   * @param samples how many lattices will be added, at least {@value #BATCHES}
   * @param key of the ties, from {@link io.github.fathomlab.kernels.CounterRandom#key}
   */
  public MonteCarloRenormalization(int side, int samples, long key) {
    if (side < 2 * SMALLEST || Integer.bitCount(side) != 1) {
      throw new IllegalArgumentException(
          "blocking down to side %d needs a side that is a power of 2, at least %d, found %d"
              .formatted(SMALLEST, 2 * SMALLEST, side));
    }
    this.side = side;
    this.key = key;
    steps = Integer.numberOfTrailingZeros(side / SMALLEST);
    sums = new BatchSums(SUMS * (steps + 1) + 2 * SUMS * SUMS * steps, samples, BATCHES);
  }

  /** How often a lattice is blocked. */
  public int steps() {
    return steps;
  }

  /** Adds the next lattice of the chain. */
  public void add(SquareLattice lattice) {
    if (lattice.side() != side) {
      throw new IllegalArgumentException(
          "expected a lattice of side %d, found %d".formatted(side, lattice.side()));
    }
    double[] into = sums.next();
    SquareLattice blocked = lattice;
    double[] fine = blocked.evenSums();
    addTo(into, 0, fine);
    for (int k = 0; k < steps; k++) {
      blocked = MajorityRule.coarse(blocked, key, added * steps + k);
      double[] coarse = blocked.evenSums();
      addTo(into, SUMS * (k + 1), coarse);
      addProducts(into, within(k), coarse, coarse);
      addProducts(into, across(k), coarse, fine);
      fine = coarse;
    }
    added++;
  }

  /** Where the products S^(k+1) S^(k+1) are. */
  private int within(int k) {
    return SUMS * (steps + 1) + 2 * SUMS * SUMS * k;
  }

  /** Where the products S^(k+1) S^(k) are. */
  private int across(int k) {
    return within(k) + SUMS * SUMS;
  }

  private static void addTo(double[] into, int at, double[] values) {
    for (int a = 0; a < SUMS; a++) {
      into[at + a] += values[a];
    }
  }

  private static void addProducts(double[] into, int at, double[] rows, double[] columns) {
    for (int a = 0; a < SUMS; a++) {
      for (int b = 0; b < SUMS; b++) {
        into[at + SUMS * a + b] += rows[a] * columns[b];
      }
    }
  }

  /** Mean product of neighbours of the lattice blocked k times, k within 0..steps. */
  public BatchEstimate neighbourCorrelation(int k) {
    double bonds = 2 * Math.pow(side >> k, 2);
    return sums.estimate(means -> means[SUMS * k] / bonds, Status.NOT_FINITE);
  }

  /**
   * y_T of step k to k+1.
   *
   * @param k within 0..steps-1
   * @param operators n, the first of neighbours, next neighbours, squares
   */
  public BatchEstimate exponent(int k, int operators) {
    return sums.estimate(means -> exponent(means, k, operators), Status.NOT_CONVERGED);
  }

  private double exponent(double[] means, int k, int operators) {
    Array2DRowRealMatrix within = new Array2DRowRealMatrix(operators, operators);
    Array2DRowRealMatrix across = new Array2DRowRealMatrix(operators, operators);
    int coarse = SUMS * (k + 1);
    int fine = SUMS * k;
    for (int a = 0; a < operators; a++) {
      for (int b = 0; b < operators; b++) {
        int at = SUMS * a + b;
        within.setEntry(a, b, means[within(k) + at] - means[coarse + a] * means[coarse + b]);
        across.setEntry(a, b, means[across(k) + at] - means[coarse + a] * means[fine + b]);
      }
    }
    DecompositionSolver solver = new LUDecomposition(within).getSolver();
    if (!solver.isNonSingular()) {
      return Double.NaN;
    }
    Complex largest = Complex.ZERO;
    for (Complex value :
        new EigenDecompositionNonSymmetric(solver.solve(across)).getEigenvalues()) {
      if (value.norm() > largest.norm()) {
        largest = value;
      }
    }
    boolean real = largest.getImaginary() == 0 && largest.getReal() > 0;
    return real ? StrictMath.log(largest.getReal()) / StrictMath.log(2) : Double.NaN;
  }
}
