package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.springblock.CurvePhase;
import io.github.fathomlab.springblock.LoadCurve;
import io.github.fathomlab.springblock.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A nonlinear network trained with little noise separates its data mostly in the deep layers: the
 * load curve is concave.
 *
 * <p>Criterion: at the last step the phase over replicas (see {@link CurvePhase}) of D = log Tr(Σ_W
 * Σ_B⁺) without the logits is CONCAVE. Convex or linear fails it. Null: the same curve of the
 * untrained networks at step 0. The claim is about what training does: where the untrained curve is
 * convex, linear or no load curve at all, concave holds; where it is concave or undecided, or was
 * not measured, the interval of the trained tilt has to lie above that of the untrained one,
 * otherwise the claim is undecided. Replicas without a whole curve at a step do not count there.
 * The trace ratio is shown beside it: the two measures need not agree.
 */
public final class LowNoiseConcave implements Claim {
  private static final String MEASURE = "separation.log";
  private static final String OTHER_MEASURE = "separation.trace_ratio";

  @Override
  public String id() {
    return "spring-block/low-noise-concave";
  }

  @Override
  public String statement() {
    return "At low noise the deep layers of a nonlinear network carry more of the load than the shallow ones: the load curve is concave.";
  }

  @Override
  public String source() {
    return "arXiv:2407.19353 (abstract and public phase diagram; the phase is read by eye there); the criterion with its interval is Fathom's";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of(MEASURE).isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Reading> measured = readings.of(MEASURE);
    long last = measured.stream().mapToLong(Reading::step).max().orElse(0);
    CurvePhase trained = phaseAt(measured, last);
    CurvePhase untrained = phaseAt(measured, 0);
    CurvePhase other = phaseAt(readings.of(OTHER_MEASURE), last);
    Outcome outcome = decide(trained, untrained, last);
    Map<String, Object> evidence = new LinkedHashMap<>();
    put(evidence, "tilt", trained.tilt());
    put(evidence, "tilt_null", untrained.tilt());
    put(evidence, "tilt_low", trained.tiltLow());
    put(evidence, "tilt_high", trained.tiltHigh());
    put(evidence, "relative_tilt", trained.relativeTilt());
    put(evidence, "relative_tilt_null", untrained.relativeTilt());
    evidence.put("phase", word(trained.phase()));
    evidence.put("phase_null", word(untrained.phase()));
    evidence.put("phase_by_trace_ratio", word(other.phase()));
    put(evidence, "tilt_by_trace_ratio", other.tilt());
    evidence.put("replicas", (long) trained.replicas());
    evidence.put("step", last);
    return new Verdict(
        id(), outcome, sentence(outcome, trained, untrained), Outcome.HOLDS, evidence, source());
  }

  private static Outcome decide(CurvePhase trained, CurvePhase untrained, long last) {
    if (last == 0) {
      return Outcome.UNDECIDED;
    }
    return switch (trained.phase()) {
      case CONCAVE ->
          switch (untrained.phase()) {
            case CONVEX, LINEAR, UNDEFINED -> Outcome.HOLDS;
            case CONCAVE, UNDECIDED ->
                trained.tiltLow() > untrained.tiltHigh() ? Outcome.HOLDS : Outcome.UNDECIDED;
          };
      case CONVEX, LINEAR -> Outcome.FAILS;
      case UNDECIDED, UNDEFINED -> Outcome.UNDECIDED;
    };
  }

  private static String sentence(Outcome outcome, CurvePhase trained, CurvePhase untrained) {
    String start =
        switch (outcome) {
          case HOLDS -> "The load curve is concave, deep layers do more: ";
          case FAILS -> "The load curve is " + word(trained.phase()) + ", not concave: ";
          case UNDECIDED -> "The shape of the load curve is not decided: ";
        };
    return start + trained.reason() + ". Untrained networks: " + untrained.reason() + ".";
  }

  private static String word(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  private static void put(Map<String, Object> evidence, String key, double value) {
    if (Double.isFinite(value)) {
      evidence.put(key, value);
    }
  }

  /** The phase over the replicas whose whole curve was measured at one step. */
  private static CurvePhase phaseAt(List<Reading> measured, long step) {
    return CurvePhase.of(
        LoadCurve.at(measured, step).stream().map(curve -> curve.statistics(true)).toList());
  }
}
