package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.springblock.LoadCurve;
import io.github.fathomlab.springblock.PhaseDiagram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The same network gives the same load curves here as in the published code.
 *
 * <p>Criterion, for every cell of {@link PublishedCode} that the sweep has: the mean trace ratio of
 * each representation differs by less than 0.1 plus three standard errors of the difference, the
 * mean accuracy by less than {@link PublishedCode#accuracyTolerance}, and the sign of the tilt is
 * the same. Null: the table of another cell; it must not match. Applies to sweeps on the same
 * inputs only, known by their separation.
 */
public record MatchesPublishedCode(Outcome documented) implements Claim {
  private static final LoadMeasure MEASURE = LoadMeasure.TRACE_RATIO;
  private static final double SAME_INPUTS = 0.03;
  private static final double TOLERANCE = 0.1;
  private static final double ERRORS = 3;
  private static final int FEWEST_SEEDS = 3;

  @Override
  public String id() {
    return "spring-block/matches-published-code";
  }

  @Override
  public String statement() {
    return "Load curves and accuracies of the published network are those that the published code gives.";
  }

  @Override
  public String source() {
    return "the code published with arXiv:2407.19353, run unmodified on six cells with three seeds; the bounds are Fathom's";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !pairs(readings).isEmpty();
  }

  private static List<Pair> pairs(Readings readings) {
    Optional<PhaseDiagram> diagram =
        MEASURE.diagram(readings).filter(d -> d.noise().key().equals("network.dropout"));
    List<Pair> pairs = new ArrayList<>();
    for (PhaseDiagram.Cell cell : diagram.map(PhaseDiagram::cells).orElse(List.of())) {
      for (PublishedCode published : PublishedCode.CELLS) {
        Pair pair = new Pair(cell, published);
        if (cell.slope() == published.slope()
            && cell.noise() == published.dropout()
            && pair.comparable()) {
          pairs.add(pair);
        }
      }
    }
    return pairs;
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Pair> pairs = pairs(readings);
    long curves = pairs.stream().filter(Pair::sameCurve).count();
    long accuracies = pairs.stream().filter(Pair::sameAccuracy).count();
    long signs = pairs.stream().filter(Pair::sameSign).count();
    long others = 0;
    long crossed = 0;
    for (Pair pair : pairs) {
      for (PublishedCode other : PublishedCode.CELLS) {
        if (other != pair.published) {
          others++;
          crossed += new Pair(pair.cell, other).sameCurve() ? 1 : 0;
        }
      }
    }
    boolean all = curves == pairs.size() && accuracies == pairs.size() && signs == pairs.size();
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("cells", (long) pairs.size());
    evidence.put("same_curve", curves);
    evidence.put("same_accuracy", accuracies);
    evidence.put("same_sign_of_tilt", signs);
    evidence.put("same_curve_as_another_cell", crossed);
    double excess = pairs.stream().mapToDouble(Pair::excess).max().orElseThrow();
    if (Double.isFinite(excess)) {
      evidence.put("largest_difference_over_bound", excess);
    }
    pairs.forEach(pair -> evidence.put(pair.name(), 100 * pair.accuracyDifference()));
    String sentence =
        String.format(
            Locale.ROOT,
            "Of %d cells %d have the curve of the published code (largest difference %.2f of the bound), %d its accuracy and %d the sign of its tilt; %d of %d pairs of different cells match by their curves.",
            pairs.size(),
            curves,
            excess,
            accuracies,
            signs,
            crossed,
            others);
    Outcome outcome = Outcome.UNDECIDED;
    if (pairs.stream().anyMatch(Pair::differs)) {
      outcome = Outcome.FAILS;
    } else if (all && crossed == 0) {
      outcome = Outcome.HOLDS;
    }
    return new Verdict(id(), outcome, sentence, documented, evidence, source());
  }

  /** A cell of the sweep and one of the table. */
  private record Pair(PhaseDiagram.Cell cell, PublishedCode published) {

    boolean comparable() {
      double[] mean = cell.meanCurve();
      return cell.curves().size() >= FEWEST_SEEDS
          && mean.length == published.traceRatios().length
          && Math.abs(mean[0] - published.traceRatios()[0]) < SAME_INPUTS
          && Double.isFinite(cell.accuracy());
    }

    boolean sameCurve() {
      return excess() < 1;
    }

    /** False where the curve has numbers that do not exist. */
    boolean differs() {
      return Double.isFinite(excess()) && !(sameCurve() && sameAccuracy() && sameSign());
    }

    /** The largest difference of a representation, in units of what is allowed. */
    double excess() {
      double[] mean = cell.meanCurve();
      double worst = 0;
      for (int l = 0; l < mean.length; l++) {
        double own = deviation(l) / Math.sqrt(cell.curves().size());
        double theirs = published.deviations()[l] / Math.sqrt(PublishedCode.SEEDS);
        double allowed = TOLERANCE + ERRORS * Math.hypot(own, theirs);
        worst = Math.max(worst, Math.abs(mean[l] - published.traceRatios()[l]) / allowed);
      }
      return worst;
    }

    private double deviation(int l) {
      double mean = cell.meanCurve()[l];
      double squares = 0;
      for (LoadCurve curve : cell.curves()) {
        double difference = curve.separations()[l] - mean;
        squares += difference * difference;
      }
      return Math.sqrt(squares / (cell.curves().size() - 1));
    }

    double accuracyDifference() {
      return cell.accuracy() - published.accuracy();
    }

    boolean sameAccuracy() {
      return Math.abs(accuracyDifference()) < published.accuracyTolerance();
    }

    boolean sameSign() {
      double theirs = LoadCurve.of(published.traceRatios()).statistics(true).tilt();
      return cell.phase().tilt() * theirs > 0;
    }

    String name() {
      return "accuracy_difference_slope_" + cell.slope() + "_dropout_" + cell.noise();
    }
  }
}
