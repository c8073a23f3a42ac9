package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.renormalization.Cells.Cell;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.renormalization.block.SeedVerdict;
import io.github.fathomlab.renormalization.block.SeedVerdict.Criterion;
import io.github.fathomlab.renormalization.block.SeedVerdict.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The outputs of networks that predict the next spin scale with the exponent of the unstable fixed
 * point: u' = b^y u with y = 1, u = -ln |ρ_1|.
 *
 * <p>Criterion, for each coupling with at least {@value #FEWEST} widths up to {@value #WIDEST}: the
 * slope of ln u over ln b, seed by seed, judged against 1 by {@link SeedVerdict} with tolerance
 * {@value #TOLERANCE}; null: the slopes of the untrained networks. HOLDS when every coupling
 * passes, FAILS when one misses. Beyond b = {@value #WIDEST} the correlations sink into the error
 * of the training.
 */
final class DecimationExponent implements Claim {
  static final double TOLERANCE = 0.05;
  static final int WIDEST = 6;
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

  /** Cells of the same chain at several widths, by coupling. */
  private static Map<Double, List<Cell>> groups(Readings readings) {
    Map<Double, List<Cell>> groups = new TreeMap<>();
    for (Cell cell : Cells.of(readings)) {
      if (CouplingClaims.trained("environment", "ising").test(cell)
          && cell.exact("coupling.window") <= WIDEST) {
        groups.computeIfAbsent(cell.exact("coupling.input"), _ -> new ArrayList<>()).add(cell);
      }
    }
    groups
        .values()
        .removeIf(cells ->
            cells.stream().mapToDouble(c -> c.exact("coupling.window")).distinct().count() < FEWEST
                || cells.stream().mapToInt(Cell::seeds).distinct().count() != 1);
    return groups;
  }

  @Override
  public Verdict judge(Readings readings) {
    Map<Double, List<Cell>> groups = groups(readings);
    Criterion criterion = new Criterion(TOLERANCE, GATE, true, groups.size());
    Map<String, Object> evidence = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    List<Word> found = new ArrayList<>();
    groups.forEach((coupling, cells) -> {
      int seeds = cells.getFirst().seeds();
      String label = String.format(Locale.ROOT, "y at K = %.3g", coupling);
      if (seeds < 2) {
        words.add(label + " needs at least 2 seeds");
        found.add(Word.NOT_CONVERGED);
        return;
      }
      SeedVerdict verdict =
          SeedVerdict.of(
              criterion, deviations(cells, true), deviations(cells, false), worst(cells));
      SeedEvidence.put(evidence, label, 1, criterion, verdict);
      words.add(
          String.format(
              Locale.ROOT,
              "%s is %.4f \u00b1 %.4f (%s)",
              label,
              1 + verdict.meanDeviation(),
              verdict.standardError(),
              verdict.word()));
      found.add(verdict.word());
    });
    Outcome outcome =
        found.contains(Word.FAIL)
            ? Outcome.FAILS
            : found.stream().allMatch(word -> word == Word.PASS)
                ? Outcome.HOLDS
                : Outcome.UNDECIDED;
    return new Verdict(
        id(), outcome, String.join("; ", words) + ".", Outcome.HOLDS, evidence, source());
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

  private static double[] worst(List<Cell> cells) {
    double[] worst = new double[cells.getFirst().seeds()];
    for (Cell cell : cells) {
      double[] excess = cell.trained("coupling.excess");
      for (int s = 0; s < worst.length; s++) {
        worst[s] = Math.max(worst[s], excess[s]);
      }
    }
    return worst;
  }
}
