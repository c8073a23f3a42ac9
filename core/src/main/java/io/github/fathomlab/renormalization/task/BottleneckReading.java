package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.renormalization.field.Estimate;
import io.github.fathomlab.renormalization.field.ShellFit;
import io.github.fathomlab.renormalization.field.ShellModes;

/** What the bottleneck of a linear autoencoder keeps, as readings. */
final class BottleneckReading {
  private BottleneckReading() {}

  /**
   * Reads it.
   *
   * @param layer whose units are the bottleneck
   * @param modes whether the shares of all modes are wanted beside their summary
   */
  static void read(
      CouplingReadout readout, Network network, int layer, boolean modes, CouplingRows rows) {
    int sites = readout.problem().window();
    int units = network.layers().get(layer).outputs();
    LinearBottleneck bottleneck =
        LinearBottleneck.of(linearMap(network, layer, sites), units, sites);
    PrincipalModes principal = readout.optimum().modes();
    rows.network("coupling.overlap", bottleneck.overlap(principal));
    if (readout.chain() instanceof SolvedQuartic quartic && bottleneck.rows().length == 1) {
      SumShape.of(quartic.chain(), bottleneck.rows()[0]).named("").forEach(rows::network);
    }
    if (!readout.problem().hasWaves()) {
      return;
    }
    ShellModes shell = new ShellModes(readout.chain().ratio(1), sites);
    if (modes) {
      double[] shares = bottleneck.shares(principal);
      for (int k = 0; k < sites; k++) {
        String name = "mode " + (k + 1);
        rows.at("coupling.mode", k, name, shares[k]);
        if (rows.step() == 0) {
          rows.at("coupling.momentum", k, name, shell.momenta()[k]);
        }
      }
    }
    if (units > 1 && bottleneck.rows().length > 1) {
      switch (bottleneck.stiffness(principal, shell)) {
        case Estimate.Known<ShellFit>(ShellFit fit) ->
            rows.network("coupling.stiffness", fit.ratio());
        case Estimate.Unknown<ShellFit>(Status status, String _) ->
            rows.network("coupling.stiffness", Double.NaN, status, Double.NaN);
      }
    }
  }

  /** The map from the input to a layer, (units x b), from its answers to 0 and to unit vectors. */
  private static double[] linearMap(Network network, int layer, int sites) {
    int count = sites + 1;
    double[] probes = new double[sites * count];
    for (int i = 0; i < sites; i++) {
      probes[i * count + i] = 1;
    }
    BlockStates answers = BlockStates.of(network, probes, count, 1);
    double[] map = new double[answers.units(layer) * sites];
    for (int u = 0; u < answers.units(layer); u++) {
      double[] unit = answers.unit(layer, u);
      for (int i = 0; i < sites; i++) {
        map[u * sites + i] = unit[i] - unit[sites];
      }
    }
    return map;
  }
}
