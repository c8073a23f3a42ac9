package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.renormalization.ising2d.BlockCorrelation;
import io.github.fathomlab.renormalization.ising2d.SquareBlock;
import io.github.fathomlab.renormalization.ising2d.SquareIsing;
import io.github.fathomlab.renormalization.ising2d.WolffSampler;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Replica;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import io.github.fathomlab.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Networks that tell two temperatures of the square Ising model from 4 x 4 blocks, and how what
 * they say is correlated between blocks at the critical point; as the null the same networks before
 * training, as the references block magnetisation and block energy on the same lattices.
 *
 * <p>Tanh networks 16-64-64-2 learn by cross entropy, Adam at 2e-3 falling to 0 along a cosine, in
 * batches of 256, which of K = 0.40 and 0.48 a block comes from; every lattice is turned or not at
 * random. Their output is z_1 - z_0.
 *
 * <p>Quantities, replica = seed: with {@code step} = block distance {@code
 * ising2d.correlation_trained}, {@code _untrained}, {@code _energy}, {@code _magnetisation}; at
 * step 0 the slopes log2 C(4)/C(2), {@code ising2d.slope_trained}, {@code _trained_even} (of the
 * part of the output that does not turn with the spins), {@code _untrained}, {@code _energy},
 * {@code _magnetisation}; {@code ising2d.place_trained} and {@code _untrained}, where a slope lies
 * from the energy's (0) to the magnetisation's (1); {@code ising2d.odd_trained} and {@code
 * _untrained}, the share of the output's variance that turns with the spins; {@code
 * ising2d.loss_trained} and {@code ising2d.loss_reference}, cross entropy over the training blocks,
 * the latter of the best function of a block's energy and size of magnetisation.
 */
public final class SquareSectorStudy implements Study {
  private static final long SEED = 2212;
  private static final int SIDE = 64;
  private static final double HOT = 0.40;
  private static final double COLD = 0.48;

  /** A cluster at K = 0.40 is small, one at 0.48 most of the lattice. */
  private static final int HOT_CLUSTERS = 200;

  private static final int CLUSTERS = 5;
  private static final int FORGOTTEN = 50;
  private static final int ENERGY = 0;
  private static final int MAGNETISATION = 1;
  private static final int FIRST_NETWORK = 2;

