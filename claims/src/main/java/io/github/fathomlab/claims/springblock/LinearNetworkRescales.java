package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The load that the trace ratio shows in a linear network is rescaling alone.
 *
 * <p>Criterion: at every moment of the training of networks with full-rank affine layers and
 * activations of slope 1, the affine-invariant separation log Tr(Sigma_B Sigma_W^+) of all
 * representations but the logits lies within 2e-3. It applies in float64, where the scatter
 * matrices keep their rank. Null: the trace ratio of the same representations, which has to move by
 * more than 0.1, or there would be nothing to explain.
 */
public record LinearNetworkRescales() implements Claim {
  private static final String INVARIANT = "separation.invariant";
  private static final String TRACE_RATIO = "separation.trace_ratio";
  private static final double CONSTANT = 2e-3;
  private static final double MOVES = 0.1;

  @Override
  public String id() {
    return "spring-block/linear-network-rescales";
  }

  @Override
  public String statement() {
    return "The layers of a linear network only rescale: the affine-invariant separation is the same in all of them while the trace ratio falls.";
  }

  @Override
  public String source() {
    return "Fathom's derivation (a layer is an invertible affine map), on the network of arXiv:2407.19353";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of(INVARIANT).isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    double spread = spread(readings.of(INVARIANT));
    double moved = spread(readings.of(TRACE_RATIO));
    long unusable =
        hidden(readings.of(INVARIANT)).filter(reading -> reading.status() != Status.OK).count();
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("invariant_spread", spread);
    evidence.put("trace_ratio_spread", moved);
    evidence.put("rank_deficient", unusable);
    String numbers =
        "over the layers the invariant separation varies by at most %.2g, the trace ratio by %.2g"
            .formatted(spread, moved);
    return Verdict.ofHolding(
        this,
        spread > CONSTANT ? "The layers do not only rescale: " + numbers + "." : null,
        doubt(unusable, moved, numbers),
        () -> "The layers only rescale: " + numbers + ".",
        evidence);
  }

  private static @Nullable String doubt(long unusable, double moved, String numbers) {
    if (unusable > 0) {
      return unusable + " representations have lost a direction, so " + numbers + ".";
    }
    return moved > MOVES ? null : "There is nothing to explain: " + numbers + ".";
  }

  /** All representations but the logits. */
  private static Stream<Reading> hidden(List<Reading> readings) {
    int logits = readings.stream().mapToInt(Reading::layer).max().orElse(0);
    return readings.stream().filter(reading -> reading.layer() < logits);
  }

  /** The largest range over layers, the logits apart, of any replica at any step. */
  private static double spread(List<Reading> readings) {
    Map<String, double[]> ranges = new LinkedHashMap<>();
    for (Reading reading : hidden(readings).toList()) {
      if (Double.isFinite(reading.value())) {
        double[] range =
            ranges.computeIfAbsent(
                reading.replica() + "," + reading.step(),
                _ -> new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
        range[0] = Math.min(range[0], reading.value());
        range[1] = Math.max(range[1], reading.value());
      }
    }
    return ranges.values().stream().mapToDouble(range -> range[1] - range[0]).max().orElse(0);
  }
}
