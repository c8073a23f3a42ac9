package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.renormalization.block.SeedVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reconstruction by a trained generative machine is decimation: documented to fail.
 *
 * <p>Criterion, on the readings of {@link RbmFlowStudy}: the coupling after {@value
 * RbmFlowStudy#LAST} reconstructions, from below and from above the coupling K of the training, is
 * judged over seeds against K* = 0, the stable fixed point of decimation, within {@value
 * #TOLERANCE}; the gate is a divergence from the windows' law below {@value #DIVERGENCE} nats. The
 * same numbers are judged against K itself and shown beside it. Null: the machines before training
 * must lose the coupling, |K| below {@value #TOLERANCE} (root mean square), or the reading could
 * not have seen a flow to 0. Since the null hits 0 as well, a trained machine that hit it would
 * decide nothing: the claim can fail, it cannot hold.
 */
public final class RbmFlow implements Claim {
  static final double TOLERANCE = 0.05;
  static final double DIVERGENCE = 0.01;

  private static final List<String> STARTS = List.of("below", "above");
  private static final SeedVerdict.Criterion CRITERION =
      new SeedVerdict.Criterion(TOLERANCE, DIVERGENCE, true, STARTS.size());

  @Override
  public String id() {
    return "renormalization/rbm-flow-is-decimation";
  }

  @Override
  public String statement() {
    return "Repeated reconstruction by a restricted Boltzmann machine trained on an Ising chain is a renormalization: the"
        + " coupling flows to the stable fixed point K* = 0 of decimation.";
  }

  @Override
  public String source() {
    return "the slogan that training equals renormalization (arXiv:2212.00005 states it for fully connected networks and"
        + " does not speak of this machine), put to the reconstruction flow of Iso, Shiba and Yokoo, arXiv:1801.07172, who"
        + " found it to run against the renormalization of the two-dimensional model; the test in one dimension is Fathom's";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("rbm.below").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    double[] divergence = values(readings, "rbm.divergence", 0);
    List<SeedVerdict> decimation = new ArrayList<>();
    List<SeedVerdict> training = new ArrayList<>();
    double lost = 0;
    for (String start : STARTS) {
      double[] trained = values(readings, "rbm." + start, RbmFlowStudy.LAST);
      double[] untrained = values(readings, "rbm.untrained_" + start, RbmFlowStudy.LAST);
      if (trained.length < 2
          || untrained.length != trained.length
          || divergence.length != trained.length) {
        return verdict(
            Outcome.UNDECIDED,
            "The flow cannot be judged: at least 2 seeds with rbm."
                + start
                + ", rbm.untrained_"
                + start
                + " and rbm.divergence are needed.",
            evidence);
      }
      decimation.add(cell(evidence, start, "0", 0, trained, untrained, divergence));
      training.add(
          cell(evidence, start, "K", RbmFlowStudy.TRAINED, trained, untrained, divergence));
      lost = Math.max(lost, decimation.getLast().nullRms());
    }
    beside(readings, evidence);
    evidence.put("largest_untrained_coupling", lost);
    return verdict(decimation, training, lost, evidence);
  }

  private static SeedVerdict cell(
      Map<String, Object> evidence,
      String start,
      String name,
      double prediction,
      double[] trained,
      double[] untrained,
      double[] divergence) {
    SeedVerdict verdict =
        SeedVerdict.of(
            CRITERION,
            SeedEvidence.from(prediction, trained),
            SeedEvidence.from(prediction, untrained),
            divergence);
    SeedEvidence.put(evidence, "from " + start + ", to " + name, prediction, CRITERION, verdict);
    return verdict;
  }

  /** What is shown and not judged: the flow from K, drawn and along the fields. */
  private static void beside(Readings readings, Map<String, Object> evidence) {
    for (String quantity : List.of("at", "signs")) {
      double[] values = values(readings, "rbm." + quantity, RbmFlowStudy.LAST);
      if (values.length > 0) {
        evidence.put("mean_" + quantity, Arrays.stream(values).sum() / values.length);
      }
    }
  }

  private Verdict verdict(
      List<SeedVerdict> decimation,
      List<SeedVerdict> training,
      double lost,
      Map<String, Object> evidence) {
    double worst = decimation.getFirst().worstExcess();
    double below = RbmFlowStudy.TRAINED + training.getFirst().meanDeviation();
    double above = RbmFlowStudy.TRAINED + training.getLast().meanDeviation();
    if (has(decimation, SeedVerdict.Word.NOT_CONVERGED)) {
      return verdict(
          Outcome.UNDECIDED,
          format(
              "The flow cannot be judged: a machine is %.4f nats from the law of its windows, at most %.2f is asked.",
              worst, DIVERGENCE),
          evidence);
    }
    if (!(lost < TOLERANCE)) {
      return verdict(
          Outcome.UNDECIDED,
          format(
              "The flow cannot be judged: untrained machines keep a coupling of %.3f, so the reading cannot see 0.",
              lost),
          evidence);
    }
    if (has(decimation, SeedVerdict.Word.FAIL)) {
      boolean kept = training.stream().allMatch(v -> v.word() == SeedVerdict.Word.PASS);
      return verdict(
          Outcome.FAILS,
          format(
              "Reconstruction takes the coupling to %.3f from below and %.3f from above, not to 0; %s the coupling of the"
                  + " training, %.1f (untrained machines: %.3f).",
              below, above, kept ? "this is" : "nor is this", RbmFlowStudy.TRAINED, lost),
          evidence);
    }
    return verdict(
        Outcome.UNDECIDED,
        format(
            "Reconstruction takes the coupling to %.3f from below and %.3f from above, the fixed point 0 of decimation, but"
                + " so do untrained machines.",
            below, above),
        evidence);
  }

  private static boolean has(List<SeedVerdict> verdicts, SeedVerdict.Word word) {
    return verdicts.stream().anyMatch(verdict -> verdict.word() == word);
  }

  private Verdict verdict(Outcome outcome, String sentence, Map<String, Object> evidence) {
    return new Verdict(id(), outcome, sentence, Outcome.FAILS, evidence, source());
  }

  /** The usable numbers of all seeds at one step. */
  private static double[] values(Readings readings, String quantity, long step) {
    return readings.of(quantity).stream()
        .filter(reading -> reading.step() == step && reading.status() == Status.OK)
        .mapToDouble(Reading::value)
        .toArray();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
