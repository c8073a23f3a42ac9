package io.github.fathomlab.bulkboundary.field;

/**
 * With which power of 1/M distances fall.
 *
 * <p>Formula: {@code p = ⟨ln(d_M / d_rM)⟩ / ln r}, the mean over draws of the initial field, with
 * its standard error. Source: Fathom's operational test. Cost: O(draws).
 *
 * @param order p
 * @param standardError NaN for fewer than two draws
 */
public record CollapseOrder(double order, double standardError) {

  /**
   * The order from two depths.
   *
   * @param coarse distances of the draws at M
   * @param fine distances of the same draws at rM
   * @param ratio r
   */
  public static CollapseOrder of(double[] coarse, double[] fine, double ratio) {
    if (coarse.length == 0 || coarse.length != fine.length || !(ratio > 1)) {
      throw new IllegalArgumentException(
          "an order needs the same draws at two depths of a ratio above 1, found %d and %d draws, ratio %s"
              .formatted(coarse.length, fine.length, ratio));
    }
    int draws = coarse.length;
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < draws; k++) {
      double order = StrictMath.log(coarse[k] / fine[k]) / StrictMath.log(ratio);
      sum += order;
      squares += order * order;
    }
    double mean = sum / draws;
    double variance = Math.max(0, squares / draws - mean * mean) / (draws - 1);
    return new CollapseOrder(mean, draws < 2 ? Double.NaN : Math.sqrt(variance));
  }
}
