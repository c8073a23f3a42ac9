package io.github.fathomlab.kernels;

import java.util.function.BiConsumer;

/**
 * Every operation of {@link Kernels}, with and without its optional arguments and in place where
 * that is allowed, and the table of tolerances: the greatest deviation from the plain double loops,
 * relative to the larger of one and the greatest number that a matrix holds.
 */
enum Operation {
  COMBINE(2e-7, 0, (k, o) -> k.combine(o.out, o.a, o.x, o.b, o.y, o.c, o.from, o.to)),
  COMBINE_BARE(2e-7, 0, (k, o) -> k.combine(o.out, null, o.x, null, o.y, null, o.from, o.to)),
  COMBINE_ONE(2e-7, 0, (k, o) -> k.combine(o.out, o.a, o.x, null, null, o.c, o.from, o.to)),
  COMBINE_INTO_X(2e-7, 0, (k, o) -> k.combine(o.x, o.a, o.x, o.b, o.y, o.c, o.from, o.to)),
  COMBINE_INTO_Y(2e-7, 0, (k, o) -> k.combine(o.y, o.a, o.x, o.b, o.y, o.c, o.from, o.to)),
  MOMENTS(4e-7, 0, (k, o) -> k.moments(o.x, o.first, o.second, o.from, o.to)),
  SUMS(2e-6, 0, (k, o) -> k.sums(o.x, o.y, o.a, o.first, o.second, o.from, o.to)),
  SUMS_UNCENTRED(2e-6, 0, (k, o) -> k.sums(o.x, o.y, null, o.first, o.second, o.from, o.to)),
  SUMS_OF_ONE(2e-6, 0, (k, o) -> k.sums(o.x, o.x, null, o.first, o.second, o.from, o.to)),
  ACTIVATE_IDENTITY(2e-7, 0, activate(new Activation.Identity())),
  ACTIVATE_TANH(4e-7, 0, activate(new Activation.Tanh())),
  ACTIVATE_RELU(2e-7, 0, activate(Activation.relu())),
  ACTIVATE_LEAKY(2e-7, 0, activate(new Activation.LeakyRelu(0.2))),
  ACTIVATE_GELU(4e-7, 0, activate(new Activation.Gelu())),
  ACTIVATE_BARE(
      4e-7, 0, (k, o) -> k.activate(new Activation.Tanh(), null, o.x, null, o.out, o.from, o.to)),
  SLOPE_IDENTITY(0, 0, slope(new Activation.Identity())),
  SLOPE_TANH(6e-7, 0, slope(new Activation.Tanh())),
  SLOPE_RELU(0, 0, slope(Activation.relu())),
  SLOPE_LEAKY(2e-7, 0, slope(new Activation.LeakyRelu(0.2))),
  SLOPE_GELU(1e-6, 0, slope(new Activation.Gelu())),
  SLOPE_IN_PLACE(
      6e-7, 0, (k, o) -> k.slope(new Activation.Tanh(), null, o.x, null, o.y, o.y, o.from, o.to)),
  SECANT_IDENTITY(1e-7, 0, secant(new Activation.Identity())),
  SECANT_TANH(4e-7, 0, secant(new Activation.Tanh())),
  SECANT_RELU(1e-7, 0, secant(Activation.relu())),
  SECANT_LEAKY(1e-7, 0, secant(new Activation.LeakyRelu(0.2))),
  SECANT_GELU(4e-7, 0, secant(new Activation.Gelu())),
  DROP(2e-7, 0, (k, o) -> k.drop(new Dropout(0.3, 77), o.x, o.from, o.to)),
  MULTIPLY_ELEMENTS(1e-7, 0, (k, o) -> k.multiplyElements(o.x, o.y, o.from, o.to)),
  DOT(1e-5, 0, (k, o) -> o.scalar = k.dot(o.x, o.y)),
  ABSOLUTE_DOT(1e-5, 0, (k, o) -> o.scalar = k.absoluteDot(o.x, o.y)),
  DOT_OF_VECTORS(1e-5, 0, (k, o) -> o.scalar = k.dot(o.theta, o.force)),
  ADD(1e-7, 0, (k, o) -> k.add(-0.75, o.force, o.theta)),
  CROSS_ENTROPY(4e-7, 0, (k, o) -> o.scalar = k.crossEntropy(o.x, o.targets, o.out)),
  SQUARED_ERROR(4e-7, 0, (k, o) -> o.scalar = k.squaredError(o.x, o.y, o.out)),
  PRODUCT(1e-6, 2e-15, (k, o) -> k.multiply(false, o.x, false, o.columnSquare, 0, o.out)),
  PRODUCT_LEFT(1e-6, 2e-15, (k, o) -> k.multiply(true, o.x, false, o.y, 1, o.columnSquare)),
  PRODUCT_RIGHT(1e-6, 2e-15, (k, o) -> k.multiply(false, o.x, true, o.y, 0, o.rowSquare)),
  SGD(2e-6, 0, momentum(0, false, false)),
  HEAVY_BALL(2e-6, 0, momentum(0.9, false, true)),
  NESTEROV(2e-6, 0, momentum(0.9, true, false)),
  ADAM(4e-6, 0, adam(0, true)),
  ADAMW(4e-6, 0, adam(1e-3, false)),
  SGD_MIDDLE(4e-7, 0, momentumMiddle(0)),
  HEAVY_BALL_MIDDLE(4e-7, 0, momentumMiddle(0.9)),
  ADAM_MIDDLE(4e-7, 0, Operation::adamMiddle),
  ROUNDED_STEP(
      4e-7,
      0,
      (k, o) ->
          k.roundedStep(o.theta, o.force, 0, Matrix.padded(o.theta.columns), o.momentum, o.step)),
  COLUMN_SUMS(2e-6, 0, (k, o) -> k.columnSums(o.x, o.y, o.columnFirst, o.columnSecond)),
  COLUMN_SUMS_OF_ONE(2e-6, 0, (k, o) -> k.columnSums(o.x, o.x, o.columnFirst, o.columnSecond)),
  COMBINE_COLUMNS(
      2e-7, 0, (k, o) -> k.combineColumns(o.out, o.columnA, o.x, o.columnB, o.y, o.columnC)),
  COMBINE_COLUMNS_ONE(
      2e-7, 0, (k, o) -> k.combineColumns(o.out, o.columnA, o.x, null, null, o.columnC)),
  COMBINE_COLUMNS_INTO_X(
      2e-7, 0, (k, o) -> k.combineColumns(o.x, o.columnA, o.x, o.columnB, o.y, o.columnC)),
  COMBINE_COLUMNS_INTO_Y(
      2e-7, 0, (k, o) -> k.combineColumns(o.y, o.columnA, o.x, o.columnB, o.y, o.columnC)),
  GATHER_BLOCKS(0, 0, (k, o) -> k.gatherBlocks(o.map, o.image, o.patches)),
  SCATTER_BLOCKS(1e-6, 0, (k, o) -> k.scatterBlocks(o.map, o.patches, o.image));

