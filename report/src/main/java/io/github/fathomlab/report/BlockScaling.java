package io.github.fathomlab.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What networks on one block length give for u' = -ln |rho|, and the exponent over several.
 *
 * <pre>
 *    y = slope of mean ln u' against ln b,   sd(y)² = Σ (x - mean x)² se² / [Σ (x - mean x)²]²
 * </pre>
 *
 * <p>Symbols: x = ln b; se standard error over the seeds of ln u' at one block. Source: ordinary
 * least squares with propagated errors, ours. Blocks at which a seed has no u' or where the mean of
 * rho is below {@value #LEAST_SIGNAL} of its standard deviations over the seeds are left out; with
 * fewer than two others there is no exponent.
 *
 * @param window b in sites
 * @param trained rho of every trained seed
 * @param untrained the same before training
 */
record BlockScaling(double window, double[] trained, double[] untrained) {
  private static final double LEAST_SIGNAL = 3;

  BlockScaling {
    trained = trained.clone();
    untrained = untrained.clone();
  }

  /** u' of every trained seed whose correlation lies between 0 and 1. */
  double[] rates() {
    return rates(trained);
  }

  /** u' of every untrained seed. */
  double[] untrainedRates() {
    return rates(untrained);
  }

  private static double[] rates(double[] correlations) {
    return Arrays.stream(correlations)
        .map(rho -> -Math.log(Math.abs(rho)))
        .filter(rate -> rate > 0 && Double.isFinite(rate))
        .toArray();
  }

  /** Whether the correlation stands out of its scatter over the seeds. */
  private boolean clear() {
    double mean = Arrays.stream(trained).average().orElse(0);
    return trained.length > 1
        && rates().length == trained.length
        && Math.abs(mean) >= LEAST_SIGNAL * Math.sqrt(variance(trained));
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return squares / (values.length - 1);
  }

  /** "y = 0.9987 \u00b1 0.0019 (exact 1)". */
  static Optional<String> exponent(List<BlockScaling> blocks) {
    List<BlockScaling> clear = blocks.stream().filter(BlockScaling::clear).toList();
    if (clear.stream().mapToDouble(BlockScaling::window).distinct().count() < 2) {
      return Optional.empty();
    }
    double centre = clear.stream().mapToDouble(block -> Math.log(block.window)).average().orElse(0);
    double spread = 0;
    double slope = 0;
    double variance = 0;
    for (BlockScaling block : clear) {
      double x = Math.log(block.window) - centre;
      double[] logs = Arrays.stream(block.rates()).map(Math::log).toArray();
      spread += x * x;
      slope += x * Arrays.stream(logs).average().orElse(0);
      variance += x * x * variance(logs) / logs.length;
    }
    return Optional.of(
        "y = "
            + Numbers.fixed(slope / spread, 4)
            + " \u00b1 "
            + Numbers.fixed(Math.sqrt(variance) / spread, 4)
            + " (exact 1)");
  }
}
