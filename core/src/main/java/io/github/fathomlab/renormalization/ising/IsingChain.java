package io.github.fathomlab.renormalization.ising;

/**
 * The Ising chain of spins ±1 with weight exp(K Σ s s' + h Σ s): its transfer matrix and all that
 * follows from its two eigenvalues.
 *
 * <pre>
 *   T = [[e^(K+h), e^-K], [e^-K, e^(K-h)]],   λ± = e^K cosh h ± √(e^2K sinh² h + e^-2K)
 *   m = sinh h / √(sinh² h + e^-4K),          &lt;s_i s_(i+r)&gt; - m² = (1 - m²)(λ-/λ+)^r
 * </pre>
 *
 * <p>Symbols: K coupling and h field in units of the temperature; λ eigenvalues of T [2 x 2]; m
 * magnetisation per spin; r distance in sites. Source: textbook transfer matrix. Validity: 2|K| +
 * |h| at most 200, any sign; a flow that begins there stays there. Cost: O(1). Differences that
 * would cancel are formed from exponentials less one, so small couplings and long correlations keep
 * their digits.
 *
 * @param coupling K
 * @param field h
 */
public record IsingChain(double coupling, double field) {
  private static final double LARGEST = 200;

  /**
   * A chain.
   *
   * @throws IllegalArgumentException when 2|K| + |h| is above 200 or not a number
   */
  public IsingChain {
    if (!(2 * Math.abs(coupling) + Math.abs(field) <= LARGEST)) {
      throw new IllegalArgumentException(
          "an Ising chain needs 2|K| + |h| of at most %s, found K = %s and h = %s"
              .formatted(LARGEST, coupling, field));
    }
  }

  /** The chain without a field. */
  public static IsingChain withoutField(double coupling) {
    return new IsingChain(coupling, 0);
  }

  /** ln λ+, the free energy per site in units of minus the temperature. */
  public double logLargestEigenvalue() {
    return Math.abs(coupling) + StrictMath.log(scaledSum());
  }

  /** λ-/λ+, by which connected correlations fall from site to site; tanh K without a field. */
  public double eigenvalueRatio() {
    double sum = scaledSum();
    double size = -StrictMath.expm1(-4 * Math.abs(coupling)) / (sum * sum);
    return coupling < 0 ? -size : size;
  }

  /** u = -ln |λ-/λ+|, one over the correlation length in sites; infinite without a coupling. */
  public double inverseCorrelationLength() {
    double ratio = Math.abs(eigenvalueRatio());
    return ratio < 0.5 ? -StrictMath.log(ratio) : -StrictMath.log1p(-gap());
  }

  /** λ+ e^-|K|. */
  private double scaledSum() {
    return scaledMean() + scaledRoot();
  }

  private double scaledMean() {
    return StrictMath.exp(coupling - Math.abs(coupling)) * StrictMath.cosh(field);
  }

  private double scaledRoot() {
    double sinh = StrictMath.exp(coupling - Math.abs(coupling)) * StrictMath.sinh(field);
    double off = StrictMath.exp(-coupling - Math.abs(coupling));
    return StrictMath.hypot(sinh, off);
  }

  /** 1 - |λ-/λ+| without cancellation. */
  private double gap() {
    return 2 * (coupling < 0 ? scaledMean() : scaledRoot()) / scaledSum();
  }

  /** m, the mean of a spin of the infinite chain. */
  public double magnetisation() {
    return StrictMath.sinh(field)
        / StrictMath.hypot(StrictMath.sinh(field), StrictMath.exp(-2 * coupling));
  }

  /** 1 - m², the variance of a spin. */
  public double variance() {
    double off = StrictMath.exp(-2 * coupling);
    double cosine = off / StrictMath.hypot(StrictMath.sinh(field), off);
    return cosine * cosine;
  }

  /** &lt;s_i s_(i+r)&gt; - m² in the infinite chain, for a distance of at least 0 sites. */
  public double connectedCorrelation(int distance) {
    return variance() * StrictMath.pow(eigenvalueRatio(), distance);
  }

  /** &lt;s_i s_(i+r)&gt; in the infinite chain; without a field also in any open piece. */
  public double correlation(int distance) {
    double mean = magnetisation();
    return mean * mean + connectedCorrelation(distance);
  }

  /**
   * &lt;s_i s_(i+r)&gt; = [m²(1 + ρ^N) + (1 - m²)(ρ^r + ρ^(N-r))] / (1 + ρ^N) on a ring of N sites
   * with ρ = λ-/λ+.
   *
   * @throws IllegalArgumentException when the distance is not within 0..sites
   */
  public double ringCorrelation(int sites, int distance) {
    if (distance < 0 || distance > sites) {
      throw new IllegalArgumentException(
          "a ring of %d sites has distances 0..%d, found %d".formatted(sites, sites, distance));
    }
    double ratio = eigenvalueRatio();
    double mean = magnetisation();
    double both = StrictMath.pow(ratio, distance) + StrictMath.pow(ratio, sites - distance);
    return mean * mean + variance() * both / (1 + StrictMath.pow(ratio, sites));
  }

  /** m (1 - ρ^N) / (1 + ρ^N), the mean of a spin on a ring of N sites. */
  public double ringMagnetisation(int sites) {
    double power = StrictMath.pow(eigenvalueRatio(), sites);
    return magnetisation() * (1 - power) / (1 + power);
  }

  /** P(next spin is equal | this spin) = e^(K ± h) / λ+ in the infinite chain. */
  public double keepProbability(boolean up) {
    return StrictMath.exp(coupling + (up ? field : -field) - logLargestEigenvalue());
  }
}
