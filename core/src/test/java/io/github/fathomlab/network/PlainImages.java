package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.special.Erf;

/** What {@link PlainNetwork} does to images without parameters: [sample][channel][y][x]. */
final class PlainImages {
  private PlainImages() {}

  static double[][][][] activate(double[][][][] z, Activation f) {
    double[][][][] out = like(z);
    for (Place p : places(z)) {
      for (int i = 0; i < z[0].length; i++) {
        double n = z[p.n][i][p.y][p.x];
        out[p.n][i][p.y][p.x] =
            switch (f) {
              case Activation.Identity _ -> n;
              case Activation.Tanh _ -> Math.tanh(n);
              case Activation.LeakyRelu leaky -> Math.max(n, leaky.slope() * n);
              case Activation.Gelu _ -> n * 0.5 * Erf.erfc(-n / Math.sqrt(2));
            };
      }
    }
    return out;
  }

  static double[][][][] sum(double[][][][] skip, double scale, double[][][][] branch) {
    double[][][][] out = like(skip);
    for (Place p : places(skip)) {
      for (int i = 0; i < skip[0].length; i++) {
        out[p.n][i][p.y][p.x] = skip[p.n][i][p.y][p.x] + scale * branch[p.n][i][p.y][p.x];
      }
    }
    return out;
  }

  /** A sample and a pixel. */
  record Place(int n, int y, int x) {}

  static List<Place> places(double[][][][] z) {
    List<Place> places = new ArrayList<>();
    for (int n = 0; n < z.length; n++) {
      for (int y = 0; y < z[0][0].length; y++) {
        for (int x = 0; x < z[0][0][0].length; x++) {
          places.add(new Place(n, y, x));
        }
      }
    }
    return places;
  }

  static double[][][][] like(double[][][][] z) {
    return new double[z.length][z[0].length][z[0][0].length][z[0][0][0].length];
  }

  static double[][][][] input(Matrix matrix) {
    double[][][][] z = new double[matrix.columns()][matrix.rows()][1][1];
    for (int n = 0; n < z.length; n++) {
      for (int i = 0; i < z[0].length; i++) {
        z[n][i][0][0] = matrix.get(i, n);
      }
    }
    return z;
  }

  static double[][][][] image(double[][][][] z, ImageShape shape) {
    double[][][][] out = new double[z.length][shape.channels()][shape.height()][shape.width()];
    for (Place p : places(out)) {
      for (int i = 0; i < shape.channels(); i++) {
        int index = (i * shape.height() + p.y) * shape.width() + p.x;
        out[p.n][i][p.y][p.x] = z[p.n][index][0][0];
      }
    }
    return out;
  }

  /** Σ over channels and offsets, pixels outside counting as 0. */
  static double patch(double[][][] in, Matrix w, int o, int kernel, int cy, int cx) {
    double sum = 0;
    for (int i = 0; i < in.length; i++) {
      for (int ky = 0; ky < kernel; ky++) {
        for (int kx = 0; kx < kernel; kx++) {
          int y = cy + ky - kernel / 2;
          int x = cx + kx - kernel / 2;
          if (y >= 0 && y < in[i].length && x >= 0 && x < in[i][0].length) {
            sum += w.get(o, (i * kernel + ky) * kernel + kx) * in[i][y][x];
          }
        }
      }
    }
    return sum;
  }
}
