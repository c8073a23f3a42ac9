package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.renormalization.CouplingEstimate;
import io.github.fathomlab.renormalization.block.LayerCoupling;
import io.github.fathomlab.renormalization.block.UnitsAsSpins;
import io.github.fathomlab.renormalization.field.Estimate;
import io.github.fathomlab.renormalization.field.ShellFit;
import io.github.fathomlab.renormalization.field.ShellModes;
import io.github.fathomlab.training.StateSnapshot;
import io.github.fathomlab.training.Watcher;
import java.util.List;
import java.util.function.Consumer;

/**
 * The couplings that a network reads from blocks of a chain, layer by layer, beside those of the
 * exact optimum of its task.
 *
 * <pre>
 *   K_l = atanh(t R_L R_R) of every layer;   ρ_1, ρ_2/ρ_1 and odd fraction of the feature
 * </pre>
 *
 * <p>The feature is the output, or of a task with a bottleneck its narrowest hidden layer. Averages
 * run over all configurations of an Ising block of up to 14 spins, over exact second moments for
 * linear networks on a Gaussian chain, over samples otherwise; the network is evaluated as it is,
 * averages are in double. Quantities {@code coupling.*}: see docs/quantities.md. Source: {@link
 * LayerCoupling}, {@link SectorFeature}, {@link TaskOptimum}, {@link LinearBottleneck}. Cost: two
 * passes over the blocks, O(n² N + n³) for each layer of n units.
 */
public final class CouplingProfile implements Watcher {
  private final CouplingReadout readout;
  private final Rhythm rhythm;
  private final long lastStep;
  private final Consumer<Reading> sink;

  /**
   * @param lastStep of the training; modes and units are read before the first and after this one
   */
  public CouplingProfile(
      CouplingReadout readout, Rhythm rhythm, long lastStep, Consumer<Reading> sink) {
    this.readout = readout;
    this.rhythm = rhythm;
    this.lastStep = lastStep;
    this.sink = sink;
  }

  @Override
  public boolean wantsState(long step) {
    return rhythm.due(step);
  }

  @Override
  public void observe(StateSnapshot snapshot) {
    new Moment(snapshot.network(), snapshot.step(), snapshot.replica()).read();
  }

  /** One look at one network. */
  private final class Moment {
    private final Network network;
    private final long step;
    private final int replica;
    private final Blocks blocks = readout.blocks();
    private final int last;

    Moment(Network network, long step, int replica) {
      this.network = network;
      this.step = step;
      this.replica = replica;
      last = network.layers().size() - 1;
    }

    void read() {
      if (step == 0) {
        exactNumbers();
      }
      BlockStates states = BlockStates.of(network, blocks.states(), blocks.count(), 1);
      for (int m = 0; m <= last; m++) {
        LayerCoupling coupling = coupling(states, m);
        layer("coupling.layer", m, coupling.coupling(), coupling.status());
      }
      feature(states);
      excess(states);
      Blocks samples = readout.samples();
      if (samples != null && (step == 0 || step == lastStep)) {
        units(BlockStates.of(network, samples.states(), samples.count(), 1));
      }
      if (readout.linear() && readout.problem().task() instanceof BlockTask.Reconstruction) {
        subspace();
      }
    }

    private void exactNumbers() {
      double t = readout.chain().ratio(1);
      int window = readout.problem().window();
      word("coupling.task", readout.problem().taskName());
      word("coupling.law", readout.problem().lawName());
      ofNetwork("coupling.shuffle", readout.problem().shuffle(), Status.OK, Double.NaN);
      ofNetwork("coupling.field", readout.problem().field(), Status.OK, Double.NaN);
      ofNetwork("coupling.input", atanh(t), Status.OK, Double.NaN);
      ofNetwork("coupling.window", window, Status.OK, Double.NaN);
      ofNetwork("coupling.contraction", t, Status.OK, Double.NaN);
      readout
          .prediction()
          .ifPresent(rho -> ofNetwork("coupling.prediction", rho, Status.OK, Double.NaN));
      for (int m = 0; m <= last; m++) {
        int width = network.layers().get(m).outputs();
        if (width <= window && t > 0) {
          layer(
              "coupling.reference",
              m,
              atanh(StrictMath.pow(t, (double) window / width)),
              Status.OK);
        }
      }
      int rule = 0;
      for (var entry : readout.optimum().rules().entrySet()) {
        row("coupling.rule", rule++, entry.getKey(), entry.getValue(), Status.OK, Double.NaN);
      }
      readout
          .optimum()
          .expectations()
          .forEach((name, value) -> ofNetwork(name, value, Status.OK, Double.NaN));
      SectorFeature random = readout.randomProjection(replica);
      ofNetwork("coupling.random", random.correlation(), random.status(), random.error());
    }

    private LayerCoupling coupling(BlockStates states, int m) {
      double[] left = blocks.left()[0];
      double[] right = blocks.right()[0];
      double t = readout.chain().ratio(1);
      Precision precision = network.kernels().precision();
      double[] activations = states.layers().get(m);
      return blocks.exact()
          ? LayerCoupling.weighted(
              t, activations, states.units(m), blocks.weights(), left, right, precision)
          : LayerCoupling.ofSamples(t, activations, states.units(m), left, right, precision);
    }

    /** Depth of the layer whose coupling is compared with the optimum's. */
    private int featureLayer() {
      if (!readout.problem().task().hasBottleneck()) {
        return last;
      }
      List<Layer> layers = network.layers();
      int narrowest = 0;
      for (int m = 1; m < last; m++) {
        if (layers.get(m).outputs() < layers.get(narrowest).outputs()) {
          narrowest = m;
        }
      }
      return narrowest;
    }

