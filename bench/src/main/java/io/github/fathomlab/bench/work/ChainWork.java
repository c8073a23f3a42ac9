package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import io.github.fathomlab.springblock.chain.ChainEnsemble;
import io.github.fathomlab.springblock.chain.ChainNoise;
import io.github.fathomlab.springblock.chain.ChainSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * CPU time per block and step of the spring-block chain with independent noise, normals included:
 * one chain and many side by side, with and without mass.
 */
final class ChainWork {
  private static final int MANY = 48;

  private ChainWork() {}

  static Map<String, Spread> measure(Options options) {
    ChainSpec second = ChainSpec.secondOrder().with(ChainNoise.independent(0.003));
    return Map.of(
        "one", perBlock(second, 0.05, 1, options),
        "many", perBlock(second, 0.05, MANY, options),
        "oneMassless", perBlock(ChainSpec.firstOrder(), 0.01, 1, options),
        "manyMassless", perBlock(ChainSpec.firstOrder(), 0.01, MANY, options));
  }

  private static Spread perBlock(ChainSpec chain, double step, int chains, Options options) {
    ChainEnsemble ensemble =
        new ChainEnsemble(chain, ChainEnsemble.schemeFor(chain), step, chains, 1);
    int steps = options.get("steps", 400_000) / chains;
    Timing.warmUp(options.get("warm", 1000), () -> ensemble.advance(steps));
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < options.get("chunks", 20); i++) {
      times.add(Timing.of(() -> ensemble.advance(steps)).cpu());
    }
    return Spread.ofTimes(times).times(1.0 / ((double) steps * chain.blocks() * chains));
  }
}
