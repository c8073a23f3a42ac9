package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Dropout;
import io.github.fathomlab.kernels.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The forward pass in its modes against a second one, written over rows of samples without kernels.
 */
class EvaluationTest {
  private static final double TOLERANCE = 1e-12;

  static List<NetworkCase> cases() {
    return NetworkCase.mlps();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyModeIsWhatItSays(NetworkCase c) {
    SplittableRandom random = new SplittableRandom(c.seed() + 5);
    for (ParameterTensor tensor : c.network().statisticTensors()) {
      boolean variance = tensor.name().startsWith("variance");
      Matrix view = tensor.of(c.network().statistics());
      NetworkCase.fill(view, random, 0, 0.5);
      for (int i = 0; variance && i < view.columns(); i++) {
        view.set(0, i, 0.5 + Math.abs(view.get(0, i)));
      }
    }
    double[] statistics = c.network().statistics().toArray();
    for (Pass pass :
        List.of(Pass.evaluation(), Pass.batchStatisticsOnly(), new Pass(true, false, true, 99))) {
      c.network().forward(c.trace(), pass);
      double[][] expected = plainForward(c, pass);
      for (int i = 0; i < expected.length; i++) {
        for (int j = 0; j < expected[i].length; j++) {
          double scale = Math.max(1, Math.abs(expected[i][j]));
          assertEquals(expected[i][j], c.trace().output().get(i, j), TOLERANCE * scale);
        }
      }
      assertArrayEquals(statistics, c.network().statistics().toArray());
    }
  }

  /** As PyTorch: r := 0.9 r + 0.1 s, with the bias in the mean and the unbiased variance. */
  @Test
  void runningStatisticsFollowTheBatches() {
    for (NetworkCase c : NetworkCase.mlps()) {
      double[] mean = new double[64];
      double[] variance = new double[64];
      Arrays.fill(variance, 1);
      if (!c.mlp().batchNorm() || c.mlp().inputNorm()) {
        continue;
      }
      int width = c.mlp().widths().get(1);
      for (int step = 0; step < 3; step++) {
        NetworkCase.fill(c.trace().input(), new SplittableRandom(step), 1, 2);
        c.network().forward(c.trace(), Pass.training(step));
        for (int r = 0; r < width; r++) {
          double[] z = new double[c.trace().batch()];
          for (int j = 0; j < z.length; j++) {
            z[j] =
                ((RowTrace) c.trace().layers[0]).affine().get(r, j)
                    + (c.mlp().bias() ? named(c, "b_0").get(0, r) : 0);
          }
          double m = Arrays.stream(z).average().orElseThrow();
          double squares = Arrays.stream(z).map(x -> (x - m) * (x - m)).sum();
          mean[r] = 0.9 * mean[r] + 0.1 * m;
          variance[r] = 0.9 * variance[r] + 0.1 * squares / (z.length - 1);
        }
      }
      Matrix running = c.network().statistics();
      for (ParameterTensor tensor : c.network().statisticTensors()) {
        for (int r = 0; tensor.layer() == 0 && r < width; r++) {
          double expected = tensor.name().startsWith("mean") ? mean[r] : variance[r];
          assertEquals(
              expected, tensor.of(running).get(0, r), TOLERANCE * (1 + Math.abs(expected)));
        }
      }
    }
  }

  @Test
  void masksFollowTheKeyAlone() {
    MlpSpec spec =
        new MlpSpec(
            List.of(4, 9, 9, 3),
            new Activation.Tanh(),
            false,
            false,
            0.3,
            true,
            new Initialisation.He());
    NetworkCase c =
        NetworkCase.create(spec, new Loss.SquaredError(), new DoubleKernels(true), 6, 1);
    c.network().forward(c.trace(), new Pass(false, false, true, 5));
    double[] first = c.trace().output().toArray();
    c.network().forward(c.trace(), new Pass(false, false, true, 6));
    double[] other = c.trace().output().toArray();
    c.network().forward(c.trace(), new Pass(false, false, true, 5));
    assertArrayEquals(first, c.trace().output().toArray());
    assertTrue(!Arrays.equals(first, other));
  }

  @Test
  void derivativesOfANormalisedLayerNeedBatchStatistics() {
    NetworkCase c =
        NetworkCase.mlps().stream().filter(n -> n.mlp().batchNorm()).findFirst().orElseThrow();
    c.network().forward(c.trace(), Pass.evaluation());
    assertThrows(IllegalStateException.class, () -> c.network().backward(c.trace()));
    assertThrows(IllegalStateException.class, () -> c.network().tangent(c.trace(), c.direction(1)));
    assertThrows(
        IllegalStateException.class,
        () ->
            c.network()
                .secant(
                    c.trace(), FiniteStep.of(c.network(), c.direction(1)), c.loss(), c.targets()));
  }

  /** The network again: one array of samples per feature. */
  private static double[][] plainForward(NetworkCase c, Pass pass) {
    double[][] state = rows(c.trace().input());
    int m = 0;
    if (c.mlp().inputNorm()) {
      normalise(c, pass, m, state, new double[state.length]);
      m++;
    }
    int affine = c.mlp().widths().size() - 1;
    for (int i = 0; i < affine; i++) {
      boolean last = i == affine - 1;
      double[] bias = new double[c.mlp().widths().get(i + 1)];
      if (c.mlp().bias()) {
        bias = named(c, "b_" + i).toArray();
      }
      state = affine(named(c, "W_" + i), bias, state);
      if (!last) {
        if (c.mlp().batchNorm()) {
          normalise(c, pass, m, state, bias);
        }
        long key = CounterRandom.key(pass.key(), m);
        boolean masked = pass.dropout() && c.mlp().dropout() > 0;
        Dropout mask = new Dropout(masked ? c.mlp().dropout() : 0, key);
        for (int r = 0; r < state.length; r++) {
          for (int j = 0; j < state[r].length; j++) {
            double kept = mask.keeps(r, j) ? mask.scale() : 0;
            state[r][j] = kept * value(c.mlp().activation(), state[r][j]);
          }
        }
      }
      m++;
    }
    return state;
  }

  private static double[][] affine(Matrix w, double[] bias, double[][] in) {
    double[][] out = new double[w.rows()][in[0].length];
    for (int r = 0; r < out.length; r++) {
      for (int j = 0; j < out[r].length; j++) {
        out[r][j] = bias[r];
        for (int i = 0; i < in.length; i++) {
          out[r][j] += w.get(r, i) * in[i][j];
        }
      }
    }
    return out;
  }

  private static void normalise(NetworkCase c, Pass pass, int m, double[][] state, double[] bias) {
    for (int r = 0; r < state.length; r++) {
      double[] row = state[r];
      double mean = statistic(c, "mean_" + m).get(0, r);
      double variance = statistic(c, "variance_" + m).get(0, r);
      if (pass.batchStatistics()) {
        double average = Arrays.stream(row).average().orElseThrow();
        mean = average;
        variance = Arrays.stream(row).map(x -> (x - average) * (x - average)).sum() / row.length;
      }
      double gamma = named(c, "gamma_" + m).get(0, r);
      double beta = named(c, "beta_" + m).get(0, r);
      for (int j = 0; j < row.length; j++) {
        row[j] = gamma * (row[j] - mean) / Math.sqrt(variance + 1e-5) + beta;
      }
    }
  }

  private static double value(Activation f, double n) {
    return switch (f) {
      case Activation.Identity _ -> n;
      case Activation.Tanh _ -> Math.tanh(n);
      case Activation.LeakyRelu leaky -> Math.max(n, leaky.slope() * n);
      case Activation.Gelu _ -> n * 0.5 * Erf.erfc(-n / Math.sqrt(2));
    };
  }

  private static double[][] rows(Matrix matrix) {
    double[][] rows = new double[matrix.rows()][matrix.columns()];
    for (int r = 0; r < rows.length; r++) {
      for (int j = 0; j < rows[r].length; j++) {
        rows[r][j] = matrix.get(r, j);
      }
    }
    return rows;
  }

  private static Matrix named(NetworkCase c, String name) {
    return find(c.network().tensors(), name).of(c.theta());
  }

  private static Matrix statistic(NetworkCase c, String name) {
    return find(c.network().statisticTensors(), name).of(c.network().statistics());
  }

  private static ParameterTensor find(List<ParameterTensor> tensors, String name) {
    return tensors.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }
}
