package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.claims.cells.Cells.Cell;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Trainings of token networks on one Markov chain that differ in their seeds alone.
 *
 * @param label for people, such as {@code hier2, xi = 1}
 */
record ChainCell(Cell cell, String label) {
  static final String OTHER = "relevance.other_variance";
  static final String RELEVANT = "relevance.relevant_variance";

  /** The positions that representations are measured at. */
  enum View {
    /** Where the state is hidden and has to be predicted. */
    MASKED(""),
    /** All of them. */
    ALL("all.");

    private final String prefix;

    View(String prefix) {
      this.prefix = prefix;
    }
  }

  String family() {
    return cell.word("tokens.family");
  }

  double xi() {
    return exact("tokens.correlation_length");
  }

  double taskRank() {
    return exact("tokens.task_rank");
  }

  double draws() {
    return exact("tokens.draws");
  }

  double shuffle() {
    return exact("tokens.shuffle");
  }

  double window() {
    return exact("tokens.window");
  }

  /** What can be learned, in nats. */
  double available() {
    return exact("information.available");
  }

  boolean is(String family, double xi) {
    return family().equals(family) && xi() == xi;
  }

  int seeds() {
    return cell.seeds();
  }

  double exact(String quantity) {
    return cell.exact(quantity);
  }

  double[] trained(String quantity) {
    return cell.trained(quantity);
  }

  SeedMean captured() {
    return SeedMean.of(trained("information.captured"));
  }

  /** ρ of every seed: the rank at the end of the stream over that at its beginning. */
  double[] collapse(View view) {
    return trained(view.prefix + "rank.collapse_ratio");
  }

  /** The mean ρ of its seeds. */
  double rho(View view) {
    return SeedMean.of(collapse(view)).mean();
  }

  /** ρ before the first step. */
  SeedMean untrainedCollapse(View view) {
    return SeedMean.of(cell.untrained(view.prefix + "rank.collapse_ratio"));
  }

  /** A number of the whole network after training. */
  SeedMean mean(String quantity) {
    return SeedMean.of(trained(quantity));
  }

  /** The same before training. */
  SeedMean untrainedMean(String quantity) {
    return SeedMean.of(cell.untrained(quantity));
  }

  /** Effective ranks along the trained stream, by layer and seed. */
  double[][] ranks(View view) {
    return stream(view.prefix + "rank.effective_rank", 0);
  }

  private double[][] stream(String quantity, int leftOut) {
    return stream(l -> cell.trained(quantity, l), leftOut);
  }

  /** Numbers of representations or, where one is left out, transitions, by layer and seed. */
  private double[][] stream(IntFunction<double[]> ofLayer, int leftOut) {
    double first = exact("rank.stream_first");
    double last = exact("rank.stream_last") - leftOut;
    if (!(first < last)) {
      return new double[][] {missing(), missing()};
    }
    return IntStream.rangeClosed((int) first, (int) last)
        .mapToObj(ofLayer)
        .toArray(double[][]::new);
  }

  private double[] missing() {
    double[] missing = new double[seeds()];
    Arrays.fill(missing, Double.NaN);
    return missing;
  }

  /**
   * In how many seeds the rank never rises above the least before it by more than a share of its
   * first value; NaN where one is missing.
   */
  double monotone(View view, double share) {
    double[][] ranks = ranks(view);
    int monotone = 0;
    for (int s = 0; s < seeds(); s++) {
      double rise = Double.NEGATIVE_INFINITY;
      double least = ranks[0][s];
      for (int l = 1; l < ranks.length; l++) {
        rise = Math.max(rise, ranks[l][s] - least);
        least = Math.min(least, ranks[l][s]);
      }
      if (Double.isNaN(rise)) {
        return Double.NaN;
      }
      monotone += rise <= share * ranks[0][s] ? 1 : 0;
    }
    return monotone;
  }

  /** A variance at the end of the trained stream over that at its beginning, of every seed. */
  double[] growth(String variance) {
    return growth(stream(variance, 0));
  }

  /** The same before training. */
  double[] untrainedGrowth(String variance) {
    return growth(stream(l -> cell.untrained(variance, l), 0));
  }

  private static double[] growth(double[][] variance) {
    double[] growth = variance[variance.length - 1].clone();
    Arrays.setAll(growth, s -> growth[s] / variance[0][s]);
    return growth;
  }

  /** other/(other + relevant): the share of variance outside what the task needs. */
  double[] otherShare(boolean atEnd) {
    double[][] other = stream(OTHER, 0);
    double[][] relevant = stream(RELEVANT, 0);
    int l = atEnd ? other.length - 1 : 0;
    double[] share = new double[seeds()];
    Arrays.setAll(share, s -> other[l][s] / (other[l][s] + relevant[l][s]));
    return share;
  }

  /**
   * The mean relative update of the stream where the kernel drift is below a share of the network's
   * largest, of every seed that has such transitions.
   */
  double[] plateauUpdates(double still) {
    double[][] drift = stream("drift.kernel_drift", 1);
    double[][] update = stream("drift.relative_update", 1);
    return IntStream.range(0, seeds())
        .mapToDouble(s -> plateauUpdate(s, still, drift, update))
        .filter(mean -> mean != Double.POSITIVE_INFINITY)
        .toArray();
  }

  /** How many seeds have such transitions; NaN where a number is missing. */
  double withPlateau(double still) {
    double[] updates = plateauUpdates(still);
    return Arrays.stream(updates).anyMatch(Double::isNaN) ? Double.NaN : updates.length;
  }

  /** NaN where a number is missing, infinite where no transition stands still. */
  private static double plateauUpdate(int seed, double still, double[][] drift, double[][] update) {
    double largest = 0;
    for (double[] layer : drift) {
      largest = Math.max(largest, layer[seed]);
    }
    double sum = 0;
    int count = 0;
    for (int l = 0; l < drift.length; l++) {
      if (!(drift[l][seed] > still * largest)) {
        sum += update[l][seed];
        count++;
      }
    }
    return Double.isNaN(largest) ? Double.NaN : count == 0 ? Double.POSITIVE_INFINITY : sum / count;
  }
}
