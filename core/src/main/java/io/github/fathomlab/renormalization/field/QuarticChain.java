package io.github.fathomlab.renormalization.field;

import io.github.fathomlab.kernels.Lapack;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The φ⁴ chain, solved by its transfer operator on a grid.
 *
 * <pre>
 *   p(x) ∝ exp(-Σ V(x_i) + J Σ x_i x_(i+1)),   V(x) = θ₂ x² + θ₄ x⁴
 *   T(x, y) = exp(-(V(x) + V(y))/2 + J x y) dx,   T ψ_n = Λ_n ψ_n,   λ_n = Λ_n/Λ₀
 *   Cov(f(x_0), f(x_m)) = Σ_(n≥1) λ_n^m (∫ ψ₀ f ψ_n)²,   decimation by b:  λ_n → λ_n^b
 * </pre>
 *
 * <p>Symbols: J coupling of neighbours, dx spacing of the grid, ψ₀² the law of one site. Source:
 * the transfer operator of a chain with neighbour coupling. Validity: θ₄ above 0, or θ₄ = 0 and θ₂
 * above |J| (then a {@link GaussianChain}); a grid whose ends are never visited and that resolves a
 * well. Cost: one symmetric eigenproblem of the size of the grid, some 10 ms for 361 points.
 */
public final class QuarticChain {
  private static final int POINTS = 361;
  private static final int[][] BINOMIAL = {
    {1}, {1, 1}, {1, 2, 1}, {1, 3, 3, 1}, {1, 4, 6, 4, 1},
  };

  private final double[] grid;
  private final double[] weights; // [points x points], T divided by Λ₀
  private final double logLargest;
  private final double[] ratios;
  private final double[][] functions; // [functions x points]

  /**
   * The chain on a given grid.
   *
   * @param site θ₂ and θ₄
   * @param coupling J
   * @param halfWidth the grid ends at plus and minus this
   * @param points of the grid, odd to have one at 0
   */
  public QuarticChain(EvenFamily site, double coupling, double halfWidth, int points) {
    EvenFamily neighbours = aligned(site, coupling);
    if (points < 3 || !(halfWidth > 0) || Double.isInfinite(halfWidth)) {
      throw new IllegalArgumentException(
          "a grid needs 3 or more points and a finite half width above 0, found %d and %s"
              .formatted(points, halfWidth));
    }
    double step = 2 * halfWidth / (points - 1);
    grid = new double[points];
    Arrays.setAll(grid, i -> (i - (points - 1) / 2.0) * step);
    // No exponent is above that of two equal neighbours in their well: scaled by it, none
    // overflows.
    double scale = Arrays.stream(grid).map(neighbours::energy).min().orElseThrow();
    weights = operator(grid, site, coupling, scale);
    Lapack.Eigen eigen = Lapack.eigen(weights, points);
    int[] order = byMagnitude(eigen.values());
    double largest = eigen.values()[order[0]];
    logLargest = StrictMath.log(largest) - scale;
    ratios = new double[points];
    functions = new double[points][];
    for (int n = 0; n < points; n++) {
      ratios[n] = eigen.values()[order[n]] / largest;
      functions[n] =
          Arrays.copyOfRange(eigen.vectors(), order[n] * points, (order[n] + 1) * points);
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= largest;
    }
    functions[0] = polished(functions[0]);
  }

  /** The chain on 361 points over the sites whose energy beside equal neighbours is below 80. */
  public static QuarticChain of(EvenFamily site, double coupling) {
    return new QuarticChain(site, coupling, aligned(site, coupling).reach(), POINTS);
  }

  /** The energy of a site whose neighbours have the same size and the sign they like best. */
  private static EvenFamily aligned(EvenFamily site, double coupling) {
    double theta2 = site.theta2() - Math.abs(coupling);
    if (!Double.isFinite(theta2) || (site.theta4() == 0 && theta2 <= 0)) {
      throw new IllegalArgumentException(
          "a chain without quartic term needs theta2 > |J|, found %s and J = %s"
              .formatted(site.theta2(), coupling));
    }
    return new EvenFamily(theta2, site.theta4());
  }