    private void feature(BlockStates states) {
      int m = featureLayer();
      if (states.units(m) > 1) {
        LayerCoupling coupling = coupling(states, m);
        ofNetwork("coupling.correlation", coupling.correlation(), coupling.status(), Double.NaN);
        return;
      }
      BlockStates turned = BlockStates.of(network, blocks.states(), blocks.count(), -1);
      SectorFeature feature =
          SectorFeature.of(readout.chain(), blocks, states.unit(m, 0), turned.unit(m, 0));
      ofNetwork("coupling.correlation", feature.correlation(), feature.status(), feature.error());
      ofNetwork("coupling.odd_fraction", feature.oddFraction(), feature.status(), Double.NaN);
      boolean vanished = feature.status() == Status.OK && feature.correlation() == 0;
      ofNetwork(
          "coupling.lag_ratio",
          feature.lagRatio(),
          vanished ? Status.ZERO_VARIANCE : feature.status(),
          Double.NaN);
      if (feature.sectors().length > 1) {
        for (int n = 1; n <= feature.sectors().length; n++) {
          row(
              "coupling.sector",
              n,
              "sector " + n,
              feature.sectors()[n - 1],
              feature.status(),
              Double.NaN);
        }
      }
    }

    private void excess(BlockStates states) {
      TaskOptimum.Answers own = readout.answers(states.rows(last));
      Blocks others = readout.others();
      TaskOptimum.Answers toOthers =
          others == null
              ? null
              : readout.answersToOthers(
                  others, BlockStates.of(network, others.states(), others.count(), 1).rows(last));
      double excess = readout.optimum().excess(own, toOthers);
      ofNetwork(
          "coupling.excess",
          excess,
          Double.isFinite(excess) ? Status.OK : Status.NOT_FINITE,
          Double.NaN);
    }

    private void units(BlockStates states) {
      for (int m = 0; m < last; m++) {
        CouplingEstimate coupling = UnitsAsSpins.of(states.layers().get(m), states.units(m));
        row(
            "coupling.units",
            m,
            network.layers().get(m).name(),
            coupling.value(),
            coupling.status(),
            coupling.error());
      }
    }

    private void subspace() {
      int sites = readout.problem().window();
      int m = featureLayer();
      int rows = network.layers().get(m).outputs();
      LinearBottleneck bottleneck = LinearBottleneck.of(linearMap(m, sites), rows, sites);
      PrincipalModes modes = readout.optimum().modes();
      ofNetwork("coupling.overlap", bottleneck.overlap(modes), Status.OK, Double.NaN);
      if (readout.chain() instanceof SolvedQuartic quartic && rows == 1) {
        SumShape.of(quartic.chain(), bottleneck.rows()[0])
            .named("")
            .forEach((name, value) -> ofNetwork(name, value, Status.OK, Double.NaN));
      }
      if (!readout.problem().hasWaves()) {
        return;
      }
      ShellModes shell = new ShellModes(readout.chain().ratio(1), sites);
      if (step == 0 || step == lastStep) {
        double[] shares = bottleneck.shares(modes);
        for (int k = 0; k < sites; k++) {
          String name = "mode " + (k + 1);
          row("coupling.mode", k, name, shares[k], Status.OK, Double.NaN);
          if (step == 0) {
            row("coupling.momentum", k, name, shell.momenta()[k], Status.OK, Double.NaN);
          }
        }
      }
      if (rows > 1) {
        switch (bottleneck.stiffness(modes, shell)) {
          case Estimate.Known<ShellFit>(ShellFit fit) ->
              ofNetwork("coupling.stiffness", fit.ratio(), Status.OK, Double.NaN);
          case Estimate.Unknown<ShellFit>(Status status, String _) ->
              ofNetwork("coupling.stiffness", Double.NaN, status, Double.NaN);
        }
      }
    }

    /**
     * The rows of the map from the input to a layer, (units x b), from its answers to unit vectors.
     */
    private double[] linearMap(int m, int sites) {
      int count = sites + 1;
      double[] probes = new double[sites * count];
      for (int i = 0; i < sites; i++) {
        probes[i * count + i] = 1;
      }
      BlockStates answers = BlockStates.of(network, probes, count, 1);
      double[] map = new double[answers.units(m) * sites];
      for (int u = 0; u < answers.units(m); u++) {
        double[] unit = answers.unit(m, u);
        for (int i = 0; i < sites; i++) {
          map[u * sites + i] = unit[i] - unit[sites];
        }
      }
      return map;
    }

    /** A word in place of a layer's name; the value is 1. */
    private void word(String quantity, String word) {
      row(quantity, Reading.WHOLE_NETWORK, word, 1, Status.OK, Double.NaN);
    }

    private void ofNetwork(String quantity, double value, Status status, double error) {
      row(quantity, Reading.WHOLE_NETWORK, "", value, status, error);
    }

    private void layer(String quantity, int m, double value, Status status) {
      row(quantity, m, network.layers().get(m).name(), value, status, Double.NaN);
    }

    private void row(
        String quantity, int at, String name, double value, Status status, double error) {
      Status honest = Double.isNaN(value) && status == Status.OK ? Status.NOT_APPLICABLE : status;
      double number = honest == Status.OK ? value : Double.NaN;
      sink.accept(new Reading(quantity, step, at, name, replica, number, honest, error));
    }
  }

  private static double atanh(double rho) {
    double clipped = Math.clamp(rho, -Math.nextDown(1.0), Math.nextDown(1.0));
    return 0.5 * (Math.log1p(clipped) - Math.log1p(-clipped));
  }
}
