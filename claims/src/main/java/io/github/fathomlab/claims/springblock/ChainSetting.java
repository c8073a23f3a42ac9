package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.springblock.chain.ChainNoise;
import io.github.fathomlab.springblock.chain.ChainSpec;

/** The two chains whose diagrams are drawn, by the order of their motion. */
enum ChainSetting {
  /** k = 1, T = 100, ε̄ from half the lowest to twice the highest friction. */
  FIRST(
      "first",
      ChainSpec.firstOrder().with(ChainNoise.none()),
      100,
      0.01,
      new double[] {0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32},
      0.0025,
      8,
      4),

  /** k = 0.1, T = 700, independent noise that fades with λ = 0.001. */
  SECOND(
      "second",
      ChainSpec.secondOrder().with(new ChainNoise(0, false, 0.001)),
      700,
      0.05,
      new double[] {0.0005, 0.001, 0.002, 0.003, 0.006, 0.012},
      0.000375,
      5,
      3);

  /** Every quantity of this chain begins so. */
  final String prefix;

  final ChainSpec chain;
  final double duration;

  /** h of the simulations. */
  final double step;

  final double[] frictions;
  private final double lowestNoise;
  private final int octaves;

  /** Row, and octave of the first of two columns, that are simulated. */
  final int sampled;

  ChainSetting(
      String word,
      ChainSpec chain,
      double duration,
      double step,
      double[] frictions,
      double lowestNoise,
      int octaves,
      int sampled) {
    this.prefix = "chain." + word + "_";
    this.chain = chain;
    this.duration = duration;
    this.step = step;
    this.frictions = frictions;
    this.lowestNoise = lowestNoise;
    this.octaves = octaves;
    this.sampled = sampled;
  }

  /** Amplitudes in equal ratios. */
  double[] amplitudes(int perOctave) {
    double[] amplitudes = new double[octaves * perOctave + 1];
    for (int j = 0; j < amplitudes.length; j++) {
      amplitudes[j] = lowestNoise * StrictMath.pow(2, (double) j / perOctave);
    }
    return amplitudes;
  }
}