  /** T exp(scale). */
  private static double[] operator(double[] grid, EvenFamily site, double coupling, double scale) {
    int points = grid.length;
    double step = grid[1] - grid[0];
    double[] operator = new double[points * points];
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < points; j++) {
        double energies = (site.energy(grid[i]) + site.energy(grid[j])) / 2;
        operator[i * points + j] = step * Math.exp(scale - energies + coupling * grid[i] * grid[j]);
      }
    }
    return operator;
  }

  private static int[] byMagnitude(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Double.compare(Math.abs(values[b]), Math.abs(values[a])))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * ψ₀ made positive. An eigenvector is exact to rounding of its largest entry only; one product
   * with the positive T gives the small entries digits of their own.
   */
  private double[] polished(double[] vector) {
    int points = grid.length;
    double[] image = new double[points];
    double squares = 0;
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < points; j++) {
        image[i] += weights[i * points + j] * Math.abs(vector[j]);
      }
      squares += image[i] * image[i];
    }
    double norm = Math.sqrt(squares);
    for (int i = 0; i < points; i++) {
      image[i] /= norm;
    }
    return image;
  }

  /** Λ₀. */
  public double largest() {
    return StrictMath.exp(logLargest);
  }

  /** λ_n, which is 1 for n = 0; alternating in sign for J below 0. */
  public double ratio(int n) {
    return ratios[n];
  }

  /** λ_n^b, what λ_n becomes when every b-th site is kept. */
  public double decimated(int n, int factor) {
    return StrictMath.pow(ratios[n], factor);
  }

  /** The points on which functions are given. */
  public double[] grid() {
    return grid.clone();
  }

  /** ψ_n on the grid, of unit length as a vector; ψ₀ is positive, other signs mean nothing. */
  public double[] eigenfunction(int n) {
    return functions[n].clone();
  }

  /** E f(x) of one site. */
  public double mean(DoubleUnaryOperator f) {
    return amplitude(f, 0);
  }

  /** ∫ ψ₀ f ψ_n, the share of f in sector n. */
  public double amplitude(DoubleUnaryOperator f, int n) {
    double sum = 0;
    for (int i = 0; i < grid.length; i++) {
      sum += functions[0][i] * f.applyAsDouble(grid[i]) * functions[n][i];
    }
    return sum;
  }

  /** Cov(f(x_0), f(x_lag)). */
  public double covariance(DoubleUnaryOperator f, int lag) {
    double sum = 0;
    for (int n = 1; n < grid.length; n++) {
      double amplitude = amplitude(f, n);
      sum += decimated(n, Math.abs(lag)) * amplitude * amplitude;
    }
    return sum;
  }

  /** κ of one site. */
  public double excessKurtosis() {
    double m2 = mean(x -> x * x);
    return mean(x -> x * x * x * x) / (m2 * m2) - 3;
  }

  /**
   * E S^k for k = 0..4 of a weighted sum of a window, S = Σ w_i x_i, exactly: the law of the sites
   * so far is carried from site to site together with its first four moments in S. O(sites
   * points²).
   *
   * @param weights w_i, one for a site
   */
  public double[] momentsOfSum(double[] weights) {
    int points = grid.length;
    double[][] carried = new double[5][points]; // E[S^k; x = grid point] over ψ₀
    carried[0] = functions[0].clone();
    for (int i = 0; i < weights.length; i++) {
      double[][] arrived = i == 0 ? carried : stepped(carried);
      carried = new double[5][points];
      for (int p = 0; p < points; p++) {
        double own = weights[i] * grid[p];
        for (int k = 0; k < carried.length; k++) {
          double power = 1;
          for (int l = k; l >= 0; l--) {
            carried[k][p] += BINOMIAL[k][l] * power * arrived[l][p];
            power *= own;
          }
        }
      }
    }
    double[] moments = new double[5];
    for (int k = 0; k < moments.length; k++) {
      for (int p = 0; p < points; p++) {
        moments[k] += carried[k][p] * functions[0][p];
      }
    }
    return moments;
  }

  private double[][] stepped(double[][] carried) {
    int points = grid.length;
    double[][] next = new double[carried.length][points];
    for (int k = 0; k < carried.length; k++) {
      for (int y = 0; y < points; y++) {
        double sum = 0;
        for (int x = 0; x < points; x++) {
          sum += this.weights[y * points + x] * carried[k][x];
        }
        next[k][y] = sum;
      }
    }
    return next;
  }

  /** Draws chains from this law. */
  public QuarticSampler sampler() {
    return new QuarticSampler(grid, weights, functions[0]);
  }
}
