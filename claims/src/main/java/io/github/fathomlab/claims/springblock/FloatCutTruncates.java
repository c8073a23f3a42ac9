package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The published float32 evaluation of log D drops directions between the classes where noise is
 * strong and the network linear.
 *
 * <p>Criterion: at the end of the trainings of slope 1 at the most noise, the float32 cut of the
 * published code loses a direction in at least one representation of some replica. Null: the same
 * trainings evaluated in float64 in the subspace of the class means, which keep all directions.
 */
public record FloatCutTruncates() implements Claim {
  private static final String COMPATIBLE = "separation.log_compatible";
  private static final String EXACT = "separation.log";
  private static final String SLOPE = "axis.network.activation.slope";
  private static final String DROPOUT = "axis.network.dropout";
  private static final String CASE = "axis.case";

  @Override
  public String id() {
    return "spring-block/float-cut-truncates";
  }

  @Override
  public String statement() {
    return "Evaluated in float32 as published, log D loses directions between the classes of linear networks under strong dropout.";
  }

  @Override
  public String source() {
    return "the cut is that of torch.linalg.pinv in the code published with arXiv:2407.19353; that it truncates is Fathom's observation";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return readings.of(CASE).isEmpty()
        && !truncated(readings, COMPATIBLE).isEmpty()
        && !truncated(readings, EXACT).isEmpty();
  }

  /**
   * Per replica of the noisiest linear networks that came to its end, the representations without
   * all directions.
   */
  private static List<Long> truncated(Readings readings, String quantity) {
    double noise =
        readings.of(DROPOUT).stream().mapToDouble(Reading::value).max().orElse(Double.NaN);
    List<Integer> noisiest =
        readings.of(DROPOUT).stream()
            .filter(reading -> reading.value() == noise)
            .map(Reading::replica)
            .toList();
    Map<Integer, List<Reading>> trained =
        readings.of(quantity).stream()
            .filter(reading -> reading.step() > 0)
            .collect(Collectors.groupingBy(Reading::replica));
    return readings.of(SLOPE).stream()
        .filter(reading -> reading.value() == 1 && noisiest.contains(reading.replica()))
        .filter(reading -> trained.containsKey(reading.replica()))
        .map(reading -> lost(trained.getOrDefault(reading.replica(), List.of())))
        .toList();
  }

  /** Of the curve at the last step. */
  private static long lost(List<Reading> measured) {
    long end = measured.stream().mapToLong(Reading::step).max().orElse(0);
    return measured.stream()
        .filter(reading -> reading.step() == end && reading.status() == Status.RANK_DEFICIENT)
        .count();
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Long> cut = truncated(readings, COMPATIBLE);
    List<Long> exact = truncated(readings, EXACT);
    long hit = cut.stream().filter(lost -> lost > 0).count();
    long falsely = exact.stream().filter(lost -> lost > 0).count();
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("trainings", (long) cut.size());
    evidence.put("truncated_in_float32", hit);
    evidence.put("truncated_in_float64", falsely);
    String numbers =
        "of %d linear networks under the strongest dropout %d lose a direction in float32 as published and %d in float64"
            .formatted(cut.size(), hit, falsely);
    return Verdict.ofHolding(
        this,
        hit == 0 ? "Nothing is lost: " + numbers + "." : null,
        falsely > 0 ? "Not the cut alone: " + numbers + "." : null,
        () -> "The cut loses directions: " + numbers + ".",
        evidence);
  }
}
