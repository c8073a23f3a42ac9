package io.github.fathomlab.springblock.chain;

import java.util.ArrayList;
import java.util.List;

/**
 * One run of one chain by the method that is right for it, or as the published programs do it.
 *
 * <p>Without noise the motion is exact ({@link EventDrivenChain}) and the step only says when to
 * look; with noise the step is that of the integrator ({@link ChainEnsemble}).
 *
 * @param chain what moves
 * @param duration T, zero or more
 * @param step h, positive; the run ends at the whole number of steps nearest to T
 * @param seed of the noise
 * @param compatible whether to integrate as the published programs do, with or without noise: Euler
 *     in first order, {@link Scheme#AUTHORS_SRI2}, which creeps, in second
 */
public record ChainRun(
    ChainSpec chain, double duration, double step, long seed, boolean compatible) {
  private static final long MOST_STEPS = 10_000_000_000L;

  public ChainRun {
    if (!(step > 0 && Double.isFinite(step) && duration >= 0)) {
      throw new IllegalArgumentException(
          "a run needs a step > 0 and a duration >= 0, found step %s and duration %s"
              .formatted(step, duration));
    }
    if (!(duration / step <= MOST_STEPS)) {
      throw new IllegalArgumentException(
          "a run has at most %d steps, found a duration of %s in steps of %s; use a longer step"
              .formatted(MOST_STEPS, duration, step));
    }
    if (duration > 0 && Math.round(duration / step) == 0) {
      throw new IllegalArgumentException(
          "the step must not exceed the duration, found step %s and duration %s"
              .formatted(step, duration));
    }
  }

  /** The motion, looked at when it begins and at most the given number of evenly spread times. */
  public ChainMotion motion(int looks) {
    long steps = Math.round(duration / step);
    long stride = Math.max(1, -Math.floorDiv(-steps, looks));
    int count = (int) -Math.floorDiv(-steps, stride) + 1;
    long[] at = new long[count];
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      at[i] = Math.min(i * stride, steps);
      times[i] = at[i] * step;
    }
    boolean exact = chain.noise().amplitude() == 0 && !compatible;
    return exact ? EventDrivenChain.run(chain, times) : stepwise(at, times);
  }

  private ChainMotion stepwise(long[] at, double[] times) {
    boolean creeping = compatible && chain.inertia() instanceof Inertia.Massive;
    Scheme scheme = creeping ? Scheme.AUTHORS_SRI2 : ChainEnsemble.schemeFor(chain);
    ChainEnsemble one = new ChainEnsemble(chain, scheme, step, 1, seed);
    List<ChainState> states = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      one.advance(i == 0 ? 0 : at[i] - at[i - 1]);
      states.add(one.state(0));
    }
    return new ChainMotion(chain, times, states, List.of(), null);
  }
}
