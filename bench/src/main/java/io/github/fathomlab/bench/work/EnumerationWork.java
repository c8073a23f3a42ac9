package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.renormalization.block.NetworkReadout;
import io.github.fathomlab.renormalization.block.Window;
import io.github.fathomlab.renormalization.task.BlockTask;
import io.github.fathomlab.renormalization.task.ChainLaw;
import io.github.fathomlab.renormalization.task.ChainProblem;
import io.github.fathomlab.renormalization.task.CouplingProfile;
import io.github.fathomlab.renormalization.task.CouplingReadout;
import io.github.fathomlab.training.Evaluation;
import io.github.fathomlab.training.StateSnapshot;
import io.github.fathomlab.training.Targets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time to read the couplings of all layers of a network over all configurations of the widest
 * window: alone in both precisions, and as a training on a thermometer does ({@code reading}), with
 * the turned blocks, the blocks of the other coupling and the excess loss.
 */
final class EnumerationWork {
  private static final MlpSpec NETWORK =
      new MlpSpec(
          List.of(Window.WIDEST, 32, 32, 1),
          new Activation.Tanh(),
          false,
          false,
          0,
          true,
          new Initialisation.Scaled(1, 0.1));
  private static final double COUPLING = 1;
  private static final double AGAINST = 0.3;

  private EnumerationWork() {}

  static Map<String, Spread> measure(Options options) {
    Window window = Window.of(Window.WIDEST, COUPLING);
    Map<String, Runnable> works = new LinkedHashMap<>();
    works.put("float32", alone(window, network(Precision.FLOAT32)));
    works.put("float64", alone(window, network(Precision.FLOAT64)));
    works.put("reading", reading(network(Precision.FLOAT32)));
    return Timing.inTurns(works, options.get("warm", 5000), options.get("chunks", 20));
  }

  private static Network network(Precision precision) {
    return Network.create(NETWORK, Kernels.of(precision), 1);
  }

  private static Runnable alone(Window window, Network network) {
    return () ->
        NetworkReadout.of(window, network).layers().forEach(layer -> require(layer.status()));
  }

  private static Runnable reading(Network network) {
    ChainProblem problem =
        new ChainProblem(
            new ChainLaw.Ising(COUPLING, 0), Window.WIDEST, new BlockTask.Thermometer(AGAINST), 0);
    CouplingReadout readout = new CouplingReadout(problem, false, 1, 1, false);
    CouplingProfile profile =
        new CouplingProfile(readout, new Rhythm.Every(1), 2, EnumerationWork::accept);
    // In the middle of a training; the profile looks at the network and not at its evaluation.
    StateSnapshot snapshot =
        new StateSnapshot(
            0,
            1,
            network,
            StateSnapshot.View.TRAINING,
            new Evaluation(
                network.trace(1),
                new Targets.Values(new double[1], 1),
                new Evaluation.Score(Double.NaN, Double.NaN)),
            null);
    return () -> profile.observe(snapshot);
  }

  private static void accept(Reading reading) {
    require(reading.status());
  }

  private static void require(Status status) {
    if (status != Status.OK) {
      throw new IllegalStateException("expected a coupling, found " + status);
    }
  }
}
