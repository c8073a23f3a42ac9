package io.github.fathomlab.kernels;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The kernels in plain double loops: slow, obvious, and the oracle of the fast float ones.
 *
 * <p>Products are plain loops too when {@code plainProducts} is set, as in tests; otherwise
 * OpenBLAS does them, which makes training in double precision practical.
 */
public final class DoubleKernels implements Kernels {
  private final boolean plainProducts;

  public DoubleKernels(boolean plainProducts) {
    this.plainProducts = plainProducts;
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT64;
  }

  @Override
  public Matrix zeros(int rows, int columns) {
    int stride = Matrix.padded(columns);
    return new DoubleMatrix(new double[rows * stride], 0, rows, columns, stride);
  }

  @Override
  public Matrix vector(int length) {
    return new DoubleMatrix(new double[Matrix.padded(length)], 0, 1, length, length);
  }

  @Override
  public void multiply(
      boolean transposeA, Matrix a, boolean transposeB, Matrix b, double beta, Matrix c) {
    Shapes.requireProduct(transposeA, a, transposeB, b, c);
    if (!plainProducts) {
      OpenBlas.multiply(
          transposeA, (DoubleMatrix) a, transposeB, (DoubleMatrix) b, beta, (DoubleMatrix) c);
      return;
    }
    int depth = transposeA ? a.rows : a.columns;
    for (int i = 0; i < c.rows; i++) {
      for (int j = 0; j < c.columns; j++) {
        double sum = 0;
        for (int k = 0; k < depth; k++) {
          sum +=
              (transposeA ? a.get(k, i) : a.get(i, k)) * (transposeB ? b.get(j, k) : b.get(k, j));
        }
        c.set(i, j, beta == 0 ? sum : sum + beta * c.get(i, j));
      }
    }
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
      double ar = coefficient(a, r, 1);
      double br = coefficient(b, r, 1);
      double cr = coefficient(c, r, 0);
      for (int j = 0; j < out.columns; j++) {
        double value = ar * x.get(r, j) + cr;
        out.set(r, j, y == null ? value : value + br * y.get(r, j));
      }
    }
  }

  @Override
  public void moments(Matrix z, Matrix mean, Matrix variance, int from, int to) {
    int n = z.columns;
    for (int r = from; r < to; r++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += z.get(r, j);
      }
      double m = sum / n;
      double squares = 0;
      for (int j = 0; j < n; j++) {
        double d = z.get(r, j) - m;
        squares += d * d;
      }
      mean.put(mean.offset + r, m);
      variance.put(variance.offset + r, squares / n);
    }
  }

  @Override
  public void sums(
      Matrix d, Matrix z, @Nullable Matrix mean, Matrix sum, Matrix dot, int from, int to) {
    for (int r = from; r < to; r++) {
      double m = coefficient(mean, r, 0);
      double s = 0;
      double p = 0;
      for (int j = 0; j < d.columns; j++) {
        s += d.get(r, j);
        p += d.get(r, j) * (z.get(r, j) - m);
      }
      sum.put(sum.offset + r, s);
      dot.put(dot.offset + r, p);
    }
  }

  @Override
  public void columnSums(Matrix d, Matrix z, Matrix sum, Matrix dot) {
    for (int j = 0; j < d.columns; j++) {
      double s = 0;
      double p = 0;
      for (int r = 0; r < d.rows; r++) {
        s += d.get(r, j);
        p += d.get(r, j) * z.get(r, j);
      }
      sum.put(sum.offset + j, s);
      dot.put(dot.offset + j, p);
    }
  }

  @Override
  public void combineColumns(
      Matrix out, Matrix a, Matrix x, @Nullable Matrix b, @Nullable Matrix y, Matrix c) {
    for (int r = 0; r < out.rows; r++) {
      for (int j = 0; j < out.columns; j++) {
        double value = a.get(0, j) * x.get(r, j) + c.get(0, j);
        out.set(r, j, y == null || b == null ? value : value + b.get(0, j) * y.get(r, j));
      }
    }
  }

  @Override
  public void gatherBlocks(BlockMap map, Matrix source, Matrix target) {
    double[] from = ((DoubleMatrix) source).data;
    double[] to = ((DoubleMatrix) target).data;
    int batch = map.batch(source);
    for (int r = 0; r < map.rows(); r++) {
      for (int p = 0; p < target.columns / batch; p++) {
        int index = map.table()[r * map.positions() + map.from() + p];
        int place = target.offset + r * target.stride + p * batch;
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
    double[] from = ((DoubleMatrix) source).data;
    double[] to = ((DoubleMatrix) target).data;
    int batch = map.batch(target);
    for (int r = 0; r < map.rows(); r++) {
      for (int p = 0; p < source.columns / batch; p++) {
        int index = map.table()[r * map.positions() + map.from() + p];
        if (index != BlockMap.NOWHERE) {
          int place = source.offset + r * source.stride + p * batch;
          int origin = map.place(target, index);
          for (int j = 0; j < batch; j++) {
            to[origin + j] += from[place + j];
          }
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
      double ar = coefficient(a, r, 1);
      double cr = coefficient(c, r, 0);
      for (int j = 0; j < z.columns; j++) {
        out.set(r, j, ScalarActivations.value(f, ar * z.get(r, j) + cr));
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
      double ar = coefficient(a, r, 1);
      double cr = coefficient(c, r, 0);
      for (int j = 0; j < z.columns; j++) {
        out.set(r, j, d.get(r, j) * ScalarActivations.derivative(f, ar * z.get(r, j) + cr));
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
      double ar = coefficient(a, r, 1);
      double cr = coefficient(c, r, 0);
      for (int j = 0; j < z.columns; j++) {
        out.set(r, j, ScalarActivations.secant(f, ar * z.get(r, j) + cr, delta.get(r, j)));
      }
    }
  }

  @Override
  public void drop(Dropout dropout, Matrix x, int from, int to) {
    for (int r = from; r < to; r++) {
      for (int j = 0; j < x.columns; j++) {
        x.set(r, j, dropout.keeps(r, j) ? x.get(r, j) * dropout.scale() : 0);
      }
    }
  }

  @Override
  public void multiplyElements(Matrix x, Matrix y, int from, int to) {
    for (int r = from; r < to; r++) {
      for (int j = 0; j < y.columns; j++) {
        y.set(r, j, x.get(r, j) * y.get(r, j));
      }
    }
  }

  @Override
  public double dot(Matrix x, Matrix y) {
    double sum = 0;
    for (int r = 0; r < x.rows; r++) {
      for (int j = 0; j < x.columns; j++) {
        sum += x.get(r, j) * y.get(r, j);
      }
    }
    return sum;
  }

  @Override
  public double absoluteDot(Matrix x, Matrix y) {
    double sum = 0;
    for (int r = 0; r < x.rows; r++) {
      for (int j = 0; j < x.columns; j++) {
        sum += Math.abs(x.get(r, j) * y.get(r, j));
      }
    }
    return sum;
  }

  @Override
  public void roundedStep(Matrix theta, Matrix u, int from, int to, Matrix step, Matrix middle) {
    for (int i = from; i < to; i++) {
      double start = theta.at(i);
      double made = start + u.at(i) - start;
      step.put(i - from, made);
      middle.put(i, start + 0.5 * made);
    }
  }

  @Override
  public void add(double alpha, Matrix x, Matrix y) {
    for (int j = 0; j < y.columns; j++) {
      y.set(0, j, y.get(0, j) + alpha * x.get(0, j));
    }
  }

  @Override
  public double crossEntropy(Matrix output, Matrix targets, Matrix gradient) {
    int batch = output.columns;
    double loss = 0;
    for (int j = 0; j < batch; j++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < output.rows; i++) {
        max = Math.max(max, output.get(i, j));
      }
      double sum = 0;
      double weight = 0;
      for (int i = 0; i < output.rows; i++) {
        double e = StrictMath.exp(output.get(i, j) - max);
        sum += e;
        gradient.set(i, j, e);
        loss -= targets.get(i, j) * (output.get(i, j) - max);
        weight += targets.get(i, j);
      }
      loss += weight * StrictMath.log(sum);
      for (int i = 0; i < output.rows; i++) {
        gradient.set(i, j, (weight * gradient.get(i, j) / sum - targets.get(i, j)) / batch);
      }
    }
    return loss / batch;
  }

  @Override
  public double squaredError(Matrix output, Matrix targets, Matrix gradient) {
    int batch = output.columns;
    double loss = 0;
    for (int i = 0; i < output.rows; i++) {
      for (int j = 0; j < batch; j++) {
        double d = output.get(i, j) - targets.get(i, j);
        loss += d * d;
        gradient.set(i, j, d / batch);
      }
    }
    return loss / (2.0 * batch);
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
    double lr = rule.learningRate();
    double mu = rule.momentum();
    for (int i = from; i < to; i++) {
      double force = f.get(0, i);
      double before = buffer.get(0, i);
      double after = mu * before + force;
      double step = -lr * (rule.nesterov() ? force + mu * after : after);
      buffer.set(0, i, after);
      if (sums != null) {
        // p = -(1-μ) buf and N = (1-μ)/lr, so p²/N = lr (1-μ) buf² and f²/N = lr f²/(1-μ).
        sums.momentumBefore += lr * (1 - mu) * before * before;
        sums.momentumAfter += lr * (1 - mu) * after * after;
        sums.force += lr / (1 - mu) * force * force;
        tally(sums, step, force, g.get(0, i), theta.get(0, i));
      }
      apply(theta, u, i, step);
    }
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
    for (int i = from; i < to; i++) {
      double force = f.get(0, i);
      double before = m.get(0, i);
      double after = rule.beta1() * before + (1 - rule.beta1()) * force;
      double second = rule.beta2() * v.get(0, i) + (1 - rule.beta2()) * force * force;
      m.set(0, i, after);
      v.set(0, i, second);
      double rate = rule.stepSize() / (Math.sqrt(second) / rule.rootCorrection() + rule.epsilon());
      double step = -after * rate - rule.decay() * theta.get(0, i);
      if (sums != null) {
        sums.momentumBefore += before * before * rate;
        sums.momentumAfter += after * after * rate;
        sums.force += force * force * rate;
        tally(sums, step, force, g.get(0, i), theta.get(0, i));
      }
      apply(theta, u, i, step);
    }
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
    double mass = (1 - rule.momentum()) / rule.learningRate();
    for (int i = from; i < to; i++) {
      double before = buffer.get(0, i);
      double after = rule.momentum() * before + f.get(0, i);
      double mean = -0.5 * rule.learningRate() * (before + after);
      middle.set(0, i, mean);
      tally(sums, mean, mass, f.get(0, i), g.get(0, i));
    }
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
    for (int i = from; i < to; i++) {
      double force = f.get(0, i);
      double before = m.get(0, i);
      double after = rule.beta1() * before + (1 - rule.beta1()) * force;
      double second = rule.beta2() * v.get(0, i) + (1 - rule.beta2()) * force * force;
      double mass = (Math.sqrt(second) / rule.rootCorrection() + rule.epsilon()) / rule.stepSize();
      double mean = -0.5 * (before + after) / mass;
      middle.set(0, i, mean);
      tally(sums, mean, mass, force, g.get(0, i));
    }
  }

  private static void tally(
      MiddleSums sums, double mean, double mass, double force, double gradient) {
    sums.dissipation += mass * mean * mean;
    sums.gradientWork += gradient * mean;
    sums.externalWork += mean * (force - gradient);
  }

  private static void tally(
      StepSums sums, double step, double force, double gradient, double theta) {
    sums.gradientWork += gradient * step;
    sums.externalWork += step * (force - gradient);
    sums.decayWork += theta * force;
  }

  private static void apply(Matrix theta, @Nullable Matrix u, int i, double step) {
    if (u == null) {
      theta.set(0, i, theta.get(0, i) + step);
    } else {
      u.set(0, i, step);
    }
  }

  private static double coefficient(@Nullable Matrix vector, int r, double absent) {
    return vector == null ? absent : vector.at(vector.offset + r);
  }
}
