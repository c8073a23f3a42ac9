package io.github.fathomlab.bulkboundary.field;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.ScalarActivations;

/**
 * Carries states forward and adjoints backward through the depth of a residual network.
 *
 * <p>Formula: {@code z_{m+1} = z_m + ε (W_m σ(z̄_m) + b_m)}; with A_m = W_m diag σ'(z̄_m), {@code
 * (I - cεA_m)ᵀ δ̄_m = δ_{m+1}}, {@code δ_m = (I + (1-c)εA_m)ᵀ δ̄_m}; gradient of the field {@code
 * g_m = (1/ε) ∂ℓ/∂θ_m = (Σ_a δ̄_m σ(z̄_m)ᵀ, Σ_a δ̄_m)}; loss ℓ = ½ mean_a |z_M - y|².
 *
 * <p>Symbols: z, δ (M+1 x B x n) at the cuts x = m/M; θ_m = (W_m, b_m) (n x n, n) at the sites; c
 * of the {@link DepthScheme}.
 *
 * <p>Source: field formulation of arXiv:2511.02003, version 1, whose equations could not be seen;
 * Fathom's derivation (6.1)-(6.3). The discrete adjoint is exact, so the gradient is that of the
 * recursion and not only of its limit.
 *
 * <p>Validity: the implicit scheme iterates a fixed point, which needs |εA_m|/2 below 1. Cost: O(M
 * B n²) per pass, times the number of iterations.
 */
public final class ResidualLattice {
  private static final int MOST_ITERATIONS = 200;

  private final FieldShape shape;
  private final double weight;
  private final Activation activation;
  private final double[][] inputs;
  private final double[][] targets;

  /**
   * A lattice with its data.
   *
   * @param inputs X (B x n), the states at x = 0
   * @param targets Y (B x n)
   */
  public ResidualLattice(
      FieldShape shape,
      DepthScheme scheme,
      Activation activation,
      double[][] inputs,
      double[][] targets) {
    if (inputs.length == 0 || inputs.length != targets.length) {
      throw new IllegalArgumentException(
          "a lattice needs at least one sample and as many targets, found %d inputs and %d targets"
              .formatted(inputs.length, targets.length));
    }
    for (int a = 0; a < inputs.length; a++) {
      if (inputs[a].length != shape.width() || targets[a].length != shape.width()) {
        throw new IllegalArgumentException(
            "sample %d has %d inputs and %d targets, but the lattice has width %d"
                .formatted(a, inputs[a].length, targets[a].length, shape.width()));
      }
    }
    this.shape = shape;
    weight = scheme.weight();
    this.activation = activation;
    this.inputs = inputs;
    this.targets = targets;
  }

  public FieldShape shape() {
    return shape;
  }

  /** z_0 .. z_M and what the adjoint needs of them. */
  LatticePass forward(double[] field) {
    int sites = shape.sites();
    LatticePass pass = new LatticePass(shape, inputs.length);
    for (int a = 0; a < inputs.length; a++) {
      pass.z[0][a] = inputs[a].clone();
      for (int m = 0; m < sites; m++) {
        step(field, pass, m, a);
      }
      for (int i = 0; i < shape.width(); i++) {
        double error = pass.z[sites][a][i] - targets[a][i];
        pass.loss += 0.5 * error * error / inputs.length;
        pass.delta[sites][a][i] = error / inputs.length;
      }
    }
    return pass;
  }

  private void step(double[] field, LatticePass pass, int m, int a) {
    double[] z = pass.z[m][a];
    double[] s = pass.s[m][a];
    double[] middle = new double[z.length];
    double[] next = z;
    double last = Double.POSITIVE_INFINITY;
    double change = Double.MAX_VALUE;
    for (int iteration = 0; unsettled(last, change); iteration++) {
      requireContraction(iteration, m);
      double[] before = next;
      for (int i = 0; i < z.length; i++) {
        middle[i] = (1 - weight) * z[i] + weight * before[i];
        s[i] = ScalarActivations.value(activation, middle[i]);
      }
      next = z.clone();
      for (int i = 0; i < z.length; i++) {
        double branch = field[shape.bias(m, i)];
        for (int j = 0; j < z.length; j++) {
          branch += field[shape.weight(m, i, j)] * s[j];
        }
        next[i] += shape.spacing() * branch;
      }
      last = change;
      change = change(before, next);
    }
    pass.z[m + 1][a] = next;
    for (int i = 0; i < z.length; i++) {
      pass.slope[m][a][i] = ScalarActivations.derivative(activation, middle[i]);
    }
  }

