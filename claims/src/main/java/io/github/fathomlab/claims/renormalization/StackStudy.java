package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.renormalization.block.NetworkReadout;
import io.github.fathomlab.renormalization.block.SampledFeature;
import io.github.fathomlab.renormalization.block.Window;
import io.github.fathomlab.renormalization.ising.BlockRule;
import io.github.fathomlab.renormalization.ising.IsingChain;
import io.github.fathomlab.renormalization.ising.WindowSampler;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.TrainingPlan;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stacks of layers on a sampled chain: each layer is trained on the signs that the one below puts
 * out, and its own signs are the spins of the next level.
 *
 * <p>A layer is a tanh network b-16-1 (weights N(0, 1/fan-in), biases from 0) that learns by
 * squared error, Adam at 3e-3 falling by a cosine over 2000 steps of 256 blocks, to predict the
 * spin behind its block or, in the third cell, the block's majority. Every seed has its own chain
 * of 2^20 sites. The null are stacks of such networks that were never trained, {@value #NULLS} per
 * seed on the seed's chain; their biases are 0, so they are odd functions. A third level at b = 4
 * is left out: its correlation, 9e-6, is far below what any chain resolves.
 *
 * <p>Quantities, {@code step} = level (0 the chain), {@code layer} = cell, replica = seed: {@code
 * stack.correlation} ρ_1 of the level's spins and {@code stack.coupling} K = atanh ρ_1, with errors
 * from 64 batches; {@code stack.prediction} ρ_1 of the exact rule (replica 0); {@code stack.excess}
 * mean squared distance of the layer's output from the best one, over the blocks it reads; {@code
 * stack.untrained_correlation} of the null, replica = {@value #NULLS} seed + stack.
 */
public final class StackStudy implements Study {
  static final int NULLS = 4;

  private static final int HIDDEN = 16;
  private static final int BATCH = 256;
  private static final double RATE = 3e-3;
  private static final int STEPS = 2000;
  private static final int SITES = 1 << 20;
  private static final long SEED = 2212;
  private static final int CHAIN = 0;
  private static final int TRAINED = 1;
  private static final int UNTRAINED = 2;

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    perform(quick ? SITES / 2 : SITES, STEPS, sink);
  }

  static void perform(int sites, int steps, Consumer<Reading> sink) {
    for (int c = 0; c < StackCell.ALL.size(); c++) {
      StackCell cell = StackCell.ALL.get(c);
      double[] exact = cell.exact();
      for (int level = 0; level <= cell.levels(); level++) {
        sink.accept(reading("stack.prediction", level, c, 0, exact[level]));
      }
      for (int seed = 0; seed < cell.seeds(); seed++) {
        long key = CounterRandom.key(SEED, c, seed);
        byte[] chain =
            new WindowSampler(
                    IsingChain.withoutField(cell.coupling()), CounterRandom.key(key, CHAIN))
                .sample(sites);
        trained(c, seed, chain, steps, key, sink);
        for (int n = 0; n < NULLS; n++) {
          untrained(c, seed * NULLS + n, chain, CounterRandom.key(key, UNTRAINED, n), sink);
        }
      }
    }
  }

  private static void trained(
      int c, int seed, byte[] chain, int steps, long key, Consumer<Reading> sink) {
    StackCell cell = StackCell.ALL.get(c);
    double[] exact = cell.exact();
    byte[] spins = chain;
    correlations(0, c, seed, spins, sink);
    for (int level = 1; level <= cell.levels(); level++) {
      double[] outputs =
          outputs(cell, learn(cell, spins, steps, CounterRandom.key(key, TRAINED, level)));
      double[] frequencies = cell.frequencies(spins);
      double excess = 0;
      for (int pattern = 0; pattern < outputs.length; pattern++) {
        double away = outputs[pattern] - cell.best(pattern, exact[level - 1]);
        excess += frequencies[pattern] * away * away;
      }
      sink.accept(reading("stack.excess", level, c, seed, excess));
      spins = signs(cell, outputs).coarsen(spins);
      correlations(level, c, seed, spins, sink);
    }
  }

  private static void untrained(
      int c, int replica, byte[] chain, long key, Consumer<Reading> sink) {
    StackCell cell = StackCell.ALL.get(c);
    byte[] spins = chain;
    for (int level = 1; level <= cell.levels(); level++) {
      Network network =
          Network.create(spec(cell), Kernels.of(Precision.FLOAT32), CounterRandom.key(key, level));
      spins = signs(cell, outputs(cell, network)).coarsen(spins);
      SampledFeature feature = feature(spins);
      sink.accept(
          reading(
              "stack.untrained_correlation",
              level,
              c,
              replica,
              feature.rho1(),
              feature.status(),
              feature.standardError1()));
    }
  }

  private static MlpSpec spec(StackCell cell) {
    return new MlpSpec(
        List.of(cell.block(), HIDDEN, 1),
        new Activation.Tanh(),
        false,
        false,
        0,
        true,
        new Initialisation.Scaled(1));
  }

  private static Network learn(StackCell cell, byte[] spins, int steps, long seed) {
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.SquaredError(),
            new OptimizerRule.Adam(0.9, 0.999, 1e-8),
            RATE,
            new Schedule.Cosine(0),
            0,
            0,
            BATCH,
            steps,
            Noise.none());
    Ensemble training =
        new Ensemble(
            spec(cell),
            Precision.FLOAT32,
            plan,
            new Split(cell.windows(spins), null),
            1,
            seed,
            1,
            (_, _) -> List.of());
    training.advance(steps);
    return training.replicas().getFirst().network();
  }

  /** The output on every pattern of a block. */
  private static double[] outputs(StackCell cell, Network network) {
    Window window = Window.of(cell.block(), cell.coupling());
    return NetworkReadout.of(window, network).outputs().getFirst();
  }

  private static BlockRule signs(StackCell cell, double[] outputs) {
    return BlockRule.of(cell.block(), pattern -> outputs[pattern] > 0);
  }

  private static SampledFeature feature(byte[] spins) {
    double[] values = new double[spins.length];
    for (int j = 0; j < values.length; j++) {
      values[j] = spins[j];
    }
    return SampledFeature.of(values);
  }

  private static void correlations(
      int level, int c, int seed, byte[] spins, Consumer<Reading> sink) {
    SampledFeature feature = feature(spins);
    Status status = feature.status();
    sink.accept(
        reading(
            "stack.correlation", level, c, seed, feature.rho1(), status, feature.standardError1()));
    sink.accept(
        reading(
            "stack.coupling",
            level,
            c,
            seed,
            feature.coupling(),
            status,
            feature.couplingStandardError()));
  }

  private static Reading reading(String quantity, int level, int c, int replica, double value) {
    return reading(quantity, level, c, replica, value, Status.OK, Double.NaN);
  }

  private static Reading reading(
      String quantity, int level, int c, int replica, double value, Status status, double error) {
    return new Reading(
        quantity, level, c, StackCell.ALL.get(c).name(), replica, value, status, error);
  }
}
