package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.springblock.LoadStatistics;
import io.github.fathomlab.springblock.chain.ChainDiagram;
import io.github.fathomlab.springblock.chain.ChainEnsemble;
import io.github.fathomlab.springblock.chain.ChainNoise;
import io.github.fathomlab.springblock.chain.ChainSpec;
import io.github.fathomlab.springblock.chain.DryFriction;
import java.util.function.Consumer;

/**
 * The diagram of a pulled chain of 7 blocks over friction μ_R and noise, from its mean field, with
 * and without mass, at μ_L/μ_R = 4/3; a few cells also from simulations; as nulls the same with μ_L
 * = μ_R and without friction.
 *
 * <p>Quantities, {@code step} = index of the friction, replica = index of the noise, for {@code
 * first} and {@code second} order: {@code chain.first_curvature} c = d_1 - d_7 (above 0 convex) and
 * {@code chain.first_tilt}, the relative tilt q; {@code chain.first_curvature_sampled}, mean over
 * simulated chains with its standard error; {@code chain.first_curvature_equal} of μ_L = μ_R;
 * {@code chain.first_curvature_frictionless} (step 0); {@code chain.first_friction} (replica 0) and
 * {@code chain.first_noise} (step 0), the axes.
 */
public final class ChainTopologyStudy implements Study {
  private static final double RATIO = 4.0 / 3;
  private static final double TOLERANCE = 1e-9;
  private static final long SEED = 2407;

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    int perOctave = quick ? 1 : 2;
    int copies = quick ? 100 : 400;
    for (ChainSetting setting : ChainSetting.values()) {
      double[] amplitudes = setting.amplitudes(perOctave);
      for (int i = 0; i < setting.frictions.length; i++) {
        double friction = setting.frictions[i];
        sink.accept(Reading.ofNetwork(setting.prefix + "friction", i, 0, friction));
      }
      for (int j = 0; j < amplitudes.length; j++) {
        sink.accept(Reading.ofNetwork(setting.prefix + "noise", 0, j, amplitudes[j]));
      }
      ChainDiagram diagram = diagram(setting, RATIO, setting.frictions, amplitudes);
      curvatures(setting, "curvature", diagram, sink);
      tilts(setting, diagram, sink);
      ChainDiagram equal = diagram(setting, 1, setting.frictions, amplitudes);
      curvatures(setting, "curvature_equal", equal, sink);
      ChainDiagram frictionless = diagram(setting, RATIO, new double[] {0}, amplitudes);
      curvatures(setting, "curvature_frictionless", frictionless, sink);
      for (int octave = setting.sampled; octave <= setting.sampled + 1; octave++) {
        int j = octave * perOctave;
        sink.accept(sampled(setting, j, amplitudes[j], copies));
      }
    }
  }

  private static ChainDiagram diagram(
      ChainSetting setting, double ratio, double[] frictions, double[] amplitudes) {
    return ChainDiagram.of(
        setting.chain, setting.duration, ratio, frictions, amplitudes, TOLERANCE);
  }

  private static void curvatures(
      ChainSetting setting, String name, ChainDiagram diagram, Consumer<Reading> sink) {
    for (int i = 0; i < diagram.frictions().length; i++) {
      for (int j = 0; j < diagram.amplitudes().length; j++) {
        double c = diagram.cells()[i][j].statistics().curvature();
        sink.accept(Reading.ofNetwork(setting.prefix + name, i, j, c));
      }
    }
  }

  private static void tilts(ChainSetting setting, ChainDiagram diagram, Consumer<Reading> sink) {
    for (int i = 0; i < diagram.frictions().length; i++) {
      for (int j = 0; j < diagram.amplitudes().length; j++) {
        double q = diagram.cells()[i][j].statistics().relativeTilt();
        sink.accept(Reading.ofNetwork(setting.prefix + "tilt", i, j, q));
      }
    }
  }

  private static Reading sampled(ChainSetting setting, int j, double amplitude, int copies) {
    double friction = setting.frictions[setting.sampled];
    ChainSpec chain =
        setting
            .chain
            .with(new DryFriction(friction, RATIO * friction))
            .with(new ChainNoise(amplitude, false, setting.chain.noise().decay()));
    ChainEnsemble ensemble =
        new ChainEnsemble(chain, ChainEnsemble.schemeFor(chain), setting.step, copies, SEED);
    ensemble.advance(Math.round(setting.duration / setting.step));
    double[] c = ensemble.statistics().stream().mapToDouble(LoadStatistics::curvature).toArray();
    double mean = 0;
    for (double value : c) {
      mean += value / copies;
    }
    double squares = 0;
    for (double value : c) {
      squares += (value - mean) * (value - mean);
    }
    return new Reading(
        setting.prefix + "curvature_sampled",
        setting.sampled,
        Reading.WHOLE_NETWORK,
        "",
        j,
        mean,
        Status.OK,
        Math.sqrt(squares / (copies - 1.0) / copies));
  }
}