  /** δ_M .. δ_0, after the forward pass. */
  void adjoint(double[] field, LatticePass pass) {
    for (int a = 0; a < inputs.length; a++) {
      for (int m = shape.sites() - 1; m >= 0; m--) {
        double[] slope = pass.slope[m][a];
        double[] source = implicit(field, m, slope, true, pass.delta[m + 1][a]);
        pass.source[m][a] = source;
        pass.delta[m][a] = explicit(field, m, slope, true, source);
      }
    }
  }

  /** g = (1/ε) ∂ℓ/∂θ, after the adjoint pass. */
  double[] gradient(LatticePass pass) {
    double[] g = new double[shape.length()];
    for (int m = 0; m < shape.sites(); m++) {
      for (int a = 0; a < inputs.length; a++) {
        for (int i = 0; i < shape.width(); i++) {
          double source = pass.source[m][a][i];
          g[shape.bias(m, i)] += source;
          for (int j = 0; j < shape.width(); j++) {
            g[shape.weight(m, i, j)] += source * pass.s[m][a][j];
          }
        }
      }
    }
    return g;
  }

  /** ∂_t z at all cuts (M+1 x B x n) for fixed inputs, when the field moves with this velocity. */
  double[][][] tangent(double[] field, double[] velocity, LatticePass pass) {
    double[][][] dot = new double[shape.sites() + 1][inputs.length][shape.width()];
    for (int m = 0; m < shape.sites(); m++) {
      for (int a = 0; a < inputs.length; a++) {
        double[] slope = pass.slope[m][a];
        double[] moved = explicit(field, m, slope, false, dot[m][a]);
        for (int i = 0; i < shape.width(); i++) {
          double branch = velocity[shape.bias(m, i)];
          for (int j = 0; j < shape.width(); j++) {
            branch += velocity[shape.weight(m, i, j)] * pass.s[m][a][j];
          }
          moved[i] += shape.spacing() * branch;
        }
        dot[m + 1][a] = implicit(field, m, slope, false, moved);
      }
    }
    return dot;
  }

  /** (I + (1-c) εA) v, or its transpose. */
  private double[] explicit(double[] field, int m, double[] slope, boolean transposed, double[] v) {
    double[] result = v.clone();
    linear(field, m, slope, transposed, (1 - weight) * shape.spacing(), v, result);
    return result;
  }

  /** The u with (I - cεA) u = v, or of the transpose. */
  private double[] implicit(double[] field, int m, double[] slope, boolean transposed, double[] v) {
    double[] u = v;
    double last = Double.POSITIVE_INFINITY;
    double change = Double.MAX_VALUE;
    for (int iteration = 0; unsettled(last, change); iteration++) {
      requireContraction(iteration, m);
      double[] before = u;
      u = v.clone();
      linear(field, m, slope, transposed, weight * shape.spacing(), before, u);
      last = change;
      change = change(before, u);
    }
    return u;
  }

  /** Adds step·A v, or step·Aᵀ v, to the result. */
  private void linear(
      double[] field,
      int m,
      double[] slope,
      boolean transposed,
      double step,
      double[] v,
      double[] result) {
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < v.length; j++) {
        double a = step * field[shape.weight(m, i, j)] * slope[j];
        result[transposed ? j : i] += a * v[transposed ? i : j];
      }
    }
  }

  /**
   * Whether another iteration is worth it. Near the end the changes are roundings that need not
   * shrink any more; what is no number stops and stays visible.
   */
  private static boolean unsettled(double last, double change) {
    return change > 1e-15 && (change > 1e-13 || change < last);
  }

  /** Of one iteration, relative to the largest entry; the explicit scheme needs one only. */
  private double change(double[] before, double[] after) {
    double change = 0;
    double size = Double.MIN_NORMAL;
    for (int i = 0; i < after.length; i++) {
      change = Math.max(change, Math.abs(after[i] - before[i]));
      size = Math.max(size, Math.abs(after[i]));
    }
    return weight == 0 ? 0 : change / size;
  }

  private void requireContraction(int iteration, int m) {
    if (iteration >= MOST_ITERATIONS) {
      throw new ArithmeticException(
          "the implicit midpoint did not settle at site %d of %d after %d iterations; |W σ'|/(2M) must be below 1: use more sites or smaller weights"
              .formatted(m, shape.sites(), MOST_ITERATIONS));
    }
  }
}
