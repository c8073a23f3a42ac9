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
import io.github.fathomlab.training.StateSnapshot;
import io.github.fathomlab.training.Watcher;
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
    new Look(snapshot.network(), new CouplingRows(snapshot.step(), snapshot.replica(), sink))
        .read();
  }

  /** One look at one network. */
  private final class Look {
    private final Network network;
    private final CouplingRows rows;
    private final Blocks blocks = readout.blocks();
    private final int last;

    Look(Network network, CouplingRows rows) {
      this.network = network;
      this.rows = rows;
      last = network.layers().size() - 1;
    }

    void read() {
      boolean atAnEnd = rows.step() == 0 || rows.step() == lastStep;
      if (rows.step() == 0) {
        ExactNumbers.read(readout, network.layers(), rows);
      }
      BlockStates states = BlockStates.of(network, blocks.states(), blocks.count(), 1);
      for (int m = 0; m <= last; m++) {
        LayerCoupling coupling = coupling(states, m);
        rows.at("coupling.layer", m, name(m), coupling.coupling(), coupling.status(), Double.NaN);
      }
      feature(states);
      excess(states);
      Blocks samples = readout.samples();
      if (samples != null && atAnEnd) {
        units(BlockStates.of(network, samples.states(), samples.count(), 1));
      }
      if (readout.linear() && readout.problem().task() instanceof BlockTask.Reconstruction) {
        BottleneckReading.read(readout, network, featureLayer(), atAnEnd, rows);
      }
    }

    private String name(int m) {
      return network.layers().get(m).name();
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
      return ChainProblem.bottleneck(
          network.layers().subList(0, last).stream().map(Layer::outputs).toList());
    }

    private void feature(BlockStates states) {
      int m = featureLayer();
      if (states.units(m) > 1) {
        LayerCoupling coupling = coupling(states, m);
        rows.network("coupling.correlation", coupling.correlation(), coupling.status(), Double.NaN);
        return;
      }
      BlockStates turned = BlockStates.of(network, blocks.states(), blocks.count(), -1);
      SectorFeature feature =
          SectorFeature.of(readout.chain(), blocks, states.unit(m, 0), turned.unit(m, 0));
      Status status = feature.status();
      rows.network("coupling.correlation", feature.correlation(), status, feature.error());
      rows.network("coupling.odd_fraction", feature.oddFraction(), status, Double.NaN);
      BlockTriples triples = readout.triples();
      double ratio = triples == null ? feature.lagRatio() : triples.lagRatio(states.unit(m, 0));
      rows.network("coupling.lag_ratio", ratio, status, Double.NaN);
      if (feature.sectors().length > 1) {
        for (int n = 1; n <= feature.sectors().length; n++) {
          rows.at("coupling.sector", n, "sector " + n, feature.sectors()[n - 1]);
        }
      }
    }

    private void excess(BlockStates states) {
      BlockAnswers own = readout.answers(states.rows(last));
      Blocks others = readout.others();
      BlockAnswers toOthers =
          others == null
              ? null
              : readout.answersToOthers(
                  others, BlockStates.of(network, others.states(), others.count(), 1).rows(last));
      double excess = readout.optimum().excess(own, toOthers);
      Status status = Double.isFinite(excess) ? Status.OK : Status.NOT_FINITE;
      rows.network("coupling.excess", excess, status, Double.NaN);
    }

    private void units(BlockStates states) {
      for (int m = 0; m < last; m++) {
        CouplingEstimate coupling = UnitsAsSpins.of(states.layers().get(m), states.units(m));
        rows.at(
            "coupling.units", m, name(m), coupling.value(), coupling.status(), coupling.error());
      }
    }
  }
}