  /**
   * Sizes of the study.
   *
   * @param seeds number of networks
   * @param taught lattices of each temperature that they learn from
   * @param steps of each training
   * @param measured lattices at K_c
   */
  record Size(int seeds, int taught, int steps, int measured) {}

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    perform(quick ? new Size(8, 600, 2500, 40_000) : new Size(10, 600, 4000, 150_000), sink);
  }

  static void perform(Size size, Consumer<Reading> sink) {
    Blocks blocks = Blocks.sample(size.taught());
    Ensemble ensemble = ensemble(size, blocks.dataset());
    List<double[]> fields = new ArrayList<>();
    fields.add(SquareBlock.energy());
    fields.add(SquareBlock.magnetisation());
    ensemble.replicas().forEach(r -> fields.add(SquareBlock.logits(r.network())));
    ensemble.advance(size.steps());
    for (Replica replica : ensemble.replicas()) {
      double[] logits = SquareBlock.logits(replica.network());
      fields.add(logits);
      SquareReadings.emit("loss_trained", 0, replica.index(), blocks.loss(logits), sink);
    }
    for (int seed = 0; seed < size.seeds(); seed++) {
      fields.add(even(fields.get(FIRST_NETWORK + size.seeds() + seed)));
    }
    SquareReadings.emit("loss_reference", 0, 0, blocks.loss(blocks.best()), sink);
    emit(correlation(fields, size.measured()), size.seeds(), sink);
  }

  private static double[] even(double[] field) {
    double[] even = new double[field.length];
    for (int code = 0; code < even.length; code++) {
      even[code] = 0.5 * (field[code] + field[SquareBlock.turned(code)]);
    }
    return even;
  }

  private static BlockCorrelation correlation(List<double[]> fields, int measured) {
    BlockCorrelation correlation = new BlockCorrelation(SIDE, fields, measured);
    WolffSampler chain =
        new WolffSampler(SIDE, SquareIsing.CRITICAL_COUPLING, CounterRandom.key(SEED, 2));
    chain.turn(FORGOTTEN * CLUSTERS);
    for (int i = 0; i < measured; i++) {
      chain.turn(CLUSTERS);
      correlation.add(chain.lattice());
    }
    return correlation;
  }

  private static void emit(BlockCorrelation found, int seeds, Consumer<Reading> sink) {
    emit("energy", ENERGY, 0, found, sink);
    emit("magnetisation", MAGNETISATION, 0, found, sink);
    for (int seed = 0; seed < seeds; seed++) {
      int untrained = FIRST_NETWORK + seed;
      int trained = untrained + seeds;
      emit("untrained", untrained, seed, found, sink);
      emit("trained", trained, seed, found, sink);
      network("untrained", untrained, seed, found, sink);
      network("trained", trained, seed, found, sink);
      SquareReadings.emit("slope_trained_even", 0, seed, found.slope(trained + seeds), sink);
    }
  }

  private static void emit(
      String name, int field, int seed, BlockCorrelation found, Consumer<Reading> sink) {
    for (int r : found.distances()) {
      SquareReadings.emit("correlation_" + name, r, seed, found.correlation(field, r), sink);
    }
    SquareReadings.emit("slope_" + name, 0, seed, found.slope(field), sink);
  }

  private static void network(
      String name, int field, int seed, BlockCorrelation found, Consumer<Reading> sink) {
    SquareReadings.emit("place_" + name, 0, seed, found.place(field, ENERGY, MAGNETISATION), sink);
    SquareReadings.emit("odd_" + name, 0, seed, found.oddShare(field), sink);
  }

  private static Ensemble ensemble(Size size, Dataset data) {
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.CrossEntropy(),
            new OptimizerRule.Adam(0.9, 0.999, 1e-8),
            2e-3,
            new Schedule.Cosine(0),
            0,
            0,
            256,
            size.steps(),
            Noise.none());
    MlpSpec spec =
        new MlpSpec(
            List.of(SquareBlock.SITES, 64, 64, 2),
            new Activation.Tanh(),
            false,
            false,
            0,
            true,
            new Initialisation.Scaled(1));
    return new Ensemble(
        spec,
        Precision.FLOAT32,
        plan,
        new Split(data, null),
        size.seeds(),
        SEED,
        1,
        (_, _) -> List.of());
  }

  /**
   * Blocks of both temperatures.
   *
   * @param codes of all blocks, the hot ones first
   */
  @SuppressWarnings("ArrayRecordComponent") // carries data, is never compared
  private record Blocks(char[] codes) {
    /** The energy of a block lies within minus and plus this. */
    private static final int ENERGY_OFFSET = 24;

    static Blocks sample(int lattices) {
      int perLattice = SIDE * SIDE / SquareBlock.SITES;
      char[] codes = new char[2 * lattices * perLattice];
      int at = 0;
      for (double coupling : new double[] {HOT, COLD}) {
        int clusters = coupling == HOT ? HOT_CLUSTERS : CLUSTERS;
        long key = CounterRandom.key(SEED, 1, Double.doubleToLongBits(coupling));
        WolffSampler chain = new WolffSampler(SIDE, coupling, key);
        chain.turn(FORGOTTEN * clusters);
        for (int i = 0; i < lattices; i++) {
          chain.turn(clusters);
          boolean turn = CounterRandom.bits(CounterRandom.key(key, 1), i) < 0;
          for (char code : SquareBlock.codes(chain.lattice())) {
            codes[at++] = turn ? SquareBlock.turned(code) : code;
          }
        }
      }
      return new Blocks(codes);
    }

    private int label(int sample) {
      return sample < codes.length / 2 ? 0 : 1;
    }

    Dataset dataset() {
      double[] inputs = new double[codes.length * SquareBlock.SITES];
      int[] labels = new int[codes.length];
      for (int i = 0; i < codes.length; i++) {
        labels[i] = label(i);
        for (int site = 0; site < SquareBlock.SITES; site++) {
          inputs[i * SquareBlock.SITES + site] = SquareBlock.spin(codes[i], site);
        }
      }
      return new Dataset("ising-blocks", SquareBlock.SITES, inputs, new Targets.Classes(labels, 2));
    }

    /** Mean of ln(1 + e^(∓z)) over all blocks, in nats. */
    double loss(double[] logits) {
      double sum = 0;
      for (int i = 0; i < codes.length; i++) {
        double z = label(i) == 1 ? -logits[codes[i]] : logits[codes[i]];
        sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
      }
      return sum / codes.length;
    }

    /**
     * The logits of the best classifier that sees energy and size of the magnetisation alone, from
     * counts.
     */
    double[] best() {
      double[] energy = SquareBlock.energy();
      double[] magnetisation = SquareBlock.magnetisation();
      int[] seen = new int[SquareBlock.COUNT];
      int sizes = SquareBlock.SITES + 1;
      for (int code = 0; code < seen.length; code++) {
        int size = (int) Math.abs(magnetisation[code]);
        seen[code] = (int) (energy[code] + ENERGY_OFFSET) * sizes + size;
      }
      double[][] counts = new double[2][(2 * ENERGY_OFFSET + 1) * sizes];
      for (int i = 0; i < codes.length; i++) {
        counts[label(i)][seen[codes[i]]]++;
      }
      double[] logits = new double[seen.length];
      for (int code = 0; code < logits.length; code++) {
        logits[code] = Math.log((counts[1][seen[code]] + 0.5) / (counts[0][seen[code]] + 0.5));
      }
      return logits;
    }
  }
}
