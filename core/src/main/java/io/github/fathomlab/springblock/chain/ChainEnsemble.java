package io.github.fathomlab.springblock.chain;

import io.github.fathomlab.springblock.LoadCurve;
import io.github.fathomlab.springblock.LoadStatistics;
import java.util.ArrayList;
import java.util.List;

/**
 * Many copies of a noisy chain, moved side by side by one array program.
 *
 * <p>Copies differ by their noise alone, a pure function of (seed, step, block, copy): a copy has
 * the same bits alone and in company. Cost: a few nanoseconds per block, copy and step, normals
 * included; memory 2 numbers per block and copy.
 */
public final class ChainEnsemble {
  private final ChainSpec chain;
  private final double step;
  private final ChainFields fields;
  private final ChainStepper stepper;
  private long steps;

  /**
   * Copies at the chain's start.
   *
   * @param step h, length of a step, positive
   * @param chains number of copies
   * @param seed of the noise
   * @throws IllegalArgumentException when the scheme is of the other order than the chain
   */
  public ChainEnsemble(ChainSpec chain, Scheme scheme, double step, int chains, long seed) {
    this(chain, scheme, step, chains, new CounterNormals(seed));
  }

  ChainEnsemble(ChainSpec chain, Scheme scheme, double step, int chains, Normals normals) {
    if (!(step > 0 && Double.isFinite(step)) || chains < 1) {
      throw new IllegalArgumentException(
          "an ensemble needs a step > 0 and at least 1 chain, found step %s and %d chains"
              .formatted(step, chains));
    }
    this.chain = chain;
    this.step = step;
    fields = ChainFields.of(chain.start(), chains);
    stepper = stepper(chain, scheme, step, chains, normals);
  }

  private static ChainStepper stepper(
      ChainSpec chain, Scheme scheme, double step, int chains, Normals normals) {
    return switch (chain.inertia()) {
      case Inertia.Massless massless when scheme == Scheme.FIRST_ORDER_EULER ->
          new FirstOrderStep(chain, massless, step, chains, normals);
      case Inertia.Massive massive when scheme == Scheme.STRANG_PROX ->
          new StrangProxStep(chain, massive, step, chains, normals);
      case Inertia.Massive massive when scheme != Scheme.FIRST_ORDER_EULER ->
          new AuthorsStep(chain, massive, scheme == Scheme.AUTHORS_SRI2, step, chains, normals);
      default ->
          throw new IllegalArgumentException(
              "FIRST_ORDER_EULER moves blocks without mass and the other schemes blocks with mass, found %s for %s"
                  .formatted(scheme, chain.inertia()));
    };
  }

  /** The scheme that is right for a chain. */
  public static Scheme schemeFor(ChainSpec chain) {
    return chain.inertia() instanceof Inertia.Massless
        ? Scheme.FIRST_ORDER_EULER
        : Scheme.STRANG_PROX;
  }

  /** Moves all copies by a number of steps. */
  public void advance(long count) {
    for (long i = 0; i < count; i++) {
      stepper.advance(fields, steps);
      steps++;
    }
  }

  /** t = h · steps. */
  public double time() {
    return steps * step;
  }

  /** Number of copies. */
  public int chains() {
    return fields.wall().length;
  }

  /** One copy. */
  public ChainState state(int copy) {
    return fields.state(copy);
  }

  /** Mean positions over the copies. */
  public double[] mean() {
    double[] mean = new double[chain.blocks()];
    for (int l = 0; l < mean.length; l++) {
      for (double x : fields.x()[l]) {
        mean[l] += x / chains();
      }
    }
    return mean;
  }

  /** Standard errors of the mean positions; NaN for a single copy. */
  public double[] standardErrors() {
    double[] mean = mean();
    double[] errors = new double[mean.length];
    for (int l = 0; l < mean.length; l++) {
      double squares = 0;
      for (double x : fields.x()[l]) {
        squares += (x - mean[l]) * (x - mean[l]);
      }
      errors[l] = Math.sqrt(squares / (chains() - 1.0) / chains());
    }
    return errors;
  }

  /** The load curve of every copy, the last spring left out. */
  public List<LoadStatistics> statistics() {
    List<LoadStatistics> statistics = new ArrayList<>();
    for (int copy = 0; copy < chains(); copy++) {
      double[] separations = chain.separations(state(copy).positions(), time());
      statistics.add(LoadCurve.of(separations).statistics(true));
    }
    return statistics;
  }
}