  private final double float32;
  private final double float64;
  private final BiConsumer<Kernels, Operands> body;

  Operation(double float32, double float64, BiConsumer<Kernels, Operands> body) {
    this.float32 = float32;
    this.float64 = float64;
    this.body = body;
  }

  void apply(Kernels k, Operands operands) {
    body.accept(k, operands);
  }

  double tolerance(Precision precision) {
    return precision == Precision.FLOAT32 ? float32 : float64;
  }

  private static BiConsumer<Kernels, Operands> activate(Activation f) {
    return (k, o) -> k.activate(f, o.a, o.x, o.c, o.out, o.from, o.to);
  }

  private static BiConsumer<Kernels, Operands> slope(Activation f) {
    return (k, o) -> k.slope(f, o.a, o.x, o.c, o.y, o.out, o.from, o.to);
  }

  private static BiConsumer<Kernels, Operands> secant(Activation f) {
    return (k, o) -> k.secant(f, o.a, o.x, o.c, o.y, o.out, o.from, o.to);
  }

  private static BiConsumer<Kernels, Operands> momentum(
      double mu, boolean nesterov, boolean store) {
    Kernels.MomentumRule rule = new Kernels.MomentumRule(0.05, mu, nesterov);
    return (k, o) ->
        k.momentumStep(
            rule,
            o.force,
            o.gradient,
            o.momentum,
            o.theta,
            store ? o.step : null,
            0,
            o.theta.columns(),
            o.sums);
  }

  private static BiConsumer<Kernels, Operands> adam(double decay, boolean store) {
    Kernels.AdamRule rule = new Kernels.AdamRule(0.02, 0.9, 0.999, 0.0775, 1e-8, decay);
    return (k, o) ->
        k.adamStep(
            rule,
            o.force,
            o.gradient,
            o.momentum,
            o.curvature,
            o.theta,
            store ? o.step : null,
            0,
            o.theta.columns(),
            o.sums);
  }

  private static BiConsumer<Kernels, Operands> momentumMiddle(double mu) {
    Kernels.MomentumRule rule = new Kernels.MomentumRule(0.05, mu, false);
    return (k, o) ->
        k.momentumMiddle(
            rule, o.force, o.gradient, o.momentum, o.step, 0, o.theta.columns(), o.middleSums);
  }

  private static void adamMiddle(Kernels k, Operands o) {
    Kernels.AdamRule rule = new Kernels.AdamRule(0.02, 0.9, 0.999, 0.0775, 1e-8, 0);
    int length = o.theta.columns();
    k.adamMiddle(
        rule, o.force, o.gradient, o.momentum, o.curvature, o.step, 0, length, o.middleSums);
  }
}
