package io.github.fathomlab.network;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Dropout;
import io.github.fathomlab.kernels.Matrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The forward pass of every kind of network a second time: loops over samples, channels, rows and
 * columns of images, and no kernel, patch or view. Vectors are images of one pixel.
 */
final class PlainNetwork {
  private final NetworkCase c;
  private final Pass pass;

  /** The state that leaves every layer: [sample][channel][y][x]. */
  final List<double[][][][]> states = new ArrayList<>();

  /** Running statistics after the pass, by name. */
  final Map<String, double[]> statistics = new HashMap<>();

  private int affines;
  private int norms;
  private int masks;

  PlainNetwork(NetworkCase c, Pass pass) {
    this.c = c;
    this.pass = pass;
    double[][][][] z = PlainImages.input(c.trace().input());
    switch (c.spec()) {
      case MlpSpec mlp -> mlp(mlp, z);
      case ResidualSpec residual -> residual(residual, z);
      case ConvolutionSpec convolution -> convolution(convolution, z);
      case TokenSpec tokens -> tokens(tokens, z);
    }
  }

  private void mlp(MlpSpec spec, double[][][][] input) {
    double[][][][] z = spec.inputNorm() ? leave(batchNorm(input)) : input;
    int last = spec.widths().size() - 1;
    for (int i = 1; i < last; i++) {
      z = dense(z, spec.widths().get(i), spec.bias());
      masks = spec.norm() == NetworkSpec.Norm.LAYER ? 1 : 0;
      z = norm(z, spec.norm());
      if (!spec.linear().contains(i)) {
        z = PlainImages.activate(z, spec.activation());
      }
      z = leave(drop(z, spec.dropout()));
    }
    leave(dense(z, spec.widths().get(last), spec.bias()));
  }

  private void residual(ResidualSpec spec, double[][][][] input) {
    double[][][][] z = spec.inputNorm() ? leave(batchNorm(input)) : input;
    z = leave(dense(z, spec.width(), spec.bias()));
    for (int i = 0; i < spec.blocks(); i++) {
      double[][][][] branch = norm(z, spec.norm());
      if (spec.inner() > 0) {
        masks = spec.norm() == NetworkSpec.Norm.BATCH ? 1 : 0;
        branch = dense(branch, spec.inner(), spec.bias());
      }
      branch = drop(PlainImages.activate(branch, spec.activation()), spec.dropout());
      z = leave(PlainImages.sum(z, spec.scale(), dense(branch, spec.width(), spec.bias())));
    }
    leave(dense(z, spec.outputs(), spec.bias()));
  }

  private void tokens(TokenSpec spec, double[][][][] input) {
    double[][][][] z = leave(dense(input, spec.width(), false));
    for (int i = 0; i < spec.blocks(); i++) {
      double[][][][] branch = spec.blockNorm() ? norm(z, NetworkSpec.Norm.LAYER) : z;
      branch = PlainImages.activate(dense(branch, spec.inner(), true), spec.activation());
      z = leave(PlainImages.sum(z, 1, dense(branch, spec.width(), true)));
    }
    leave(dense(spec.finalNorm() ? norm(z, NetworkSpec.Norm.LAYER) : z, spec.outputs(), true));
  }

  private void convolution(ConvolutionSpec spec, double[][][][] input) {
    double[][][][] z =
        PlainImages.image(spec.inputNorm() ? leave(batchNorm(input)) : input, spec.image());
    for (int i = 0; i < spec.stages().size(); i++) {
      ConvolutionSpec.Stage stage = spec.stages().get(i);
      double[][][][] first =
          norm(convolve(z, spec, stage.channels(), spec.kernel(), stage.stride()), spec.norm());
      int alone = spec.norm() == NetworkSpec.Norm.LAYER ? 1 : 0;
      masks = alone;
      first = drop(PlainImages.activate(first, spec.activation()), spec.dropout());
      if (spec.residual() && i > 0) {
        double[][][][] second =
            norm(convolve(first, spec, stage.channels(), spec.kernel(), 1), spec.norm());
        boolean same = stage.stride() == 1 && z[0].length == stage.channels();
        boolean onePixel = z[0][0].length == 1 && z[0][0][0].length == 1;
        double[][][][] kept = z;
        if (!same && !(onePixel && z[0].length == stage.channels())) {
          kept = norm(convolve(z, spec, stage.channels(), 1, stage.stride()), spec.norm());
          masks++;
        }
        masks = masks + 1;
        z =
            leave(
                drop(
                    PlainImages.activate(PlainImages.sum(kept, 1, second), spec.activation()),
                    spec.dropout()));
      } else {
        z = leave(first);
      }
    }
    leave(dense(z, spec.outputs(), spec.bias()));
  }

  private double[][][][] leave(double[][][][] z) {
    states.add(z);
    norms = 0;
    masks = 0;
    return z;
  }

