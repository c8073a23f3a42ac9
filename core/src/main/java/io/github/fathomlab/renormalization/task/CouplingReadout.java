package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.block.Window;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * All that the couplings of networks on one problem are read with: blocks, their best answers, the
 * exact numbers. Made once and shared by all replicas; never changed.
 */
public final class CouplingReadout {
  private static final long BLOCKS = 0x72656164L;
  private static final long SPINS = 2;
  private static final long PROJECTION = 0x70726f6aL;

  private final ChainProblem problem;
  private final boolean linear;
  private final TaskOptimum optimum;
  private final Blocks blocks;
  private final double[][] best;
  private final @Nullable Blocks others;
  private final double[][] bestOfOthers;
  private final @Nullable Blocks samples;
  private final @Nullable BlockTriples triples;

  /**
   * @param linear whether the network is a linear map of its input
   * @param bottleneck units of its narrowest hidden layer; of no consequence for tasks without one
   * @param samples blocks that are drawn where averages cannot be exact
   * @param units whether the units of a layer are to be read as spins, for which samples are needed
   */
  public CouplingReadout(
      ChainProblem problem, boolean linear, int bottleneck, int samples, boolean units) {
    this.problem = problem;
    this.linear = linear;
    optimum = new TaskOptimum(problem, bottleneck);
    blocks = blocks(problem.chain(), problem.law(), samples, 0);
    best = optimum.answers(blocks);
    others =
        problem.task() instanceof BlockTask.Thermometer(double against) && problem.other() != null
            ? blocks(problem.other(), problem.law().withCoupling(against), samples, 1)
            : null;
    bestOfOthers = others == null ? new double[0][] : optimum.answers(others);
    triples =
        problem.law() instanceof ChainLaw.Ising(double coupling, double field)
                && BlockTriples.fit(problem.window())
            ? new BlockTriples(problem.window(), coupling, field)
            : null;
    this.samples = units ? unweighted(samples) : null;
  }

  private Blocks unweighted(int count) {
    return blocks.exact()
        ? Blocks.sampled(problem.chain(), problem.window(), count, CounterRandom.key(BLOCKS, SPINS))
        : blocks;
  }

  private Blocks blocks(SolvedChain chain, ChainLaw law, int samples, long purpose) {
    if (law instanceof ChainLaw.Ising(double coupling, double field)
        && problem.window() <= Window.WIDEST) {
      return Blocks.enumerated(chain, Window.inField(problem.window(), coupling, field));
    }
    if (linear
        && law instanceof ChainLaw.Gaussian
        && !(problem.task() instanceof BlockTask.Thermometer)) {
      return Blocks.secondMoments(chain, optimum.modes());
    }
    return Blocks.sampled(chain, problem.window(), samples, CounterRandom.key(BLOCKS, purpose));
  }

  ChainProblem problem() {
    return problem;
  }

  SolvedChain chain() {
    return problem.chain();
  }

  boolean linear() {
    return linear;
  }

  TaskOptimum optimum() {
    return optimum;
  }

  Blocks blocks() {
    return blocks;
  }

  @Nullable Blocks others() {
    return others;
  }

  /** Independent samples of equal weight; null unless units are read as spins. */
  @Nullable Blocks samples() {
    return samples;
  }

  /** Three blocks summed over, where they are few spins; null otherwise. */
  @Nullable BlockTriples triples() {
    return triples;
  }

  OptionalDouble prediction() {
    return optimum.correlation(blocks);
  }

  BlockAnswers answers(double[][] given) {
    return new BlockAnswers(blocks, given, best);
  }

  BlockAnswers answersToOthers(Blocks to, double[][] given) {
    return new BlockAnswers(to, given, bestOfOthers);
  }

  /** A random linear projection of the blocks: the null of a feature that was never trained. */
  SectorFeature randomProjection(int replica) {
    long key = CounterRandom.key(PROJECTION, replica);
    double[] values = new double[blocks.count()];
    for (int i = 0; i < blocks.sites(); i++) {
      double weight = CounterRandom.gaussian(key, i);
      for (int j = 0; j < values.length; j++) {
        values[j] += weight * blocks.states()[i * values.length + j];
      }
    }
    double[] flipped = new double[values.length];
    for (int j = 0; j < values.length; j++) {
      flipped[j] = -values[j];
    }
    return SectorFeature.of(problem.chain(), blocks, values, flipped);
  }
}
