package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.CouplingEstimate;
import io.github.fathomlab.renormalization.block.Window;
import io.github.fathomlab.renormalization.ising.BoltzmannMachine;
import io.github.fathomlab.renormalization.ising.BondCounts;
import io.github.fathomlab.renormalization.ising.PatternSource;
import io.github.fathomlab.renormalization.ising.PersistentTraining;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where repeated reconstruction by restricted Boltzmann machines takes the coupling of a chain.
 *
 * <p>Machines of 10 visible and 20 hidden spins learn windows of the Ising chain at K = {@value
 * #TRAINED} by persistent contrastive divergence (batch 200, rate 0.02 falling to 0 over 20 000
 * steps). Chains then start as windows at K = {@value #BELOW}, {@value #TRAINED} or {@value #ABOVE}
 * and are reconstructed 100 times, drawn or, from {@value #TRAINED}, with every spin along its
 * field; the null is the same with the machine before its training.
 *
 * <p>Quantities, {@code step} = reconstructions, replica = seed, value = K from the bonds of all
 * chains (A5.1), with its error: {@code rbm.below}, {@code rbm.at}, {@code rbm.above}, {@code
 * rbm.signs} and {@code rbm.untrained_below}, {@code rbm.untrained_at}, {@code
 * rbm.untrained_above}, {@code rbm.untrained_signs}. {@code rbm.divergence}, {@code
 * rbm.untrained_divergence} (step 0): what the machine had to learn of the windows' law, in nats,
 * exact.
 */
public final class RbmFlowStudy implements Study {
  static final double TRAINED = 0.8;
  static final double BELOW = 0.2;
  static final double ABOVE = 1.4;
  static final int LAST = 100;

  private static final List<Integer> MOMENTS = List.of(0, 1, 2, 5, 10, 30, LAST);
  private static final int VISIBLE = 10;
  private static final int HIDDEN = 20;
  private static final double DEVIATION = 0.1;
  private static final int BATCH = 200;
  private static final double RATE = 0.02;
  private static final int STEPS = 20000;
  private static final int SEEDS = 8;
  private static final long SEED = 1801;
  private static final int WEIGHTS = 0;
  private static final int TRAINING = 1;
  private static final int FLOWS = 2;
  private static final int START = 0;
  private static final int RECONSTRUCTION = 1;

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    perform(SEEDS, STEPS, quick ? 2000 : 20000, sink);
  }

  static void perform(int seeds, int steps, int chains, Consumer<Reading> sink) {
    double[] law = law(TRAINED);
    PersistentTraining training = new PersistentTraining(BATCH, RATE, steps);
    for (int seed = 0; seed < seeds; seed++) {
      long key = CounterRandom.key(SEED, seed);
      long weights = CounterRandom.key(key, WEIGHTS);
      long flows = CounterRandom.key(key, FLOWS);
      BoltzmannMachine machine = BoltzmannMachine.random(VISIBLE, HIDDEN, DEVIATION, weights);
      divergence("rbm.untrained_divergence", machine, law, seed, sink);
      flows("rbm.untrained_", machine, chains, seed, flows, sink);
      training.train(machine, law, CounterRandom.key(key, TRAINING));
      divergence("rbm.divergence", machine, law, seed, sink);
      flows("rbm.", machine, chains, seed, flows, sink);
    }
  }

  /** Probabilities of all windows at a coupling. */
  private static double[] law(double coupling) {
    Window window = Window.of(VISIBLE, coupling);
    return window.tabulate(window::weight);
  }

  private static void divergence(
      String quantity, BoltzmannMachine machine, double[] law, int seed, Consumer<Reading> sink) {
    sink.accept(Reading.ofNetwork(quantity, 0, seed, machine.divergence(law)));
  }

  private static void flows(
      String prefix,
      BoltzmannMachine machine,
      int chains,
      int seed,
      long key,
      Consumer<Reading> sink) {
    flow(prefix + "below", machine, BELOW, chains, seed, CounterRandom.key(key, 0), sink);
    flow(prefix + "at", machine, TRAINED, chains, seed, CounterRandom.key(key, 1), sink);
    flow(prefix + "above", machine, ABOVE, chains, seed, CounterRandom.key(key, 2), sink);
    int[] patterns = start(TRAINED, chains, CounterRandom.key(key, 1));
    for (int k = 0; k <= LAST; k++) {
      read(prefix + "signs", patterns, k, seed, sink);
      patterns = machine.reconstructBySigns(patterns);
    }
  }

  private static int[] start(double coupling, int chains, long key) {
    int[] patterns = new int[chains];
    new PatternSource(law(coupling)).fill(patterns, CounterRandom.key(key, START));
    return patterns;
  }

  private static void flow(
      String quantity,
      BoltzmannMachine machine,
      double coupling,
      int chains,
      int seed,
      long key,
      Consumer<Reading> sink) {
    int[] patterns = start(coupling, chains, key);
    for (int k = 0; k <= LAST; k++) {
      read(quantity, patterns, k, seed, sink);
      patterns = machine.reconstruct(patterns, CounterRandom.key(key, RECONSTRUCTION, k));
    }
  }

  private static void read(
      String quantity, int[] patterns, int step, int seed, Consumer<Reading> sink) {
    if (!MOMENTS.contains(step)) {
      return;
    }
    long unlike = 0;
    for (int pattern : patterns) {
      int bonds = (pattern ^ pattern >>> 1) & (1 << (VISIBLE - 1)) - 1;
      unlike += Integer.bitCount(bonds);
    }
    long bonds = (long) patterns.length * (VISIBLE - 1);
    CouplingEstimate coupling = new BondCounts(bonds - unlike, unlike).openCoupling();
    sink.accept(
        new Reading(
            quantity,
            step,
            Reading.WHOLE_NETWORK,
            "",
            seed,
            coupling.value(),
            coupling.status(),
            coupling.error()));
  }
}
