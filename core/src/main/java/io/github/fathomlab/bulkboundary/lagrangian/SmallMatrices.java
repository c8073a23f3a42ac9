package io.github.fathomlab.bulkboundary.lagrangian;

/** The few products of small matrices [rows][columns] and vectors that the theory is written in. */
final class SmallMatrices {
  private SmallMatrices() {}

  /** A x. */
  static double[] times(double[][] a, double[] x) {
    double[] y = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      y[i] = dot(a[i], x);
    }
    return y;
  }

  /** Aᵀ y. */
  static double[] transposeTimes(double[][] a, double[] y) {
    double[] x = new double[a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < x.length; j++) {
        x[j] += a[i][j] * y[i];
      }
    }
    return x;
  }

  /** A + c y xᵀ. */
  static double[][] plusOuter(double[][] a, double c, double[] y, double[] x) {
    double[][] sum = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      sum[i] = plus(a[i], c * y[i], x);
    }
    return sum;
  }

  /** A + c B. */
  static double[][] plus(double[][] a, double c, double[][] b) {
    double[][] sum = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      sum[i] = plus(a[i], c, b[i]);
    }
    return sum;
  }

  /** x + c y. */
  static double[] plus(double[] x, double c, double[] y) {
    double[] sum = x.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += c * y[i];
    }
    return sum;
  }

  /** c A. */
  static double[][] scaled(double c, double[][] a) {
    double[][] product = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      product[i] = scaled(c, a[i]);
    }
    return product;
  }

  /** c x. */
  static double[] scaled(double c, double[] x) {
    return plus(new double[x.length], c, x);
  }

  /** x ∘ y. */
  static double[] hadamard(double[] x, double[] y) {
    double[] product = x.clone();
    for (int i = 0; i < product.length; i++) {
      product[i] *= y[i];
    }
    return product;
  }

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** Σ A_ij B_ij. */
  static double dot(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += dot(a[i], b[i]);
    }
    return sum;
  }

  /** max |x_i - y_i|. */
  static double distance(double[] x, double[] y) {
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i] - y[i]));
    }
    return largest;
  }
}
