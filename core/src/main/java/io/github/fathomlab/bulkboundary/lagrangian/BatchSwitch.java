package io.github.fathomlab.bulkboundary.lagrangian;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.kernels.ScalarActivations;
import io.github.fathomlab.network.Loss;
import java.util.List;

/**
 * What a switch of batch and masks injects at fixed parameters, split over input, masks and
 * targets.
 *
 * <pre>
 *   I = ℓ(B_{k+1},ξ_{k+1}) - ℓ(B_k,ξ_k) = 𝒥_0 + Σ_m ⟨t_m, Δmask_m ∘ q̄_m⟩ + ⟨∂̄ℓ/∂y, Δy⟩,
 *   q_m = σ(z_m),  s_m = mask_m ∘ q_m,  t_m = W_mᵀ δ̄_{m+1},  δ̄_m = r_m ∘ mask̄_m ∘ t_m
 * </pre>
 *
 * with r the secant of σ, overbars means of the two states and 𝒥_m = ⟨δ̄_m, Δz_m⟩. Source:
 * bulk-boundary specification §3, §5; our derivation.
 *
 * <p>The sum is unique, the split is not: it depends on which old sample is paired with which new
 * one, here by their order. Instruments therefore record I alone. Cost: two passes through the
 * chain.
 *
 * @param current 𝒥_0, ..., 𝒥_M; 𝒥_0 is the work of the inputs
 * @param maskWork of s_0, ..., s_{M-1}
 * @param targetWork of the targets
 */
public record BatchSwitch(double[] current, double[] maskWork, double targetWork) {

  /**
   * A batch with its masks.
   *
   * @param inputs [B][n_0]
   * @param targets [B][n_M]
   * @param masks [M][B][n_m], factors of s_m; an empty mask is all ones
   */
  public record Masked(double[][] inputs, double[][] targets, List<double[][]> masks) {
    private double mask(int m, int a, int i) {
      return masks.get(m).length == 0 ? 1 : masks.get(m)[a][i];
    }
  }

  /** The split between two batches of the same size. */
  public static BatchSwitch between(
      Chain chain, Loss loss, List<LayerVector> layers, Masked before, Masked after) {
    int batch = before.inputs.length;
    double[] current = new double[chain.depth() + 1];
    double[] maskWork = new double[chain.depth()];
    double targetWork = 0;
    for (int a = 0; a < batch; a++) {
      Sample sample = new Sample(chain, layers, before, after, a);
      double[] mean = sample.outputSecant(loss);
      targetWork += sample.targetWork(loss) / batch;
      for (int m = chain.depth(); m >= 0; m--) {
        current[m] += SmallMatrices.dot(mean, sample.step[m]) / batch;
        if (m > 0) {
          double[] through = SmallMatrices.transposeTimes(layers.get(m - 1).w(), mean);
          maskWork[m - 1] += sample.maskWork(m - 1, through) / batch;
          mean = sample.below(m - 1, through);
        }
      }
    }
    return new BatchSwitch(current, maskWork, targetWork);
  }

  /** One pair of samples: z_m before, Δz_m, and q_m before with Δq_m. */
  private static final class Sample {
    final Chain chain;
    final Masked before;
    final Masked after;
    final int a;
    final double[][] z;
    final double[][] step;
    final double[][] q;
    final double[][] qStep;

    Sample(Chain chain, List<LayerVector> layers, Masked before, Masked after, int a) {
      this.chain = chain;
      this.before = before;
      this.after = after;
      this.a = a;
      int depth = chain.depth();
      z = new double[depth + 1][];
      step = new double[depth + 1][];
      q = new double[depth][];
      qStep = new double[depth][];
      z[0] = before.inputs[a];
      step[0] = SmallMatrices.plus(after.inputs[a], -1, z[0]);
      for (int m = 0; m < depth; m++) {
        q[m] = chain.sigma(m, z[m]);
        qStep[m] = new double[z[m].length];
        double[] s = new double[z[m].length];
        double[] sStep = new double[z[m].length];
        for (int i = 0; i < s.length; i++) {
          qStep[m][i] = secant(m, i) * step[m][i];
          s[i] = before.mask(m, a, i) * q[m][i];
          sStep[i] = meanMask(m, i) * qStep[m][i] + maskStep(m, i) * meanState(m, i);
        }
        z[m + 1] = layers.get(m).apply(s);
        step[m + 1] = SmallMatrices.times(layers.get(m).w(), sStep);
      }
    }

    private double secant(int m, int i) {
      return m == 0 && !chain.inputActivation()
          ? 1
          : ScalarActivations.secant(chain.activation(), z[m][i], step[m][i]);
    }

    private double meanMask(int m, int i) {
      return 0.5 * (before.mask(m, a, i) + after.mask(m, a, i));
    }

    private double maskStep(int m, int i) {
      return after.mask(m, a, i) - before.mask(m, a, i);
    }

    private double meanState(int m, int i) {
      return q[m][i] + 0.5 * qStep[m][i];
    }

    double maskWork(int m, double[] through) {
      double work = 0;
      for (int i = 0; i < through.length; i++) {
        work += through[i] * maskStep(m, i) * meanState(m, i);
      }
      return work;
    }

    double[] below(int m, double[] through) {
      double[] mean = new double[through.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = through[i] * meanMask(m, i) * secant(m, i);
      }
      return mean;
    }

    private double[] meanTargets() {
      return SmallMatrices.scaled(0.5, SmallMatrices.plus(before.targets[a], 1, after.targets[a]));
    }

    double[] outputSecant(Loss loss) {
      int width = z[chain.depth()].length;
      Kernels k = Kernels.of(Precision.FLOAT64);
      Matrix[] columns = new Matrix[4];
      double[][] contents = {z[chain.depth()], step[chain.depth()], meanTargets()};
      for (int c = 0; c < columns.length; c++) {
        columns[c] = k.zeros(width, 1);
        if (c < contents.length) {
          columns[c].setAll(contents[c]);
        }
      }
      loss.secant(columns[0], columns[1], columns[2], columns[3]);
      return columns[3].toArray();
    }

    /** ∂ℓ/∂y is y - z for the squared error and -z for the entropies, at the means. */
    double targetWork(Loss loss) {
      int top = chain.depth();
      double[] middle = SmallMatrices.plus(z[top], 0.5, step[top]);
      double[] partner =
          switch (loss) {
            case Loss.SquaredError _ -> SmallMatrices.plus(meanTargets(), -1, middle);
            case Loss.CrossEntropy _, Loss.Logistic _ -> SmallMatrices.scaled(-1, middle);
          };
      return SmallMatrices.dot(
          partner, SmallMatrices.plus(after.targets[a], -1, before.targets[a]));
    }
  }
}