  private double[][][][] convolve(
      double[][][][] in, ConvolutionSpec spec, int channels, int kernel, int stride) {
    Matrix w = parameter("W_" + affines);
    Matrix b = spec.bias() ? parameter("b_" + affines) : null;
    affines++;
    int height = (in[0][0].length - 1) / stride + 1;
    int width = (in[0][0][0].length - 1) / stride + 1;
    double[][][][] out = new double[in.length][channels][height][width];
    for (int n = 0; n < in.length; n++) {
      for (int o = 0; o < channels; o++) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            out[n][o][y][x] =
                (b == null ? 0 : b.get(0, o))
                    + PlainImages.patch(in[n], w, o, kernel, y * stride, x * stride);
          }
        }
      }
    }
    return out;
  }

  /** Every output sees all numbers of a sample, channel by channel, row by row. */
  private double[][][][] dense(double[][][][] in, int outputs, boolean bias) {
    Matrix w = parameter("W_" + affines);
    Matrix b = bias ? parameter("b_" + affines) : null;
    affines++;
    double[][][][] out = new double[in.length][outputs][1][1];
    for (int n = 0; n < in.length; n++) {
      for (int o = 0; o < outputs; o++) {
        double sum = b == null ? 0 : b.get(0, o);
        int column = 0;
        for (double[][] channel : in[n]) {
          for (double[] row : channel) {
            for (double value : row) {
              sum += w.get(o, column++) * value;
            }
          }
        }
        out[n][o][0][0] = sum;
      }
    }
    return out;
  }

  private double[][][][] norm(double[][][][] z, NetworkSpec.Norm norm) {
    return switch (norm) {
      case NONE -> z;
      case BATCH -> batchNorm(z);
      case LAYER -> layerNorm(z);
    };
  }

  private String suffix() {
    int layer = states.size();
    int count = norms++;
    return count == 0 ? "" + layer : layer + "_" + count;
  }

  /** Mean and variance of a channel over samples and pixels, or the running ones. */
  private double[][][][] batchNorm(double[][][][] z) {
    String suffix = suffix();
    double[] means = statistic("mean_" + suffix);
    double[] variances = statistic("variance_" + suffix);
    double[][][][] out = PlainImages.like(z);
    int numbers = z.length * z[0][0].length * z[0][0][0].length;
    for (int i = 0; i < z[0].length; i++) {
      double mean = means[i];
      double variance = variances[i];
      if (pass.batchStatistics()) {
        mean = 0;
        variance = 0;
        for (PlainImages.Place p : PlainImages.places(z)) {
          mean += z[p.n()][i][p.y()][p.x()] / numbers;
        }
        for (PlainImages.Place p : PlainImages.places(z)) {
          variance += Math.pow(z[p.n()][i][p.y()][p.x()] - mean, 2) / numbers;
        }
      }
      if (pass.updatesStatistics()) {
        means[i] = 0.9 * means[i] + 0.1 * mean;
        variances[i] = 0.9 * variances[i] + 0.1 * variance * numbers / (numbers - 1);
      }
      double gamma = parameter("gamma_" + suffix).get(0, i);
      double beta = parameter("beta_" + suffix).get(0, i);
      for (PlainImages.Place p : PlainImages.places(z)) {
        out[p.n()][i][p.y()][p.x()] =
            gamma * (z[p.n()][i][p.y()][p.x()] - mean) / Math.sqrt(variance + 1e-5) + beta;
      }
    }
    statistics.put("mean_" + suffix, means);
    statistics.put("variance_" + suffix, variances);
    return out;
  }

  /** Mean and variance over the channels of one pixel of one sample. */
  private double[][][][] layerNorm(double[][][][] z) {
    String suffix = suffix();
    double[][][][] out = PlainImages.like(z);
    int channels = z[0].length;
    for (PlainImages.Place p : PlainImages.places(z)) {
      double mean = 0;
      double variance = 0;
      for (double[][] channel : z[p.n()]) {
        mean += channel[p.y()][p.x()] / channels;
      }
      for (double[][] channel : z[p.n()]) {
        variance += Math.pow(channel[p.y()][p.x()] - mean, 2) / channels;
      }
      for (int i = 0; i < channels; i++) {
        double normal = (z[p.n()][i][p.y()][p.x()] - mean) / Math.sqrt(variance + 1e-5);
        out[p.n()][i][p.y()][p.x()] =
            parameter("gamma_" + suffix).get(0, i) * normal + parameter("beta_" + suffix).get(0, i);
      }
    }
    return out;
  }

  /** The next mask of the layer; columns are counted pixel by pixel. */
  private double[][][][] drop(double[][][][] z, double rate) {
    int id = states.size() + (masks++ << 16);
    if (rate == 0 || !pass.dropout()) {
      return z;
    }
    Dropout mask = new Dropout(rate, CounterRandom.key(pass.key(), id));
    double[][][][] out = PlainImages.like(z);
    for (PlainImages.Place p : PlainImages.places(z)) {
      int column = (p.y() * z[0][0][0].length + p.x()) * z.length + p.n();
      for (int i = 0; i < z[0].length; i++) {
        double kept = mask.keeps(i, column) ? mask.scale() : 0;
        out[p.n()][i][p.y()][p.x()] = kept * z[p.n()][i][p.y()][p.x()];
      }
    }
    return out;
  }

  private Matrix parameter(String name) {
    return find(c.network().tensors(), name).of(c.theta());
  }

  private double[] statistic(String name) {
    return find(c.network().statisticTensors(), name).of(c.network().statistics()).toArray();
  }

  private static ParameterTensor find(List<ParameterTensor> tensors, String name) {
    return tensors.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }
}
