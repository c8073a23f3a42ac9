package io.github.fathomlab.kernels;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fast kernels: OpenBLAS products and element-wise passes in the Vector API.
 *
 * <p>This class unpacks matrices into arrays and walks over rows; what happens to one row is in
 * {@link FloatRows}, the optimizers are in {@link FloatSteps}.
 */
final class FloatKernels implements Kernels {

  @Override
  public Precision precision() {
    return Precision.FLOAT32;
  }

  @Override
  public Matrix zeros(int rows, int columns) {
    int stride = Matrix.padded(columns);
    return new FloatMatrix(new float[rows * stride], 0, rows, columns, stride);
  }

  @Override
  public Matrix vector(int length) {
    return new FloatMatrix(new float[Matrix.padded(length)], 0, 1, length, length);
  }

  @Override
  public void multiply(
      boolean transposeA, Matrix a, boolean transposeB, Matrix b, double beta, Matrix c) {
    Shapes.requireProduct(transposeA, a, transposeB, b, c);
    OpenBlas.multiply(
        transposeA, (FloatMatrix) a, transposeB, (FloatMatrix) b, (float) beta, (FloatMatrix) c);
  }

  @Override
  public void combine(
      Matrix out,
      @Nullable Matrix a,
      Matrix x,
      @Nullable Matrix b,
      @Nullable Matrix y,
      @Nullable Matrix c,
      int from,
      int to) {
    for (int r = from; r < to; r++) {
      float ar = coefficient(a, r, 1);
      float cr = coefficient(c, r, 0);
      if (y == null) {
        FloatRows.affine(ar, data(x), row(x, r), cr, data(out), row(out, r), out.stride);
      } else {
        float br = coefficient(b, r, 1);
        FloatRows.combine(
            ar, data(x), row(x, r), br, data(y), row(y, r), cr, data(out), row(out, r), out.stride);
      }
    }
  }

  @Override
  public void moments(Matrix z, Matrix mean, Matrix variance, int from, int to) {
    float[] means = data(mean);
    float[] variances = data(variance);
    for (int r = from; r < to; r++) {
      float m = FloatRows.sum(data(z), row(z, r), z.columns) / z.columns;
      means[mean.offset + r] = m;
      variances[variance.offset + r] =
          FloatRows.sumOfSquares(data(z), row(z, r), m, z.columns) / z.columns;
    }
  }

  @Override
  public void sums(
      Matrix d, Matrix z, @Nullable Matrix mean, Matrix sum, Matrix dot, int from, int to) {
    float[] totals = data(sum);
    float[] dots = data(dot);
    for (int r = from; r < to; r++) {
      totals[sum.offset + r] = FloatRows.sum(data(d), row(d, r), d.columns);
      dots[dot.offset + r] =
          FloatRows.centredDot(
              data(d), row(d, r), data(z), row(z, r), coefficient(mean, r, 0), d.columns);
    }
  }

  @Override
  public void columnSums(Matrix d, Matrix z, Matrix sum, Matrix dot) {
    Arrays.fill(data(sum), sum.offset, sum.offset + Matrix.padded(d.columns), 0);
    Arrays.fill(data(dot), dot.offset, dot.offset + Matrix.padded(d.columns), 0);
    for (int r = 0; r < d.rows; r++) {
      FloatRows.addColumns(
          data(d),
          row(d, r),
          data(z),
          row(z, r),
          data(sum),
          sum.offset,
          data(dot),
          dot.offset,
          d.columns);
    }
  }

  @Override
  public void combineColumns(
      Matrix out, Matrix a, Matrix x, @Nullable Matrix b, @Nullable Matrix y, Matrix c) {
    for (int r = 0; r < out.rows; r++) {
      if (y == null || b == null) {
        FloatRows.scaleColumns(
            data(a),
            a.offset,
            data(x),
            row(x, r),
            data(c),
            c.offset,
            data(out),
            row(out, r),
            out.columns);
      } else {
        FloatRows.combineColumns(
            data(a),
            a.offset,
            data(x),
            row(x, r),
            data(b),
            b.offset,
            data(y),
            row(y, r),
            data(c),
            c.offset,
            data(out),
            row(out, r),
            out.columns);
      }
    }
  }

