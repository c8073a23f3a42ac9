package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.cells.CellEvidence;
import io.github.fathomlab.claims.cells.Cells.Cell;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.renormalization.block.SeedVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The outputs of networks that predict the next spin scale with the exponent of the unstable fixed
 * point: u' = b^y u with y = 1, u = -ln |ρ_1|.
 *
 * <p>Criterion, for each chain with at least {@value #FEWEST} widths whose correlation is resolved:
 * the slope y of ln u over ln b, seed by seed, and the 95 % bound of its mean. HOLDS when |y - 1|
 * and its bound stay below {@value #TOLERANCE} and the slopes of the untrained networks scatter
 * about 1 at least {@value #RATIO} times as far (root mean square); FAILS when |y - 1| exceeds it
 * by more than the bound; UNDECIDED otherwise, with fewer than {@value SeedVerdict#FEWEST_SEEDS}
 * seeds or a seed not at its optimum. The tolerance is ours.
 */
final class DecimationExponent implements Claim {
  static final double TOLERANCE = 0.1;
  static final double RATIO = 5;

  /** Below this a correlation has sunk into the error of a training. */
  private static final double RESOLVED = 0.005;

  static final int FEWEST = 3;
  private static final double GATE = 0.005;

  @Override
  public String id() {
    return "renormalization/decimation-exponent";
  }

  @Override
  public String statement() {
    return "Over the width b of the block u = -ln rho of the output grows as b^y with y = 1, the eigenvalue of decimation at its"
        + " unstable fixed point.";
  }

  @Override
  public String source() {
    return "u' = b u is textbook decimation; that networks which predict the next spin realise it is Fathom's test of what"
        + " arXiv:2212.00005 says of trained networks";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !groups(readings).isEmpty();
  }

  /** Cells of the same case and chain at several widths, by their label. */
  private static Map<String, List<Cell>> groups(Readings readings) {
    Map<String, List<Cell>> groups = new TreeMap<>();
    for (Cell cell : CellKinds.cells(readings)) {
      if (CellKinds.trained("environment", "ising").test(cell)
          && CellKinds.prediction(cell) > RESOLVED) {
        String chain = String.format(Locale.ROOT, "K = %.3g", cell.exact("coupling.input"));
        String label = cell.caseName().isEmpty() ? chain : cell.caseName() + ", " + chain;
        groups.computeIfAbsent(label, _ -> new ArrayList<>()).add(cell);
      }
    }
    groups
        .values()
        .removeIf(cells ->
            cells.size() < FEWEST
                || cells.stream().mapToDouble(c -> c.exact("coupling.window")).distinct().count()
                    < cells.size()
                || cells.stream().mapToInt(Cell::seeds).distinct().count() != 1);
    return groups;
  }

  @Override
  public Verdict judge(Readings readings) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    List<String> sentences = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    groups(readings)
        .forEach((label, cells) -> {
          Exponent exponent = Exponent.of(cells);
          outcomes.add(exponent.outcome());
          sentences.add(
              String.format(
                  Locale.ROOT,
                  "%s: y is %.4f \u00b1 %.4f (%d seeds, untrained %.2f off)",
                  label,
                  exponent.mean,
                  exponent.error,
                  exponent.seeds,
                  exponent.nullRms));
          exponent.put(evidence, label);
        });
    Outcome outcome =
        outcomes.contains(Outcome.FAILS)
            ? Outcome.FAILS
            : outcomes.contains(Outcome.UNDECIDED) ? Outcome.UNDECIDED : Outcome.HOLDS;
    String sentence = String.join("; ", sentences) + ".";
    return new Verdict(
        id(),
        outcome,
        sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1),
        Outcome.HOLDS,
        evidence,
        source());
  }

  /** The slopes of one coupling over seeds. */
  private record Exponent(
      int seeds, double mean, double error, double rms, double nullRms, double worst) {

    static Exponent of(List<Cell> cells) {
      double[] trained = deviations(cells, true);
      int seeds = trained.length;
      double mean = Arrays.stream(trained).sum() / seeds;
      double squares = Arrays.stream(trained).map(d -> (d - mean) * (d - mean)).sum();
      double error = Math.sqrt(squares / (seeds - 1) / seeds);
      double worst =
          cells.stream()
              .flatMapToDouble(cell -> Arrays.stream(cell.trained("coupling.excess")))
              .reduce(Double.NEGATIVE_INFINITY, Math::max);
      return new Exponent(
          seeds, 1 + mean, error, rms(trained), rms(deviations(cells, false)), worst);
    }

    private static double rms(double[] values) {
      return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum() / values.length);
    }

    Outcome outcome() {
      if (seeds < SeedVerdict.FEWEST_SEEDS || !(worst < GATE)) {
        return Outcome.UNDECIDED;
      }
      double bound = new TDistribution(seeds - 1).inverseCumulativeProbability(0.95) * error;
      double distance = Math.abs(mean - 1);
      if (distance - bound > TOLERANCE) {
        return Outcome.FAILS;
      }
      return distance + bound < TOLERANCE && nullRms >= RATIO * rms
          ? Outcome.HOLDS
          : Outcome.UNDECIDED;
    }

    void put(Map<String, Object> evidence, String label) {
      evidence.put("seeds, " + label, (long) seeds);
      CellEvidence.finite(evidence, "y, " + label, mean);
      CellEvidence.finite(evidence, "standard error of y, " + label, error);
      CellEvidence.finite(evidence, "root mean square of y - 1, " + label, rms);
      CellEvidence.finite(evidence, "the same untrained, " + label, nullRms);
      CellEvidence.finite(evidence, "worst excess, " + label, worst);
    }
  }

  /** y - 1 of every seed. */
  private static double[] deviations(List<Cell> cells, boolean trained) {
    double[] deviations = new double[cells.getFirst().seeds()];
    double[][] rho = new double[cells.size()][];
    for (int c = 0; c < rho.length; c++) {
      rho[c] =
          trained
              ? cells.get(c).trained("coupling.correlation")
              : cells.get(c).untrained("coupling.correlation");
    }
    for (int s = 0; s < deviations.length; s++) {
      double[] x = new double[rho.length];
      double[] y = new double[rho.length];
      for (int c = 0; c < rho.length; c++) {
        x[c] = Math.log(cells.get(c).exact("coupling.window"));
        y[c] = Math.log(-Math.log(Math.abs(rho[c][s])));
      }
      deviations[s] = slope(x, y) - 1;
    }
    return deviations;
  }

  private static double slope(double[] x, double[] y) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += x[i] / x.length;
      meanY += y[i] / x.length;
    }
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
    }
    return xy / xx;
  }
}
