package io.github.fathomlab.springblock.chain;

/**
 * The motion of neighbouring blocks that all slide, between two ends that rest or follow the pull.
 *
 * <pre>
 *   s_j(i) = sqrt(2/(n+1)) sin(π i j/(n+1)),   λ_j = 4 sin²(π j/(2(n+1))),   x_i = Σ_j s_j(i) p_j(t)
 * </pre>
 *
 * <p>Symbols: n blocks, i and j from 1 to n, p_j a {@link SineMode}. Cost: O(n²) per evaluation.
 */
final class SlidingRun {
  private final int first;
  private final double[][] shapes; // [mode x block]
  private final SineMode[] modes;
  private final double[] state = new double[2];

  /**
   * Blocks first..end-1 of a chain from their state at a time.
   *
   * @param contacts of all blocks, for the friction of each
   */
  SlidingRun(
      ChainSpec chain, Contact[] contacts, int first, int end, double begin, ChainState from) {
    this.first = first;
    int count = end - first;
    double k = chain.stiffness();
    boolean atPull = end == chain.blocks();
    Pull.Cyclic cyclic = atPull && chain.pull() instanceof Pull.Cyclic c ? c : null;
    double[] force = new double[count];
    for (int i = 0; i < count; i++) {
      force[i] = -chain.friction().against(contacts[first + i]);
    }
    force[0] += first == 0 ? 0 : k * from.positions()[first - 1];
    double right = atPull ? chain.pull().at(begin) : from.positions()[end];
    force[count - 1] += k * (cyclic == null ? right : cyclic.mean());
    shapes = new double[count][count];
    modes = new SineMode[count];
    for (int j = 0; j < count; j++) {
      double[] shape = shapes[j];
      double b = 0;
      double p = 0;
      double u = 0;
      for (int i = 0; i < count; i++) {
        shape[i] = Math.sqrt(2.0 / (count + 1)) * sine((long) (i + 1) * (j + 1), count + 1);
        b += shape[i] * force[i];
        p += shape[i] * from.positions()[first + i];
        u += shape[i] * from.velocities()[first + i];
      }
      double drive = cyclic == null ? 0 : k * cyclic.amplitude() * shape[count - 1];
      double frequency = cyclic == null ? 0 : cyclic.frequency();
      double stiffness = k * eigenvalue(j + 1, count);
      modes[j] = new SineMode(chain.inertia(), stiffness, b, drive, frequency, begin, p, u);
    }
  }

  /** sin(π a/b) with the argument reduced in integers. */
  private static double sine(long a, int b) {
    return Math.sin(Math.PI * (a % (2L * b)) / b);
  }

  /** λ_j of n blocks between fixed ends. */
  static double eigenvalue(int mode, int count) {
    double half = Math.sin(Math.PI * mode / (2.0 * (count + 1)));
    return 4 * half * half;
  }

  /** Writes positions and velocities at a time to their places in the chain. */
  void at(double time, double[] positions, double[] velocities) {
    int count = modes.length;
    for (int i = 0; i < count; i++) {
      positions[first + i] = 0;
      velocities[first + i] = 0;
    }
    for (int j = 0; j < count; j++) {
      modes[j].at(time, state);
      for (int i = 0; i < count; i++) {
        positions[first + i] += shapes[j][i] * state[0];
        velocities[first + i] += shapes[j][i] * state[1];
      }
    }
  }
}