  @Override
  public void gatherBlocks(BlockMap map, Matrix source, Matrix target) {
    float[] from = data(source);
    float[] to = data(target);
    int batch = map.batch(source);
    for (int r = 0; r < map.rows(); r++) {
      for (int p = 0; p < target.columns / batch; p++) {
        int index = map.table()[r * map.positions() + map.from() + p];
        int place = row(target, r) + p * batch;
        if (index == BlockMap.NOWHERE) {
          Arrays.fill(to, place, place + batch, 0);
        } else {
          System.arraycopy(from, map.place(source, index), to, place, batch);
        }
      }
    }
  }

  @Override
  public void scatterBlocks(BlockMap map, Matrix source, Matrix target) {
    float[] from = data(source);
    float[] to = data(target);
    int batch = map.batch(target);
    for (int r = 0; r < map.rows(); r++) {
      for (int p = 0; p < source.columns / batch; p++) {
        int index = map.table()[r * map.positions() + map.from() + p];
        if (index != BlockMap.NOWHERE) {
          FloatRows.add(from, row(source, r) + p * batch, to, map.place(target, index), batch);
        }
      }
    }
  }

  @Override
  public void activate(
      Activation f,
      @Nullable Matrix a,
      Matrix z,
      @Nullable Matrix c,
      Matrix out,
      int from,
      int to) {
    for (int r = from; r < to; r++) {
      float ar = coefficient(a, r, 1);
      float cr = coefficient(c, r, 0);
      int zr = row(z, r);
      int or = row(out, r);
      int n = z.stride;
      switch (f) {
        case Activation.Identity _ -> FloatRows.affine(ar, data(z), zr, cr, data(out), or, n);
        case Activation.LeakyRelu leaky ->
            FloatRows.leaky((float) leaky.slope(), ar, data(z), zr, cr, data(out), or, n);
        case Activation.Tanh _ -> FloatRows.tanh(ar, data(z), zr, cr, data(out), or, n);
        case Activation.Gelu _ -> FloatRows.gelu(ar, data(z), zr, cr, data(out), or, n);
      }
    }
  }

  @Override
  public void slope(
      Activation f,
      @Nullable Matrix a,
      Matrix z,
      @Nullable Matrix c,
      Matrix d,
      Matrix out,
      int from,
      int to) {
    for (int r = from; r < to; r++) {
      float ar = coefficient(a, r, 1);
      float cr = coefficient(c, r, 0);
      int zr = row(z, r);
      int dr = row(d, r);
      int or = row(out, r);
      int n = z.stride;
      switch (f) {
        case Activation.Identity _ -> FloatRows.affine(1, data(d), dr, 0, data(out), or, n);
        case Activation.LeakyRelu leaky ->
            FloatRows.leakySlope(
                (float) leaky.slope(), ar, data(z), zr, cr, data(d), dr, data(out), or, n);
        case Activation.Tanh _ ->
            FloatRows.tanhSlope(ar, data(z), zr, cr, data(d), dr, data(out), or, n);
        case Activation.Gelu _ ->
            FloatRows.geluSlope(ar, data(z), zr, cr, data(d), dr, data(out), or, n);
      }
    }
  }

  @Override
  public void secant(
      Activation f,
      @Nullable Matrix a,
      Matrix z,
      @Nullable Matrix c,
      Matrix delta,
      Matrix out,
      int from,
      int to) {
    for (int r = from; r < to; r++) {
      float ar = coefficient(a, r, 1);
      float cr = coefficient(c, r, 0);
      int zr = row(z, r);
      int dr = row(delta, r);
      int or = row(out, r);
      int n = z.stride;
      switch (f) {
        case Activation.Identity _ -> FloatRows.affine(0, data(z), zr, 1, data(out), or, n);
        case Activation.LeakyRelu leaky ->
            FloatSecants.leaky(
                (float) leaky.slope(), ar, data(z), zr, cr, data(delta), dr, data(out), or, n);
        case Activation.Tanh _ ->
            FloatSecants.tanh(ar, data(z), zr, cr, data(delta), dr, data(out), or, n);
        case Activation.Gelu _ ->
            FloatSecants.gelu(ar, data(z), zr, cr, data(delta), dr, data(out), or, n);
      }
    }
  }

