package io.github.fathomlab.bulkboundary.lagrangian;

/**
 * A vector in the space (W, z) of one sample, in which the neurons take the place of the biases:
 * position, velocity, acceleration, momentum or force.
 *
 * @param w component W_m [M][n_{m+1}][n_m]
 * @param z component z_m [M+1][n_m]; z_0 is the input, no coordinate
 */
public record NeuronCoordinates(double[][][] w, double[][] z) {

  /** The zero vector of a chain. */
  public static NeuronCoordinates zero(Chain chain) {
    return unpack(chain, new double[count(chain)], 0, new double[chain.widths().getFirst()]);
  }

  /** The number of coordinates: all weights and z_1, ..., z_M; equal to that of parameters. */
  public static int count(Chain chain) {
    return chain.parameterCount();
  }

  /** The coordinates in one array: W_0 by rows, W_1, ..., z_1, ..., z_M. */
  public double[] pack() {
    int count = 0;
    for (int m = 0; m < w.length; m++) {
      count += w[m].length * (w[m][0].length + 1);
    }
    double[] packed = new double[count];
    int at = 0;
    for (double[][] weights : w) {
      for (double[] row : weights) {
        System.arraycopy(row, 0, packed, at, row.length);
        at += row.length;
      }
    }
    for (int m = 1; m < z.length; m++) {
      System.arraycopy(z[m], 0, packed, at, z[m].length);
      at += z[m].length;
    }
    return packed;
  }

  /** The vector that was packed from an offset on, with the given z_0. */
  public static NeuronCoordinates unpack(Chain chain, double[] packed, int offset, double[] z0) {
    int depth = chain.depth();
    double[][][] w = new double[depth][][];
    double[][] z = new double[depth + 1][];
    int at = offset;
    for (int m = 0; m < depth; m++) {
      w[m] = new double[chain.widths().get(m + 1)][chain.widths().get(m)];
      for (double[] row : w[m]) {
        System.arraycopy(packed, at, row, 0, row.length);
        at += row.length;
      }
    }
    z[0] = z0.clone();
    for (int m = 1; m <= depth; m++) {
      z[m] = new double[chain.widths().get(m)];
      System.arraycopy(packed, at, z[m], 0, z[m].length);
      at += z[m].length;
    }
    return new NeuronCoordinates(w, z);
  }

  /** this + c·other, z_0 kept. */
  NeuronCoordinates plus(double c, NeuronCoordinates other) {
    double[][][] sumW = new double[w.length][][];
    double[][] sumZ = new double[z.length][];
    sumZ[0] = z[0];
    for (int m = 0; m < w.length; m++) {
      sumW[m] = SmallMatrices.plus(w[m], c, other.w[m]);
      sumZ[m + 1] = SmallMatrices.plus(z[m + 1], c, other.z[m + 1]);
    }
    return new NeuronCoordinates(sumW, sumZ);
  }
}
