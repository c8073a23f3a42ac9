package io.github.fathomlab.renormalization.field;

import io.github.fathomlab.kernels.Lapack;

/**
 * The principal modes of a window of the Gaussian chain, which a linear autoencoder keeps from the
 * lowest momentum up.
 *
 * <pre>
 *   φ^|i-j| u_k = λ_k u_k,   λ_k = (1 - φ²)/(1 - 2φ cos θ_k + φ²)
 *   u_k(j) ∝ cos or sin of θ_k (j - (W+1)/2),  cos or sin of θ_k (W+1)/2 = φ times that of θ_k (W-1)/2
 *   least loss = Σ_(k>M) λ_k / W,   R² = Σ_(k≤M) λ_k u_k(W)²,   K_M = atanh(φ R²)
 * </pre>
 *
 * <p>Symbols: W sites of unit variance, M kept modes, k = 1..W from the lowest momentum up (cos for
 * odd k, sin for even), θ_k between (k-1)π/(W+1) and kπ/(W+1), R² share of an edge site that the
 * kept modes explain (the same on both sides), K_M coupling of the features of neighbouring
 * windows. Source: Kac, Murdock and Szegő 1953; the optimum of a linear autoencoder by Baldi and
 * Hornik 1989; K_M is Fathom's. Validity: 0 &lt; φ &lt; 1; without correlation no mode leads. Cost:
 * O(W) roots to full precision and O(W²) for the vectors.
 */
public final class ShellModes {
  private final double phi;
  private final double[] momenta;
  private final double[] values;
  private final double[][] vectors;

  /**
   * The modes of a window.
   *
   * @param phi φ
   * @param sites W
   */
  public ShellModes(double phi, int sites) {
    if (!(phi > 0 && phi < 1)) {
      throw new IllegalArgumentException(
          "the modes of a window are ordered by momentum for phi between 0 and 1, both excluded,"
              + " found "
              + phi);
    }
    if (sites < 1) {
      throw new IllegalArgumentException("a window needs at least 1 site, found " + sites);
    }
    this.phi = phi;
    momenta = new double[sites];
    values = new double[sites];
    vectors = new double[sites][]; // [modes x sites]
    for (int k = 0; k < sites; k++) {
      momenta[k] = momentum(k, sites);
      double half = Math.sin(momenta[k] / 2);
      values[k] = (1 - phi) * (1 + phi) / ((1 - phi) * (1 - phi) + 4 * phi * half * half);
      vectors[k] = wave(momenta[k], k % 2 == 0, sites);
    }
  }

  private double momentum(int k, int sites) {
    boolean even = k % 2 == 0;
    double low = k * Math.PI / (sites + 1);
    double high = (k + 1) * Math.PI / (sites + 1);
    boolean rising = edge(high, even, sites) > 0;
    while (true) {
      double middle = (low + high) / 2;
      if (middle <= low || middle >= high) {
        return middle;
      }
      if (edge(middle, even, sites) > 0 == rising) {
        high = middle;
      } else {
        low = middle;
      }
    }
  }

  /** u(W+1) - φ u(W), which is zero for a mode. */
  private double edge(double momentum, boolean even, int sites) {
    double outside = momentum * (sites + 1) / 2;
    double inside = momentum * (sites - 1) / 2;
    return even
        ? Math.cos(outside) - phi * Math.cos(inside)
        : Math.sin(outside) - phi * Math.sin(inside);
  }

  private static double[] wave(double momentum, boolean even, int sites) {
    double[] wave = new double[sites];
    double squares = 0;
    for (int j = 0; j < sites; j++) {
      double angle = momentum * (j - (sites - 1) / 2.0);
      wave[j] = even ? Math.cos(angle) : Math.sin(angle);
      squares += wave[j] * wave[j];
    }
    double norm = Math.sqrt(squares);
    for (int j = 0; j < sites; j++) {
      wave[j] /= norm;
    }
    return wave;
  }

  /** W. */
  public int sites() {
    return values.length;
  }

  /** θ_k, rising. */
  public double[] momenta() {
    return momenta.clone();
  }

  /** λ_k, falling. */
  public double[] values() {
    return values.clone();
  }

  /** u_k of unit length; k = 0 is the lowest momentum. */
  public double[] vector(int k) {
    return vectors[k].clone();
  }

  /** Mean squared error per site of the best linear bottleneck of M units. */
  public double minimalLoss(int kept) {
    require(kept);
    double lost = 0;
    for (int k = kept; k < values.length; k++) {
      lost += values[k];
    }
    return lost / values.length;
  }

  /** R², the share of the variance of an edge site in the kept modes. */
  public double edgeShare(int kept) {
    require(kept);
    double share = 0;
    for (int k = 0; k < kept; k++) {
      double end = vectors[k][values.length - 1];
      share += values[k] * end * end;
    }
    return share;
  }

  /** φ R², the first canonical correlation of the kept modes of neighbouring windows. */
  public double correlation(int kept) {
    return phi * edgeShare(kept);
  }

  /** K_M. */
  public double coupling(int kept) {
    double rho = correlation(kept);
    return (StrictMath.log1p(rho) - StrictMath.log1p(-rho)) / 2;
  }

  /**
   * The share of the kept modes that a measured subspace holds, |P_netᵀ P_RG|²/M: 1 when they are
   * the same, M/W for a random one. Directions that the rows do not have count as missed.
   *
   * @param basis M rows of W numbers, such as the weights of a bottleneck; any basis of the
   *     subspace
   */
  public double overlap(double[][] basis) {
    int kept = basis.length;
    require(kept);
    int sites = values.length;
    double[] rows = new double[kept * sites];
    for (int i = 0; i < kept; i++) {
      if (basis[i].length != sites) {
        throw new IllegalArgumentException(
            "expected rows of %d numbers, one for a site, found %d in row %d"
                .formatted(sites, basis[i].length, i));
      }
      System.arraycopy(basis[i], 0, rows, i * sites, sites);
    }
    Lapack.Svd svd = Lapack.thinSvd(rows, kept, sites);
    double least = sites * Math.ulp(1.0) * svd.values()[0];
    double overlap = 0;
    for (int i = 0; i < kept && svd.values()[i] > least; i++) {
      for (int k = 0; k < kept; k++) {
        double product = 0;
        for (int j = 0; j < sites; j++) {
          product += svd.right()[i * sites + j] * vectors[k][j];
        }
        overlap += product * product;
      }
    }
    return overlap / kept;
  }

  private void require(int kept) {
    if (kept < 1 || kept > values.length) {
      throw new IllegalArgumentException(
          "expected 1 to %d kept modes, found %d".formatted(values.length, kept));
    }
  }
}