  @Override
  public void drop(Dropout dropout, Matrix x, int from, int to) {
    float scale = (float) dropout.scale();
    int threshold = dropout.threshold();
    for (int r = from; r < to; r++) {
      FloatRows.drop(dropout.rowKey(r), threshold, scale, data(x), row(x, r), x.stride);
    }
  }

  @Override
  public void multiplyElements(Matrix x, Matrix y, int from, int to) {
    for (int r = from; r < to; r++) {
      FloatRows.multiply(data(x), row(x, r), data(y), row(y, r), y.stride);
    }
  }

  @Override
  public double dot(Matrix x, Matrix y) {
    double sum = 0;
    for (int r = 0; r < x.rows; r++) {
      sum += FloatSteps.dot(data(x), row(x, r), data(y), row(y, r), x.columns, false);
    }
    return sum;
  }

  @Override
  public double absoluteDot(Matrix x, Matrix y) {
    double sum = 0;
    for (int r = 0; r < x.rows; r++) {
      sum += FloatSteps.dot(data(x), row(x, r), data(y), row(y, r), x.columns, true);
    }
    return sum;
  }

  @Override
  public void roundedStep(Matrix theta, Matrix u, int from, int to, Matrix step, Matrix middle) {
    FloatSteps.roundedStep(flat(theta), flat(u), from, to, flat(step), flat(middle));
  }

  @Override
  public void add(double alpha, Matrix x, Matrix y) {
    FloatSteps.add((float) alpha, data(x), x.offset, data(y), y.offset, y.columns);
  }

  @Override
  public double crossEntropy(Matrix output, Matrix targets, Matrix gradient) {
    return FloatLosses.crossEntropy(
        (FloatMatrix) output, (FloatMatrix) targets, (FloatMatrix) gradient);
  }

  @Override
  public double squaredError(Matrix output, Matrix targets, Matrix gradient) {
    return FloatLosses.squaredError(
        (FloatMatrix) output, (FloatMatrix) targets, (FloatMatrix) gradient);
  }

  @Override
  public void momentumStep(
      MomentumRule rule,
      Matrix f,
      Matrix g,
      Matrix buffer,
      Matrix theta,
      @Nullable Matrix u,
      int from,
      int to,
      @Nullable StepSums sums) {
    FloatSteps.momentum(
        rule,
        flat(f),
        flat(g),
        flat(buffer),
        flat(theta),
        u == null ? null : flat(u),
        from,
        to,
        sums);
  }

  @Override
  public void adamStep(
      AdamRule rule,
      Matrix f,
      Matrix g,
      Matrix m,
      Matrix v,
      Matrix theta,
      @Nullable Matrix u,
      int from,
      int to,
      @Nullable StepSums sums) {
    FloatSteps.adam(
        rule,
        flat(f),
        flat(g),
        flat(m),
        flat(v),
        flat(theta),
        u == null ? null : flat(u),
        from,
        to,
        sums);
  }

  @Override
  public void momentumMiddle(
      MomentumRule rule,
      Matrix f,
      Matrix g,
      Matrix buffer,
      Matrix middle,
      int from,
      int to,
      MiddleSums sums) {
    FloatSteps.momentumMiddle(rule, flat(f), flat(g), flat(buffer), flat(middle), from, to, sums);
  }

  @Override
  public void adamMiddle(
      AdamRule rule,
      Matrix f,
      Matrix g,
      Matrix m,
      Matrix v,
      Matrix middle,
      int from,
      int to,
      MiddleSums sums) {
    FloatSteps.adamMiddle(rule, flat(f), flat(g), flat(m), flat(v), flat(middle), from, to, sums);
  }

  /** The array of a whole flat vector; ranges of a step count from its first entry. */
  private static float[] flat(Matrix vector) {
    if (vector.offset != 0 || vector.rows != 1) {
      throw new IllegalArgumentException(
          "an optimizer step needs whole flat vectors, found a view " + vector);
    }
    return data(vector);
  }

  private static float[] data(Matrix matrix) {
    return ((FloatMatrix) matrix).data;
  }

  private static int row(Matrix matrix, int r) {
    return matrix.offset + r * matrix.stride;
  }

  private static float coefficient(@Nullable Matrix vector, int r, float absent) {
    return vector == null ? absent : data(vector)[vector.offset + r];
  }
}
