package io.github.fathomlab.springblock.chain;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;
import org.jspecify.annotations.Nullable;

/**
 * Least squares in a box by Levenberg and Marquardt.
 *
 * <pre>   θ_p = (low_p + high_p)/2 + (high_p - low_p)/2 sin z_p,     min over z of Σ_i r_i(θ)²
 * </pre>
 *
 * <p>Source: the box by a sine is that of the MINUIT program. An optimum on a side of the box is a
 * stationary point in z, so that it is reached as fast as one inside. Cost: one response per trial.
 */
final class BoundedLeastSquares {
  private static final int MOST_TRIALS = 60;

  /** A search along a profile begins near its end. */
  private static final int MOST_HELD_TRIALS = 25;

  private static final double FIRST_STEP = 0.5;
  private static final double SIDE = 0.01;
  private static final double COST_TOLERANCE = 1e-7;
  private static final double TOLERANCE = 1e-7;

  /** A start on a side of the box would not move, since the sine is flat there. */
  private static final double INSIDE = 0.995;

  private final Model model;
  private final double[] low;
  private final double[] high;

  /** What is fitted. */
  interface Model {

    /** Residuals in units of their errors, and their slopes. */
    Response at(double[] parameters);
  }

  /**
   * A model at one point.
   *
   * @param residuals r_i
   * @param jacobian ∂r_i/∂θ_p
   */
  record Response(double[] residuals, double[][] jacobian) {

    double squares() {
      return Arrays.stream(residuals).map(r -> r * r).sum();
    }
  }

  /**
   * The lowest point found.
   *
   * @param converged whether the tolerance was met
   */
  record Minimum(double[] parameters, Response response, boolean converged) {

    double squares() {
      return response.squares();
    }
  }

  BoundedLeastSquares(Model model, double[] low, double[] high) {
    this.model = model;
    this.low = low;
    this.high = high;
  }

  double low(int parameter) {
    return low[parameter];
  }

  double high(int parameter) {
    return high[parameter];
  }

  /** The minimum near a start. */
  Minimum from(double... start) {
    return search(start, IntStream.range(0, start.length).toArray());
  }

  /** The minimum with one parameter held at a value, sought from a minimum at another value. */
  Minimum holding(int parameter, double value, Minimum from) {
    double[] start = from.parameters().clone();
    int[] free = IntStream.range(0, start.length).filter(p -> p != parameter).toArray();
    double[] shift = follow(parameter, value - start[parameter], free, from.response().jacobian());
    for (int i = 0; i < free.length; i++) {
      start[free[i]] = Math.clamp(start[free[i]] + shift[i], low[free[i]], high[free[i]]);
    }
    start[parameter] = value;
    return search(start, free);
  }

  /** The minimum with one parameter held at a value, sought from a start. */
  Minimum holding(int parameter, double value, double... from) {
    double[] start = from.clone();
    start[parameter] = value;
    return search(start, IntStream.range(0, start.length).filter(p -> p != parameter).toArray());
  }

  /** Whether another parameter than one lies at a side of the box, by a hundredth of its width. */
  boolean isLimited(int parameter, double... at) {
    return IntStream.range(0, at.length)
        .filter(p -> p != parameter)
        .anyMatch(p -> Math.min(at[p] - low[p], high[p] - at[p]) < SIDE * (high[p] - low[p]));
  }

  /** How the free parameters must move with the held one to keep the residuals, to first order. */
  private static double[] follow(int parameter, double move, int[] free, double[][] jacobian) {
    double[][] slopes = new double[jacobian.length][free.length];
    double[] wanted = new double[jacobian.length];
    for (int row = 0; row < slopes.length; row++) {
      wanted[row] = -move * jacobian[row][parameter];
      for (int i = 0; i < free.length; i++) {
        slopes[row][i] = jacobian[row][free[i]];
      }
    }
    return new SingularValueDecomposition(new Array2DRowRealMatrix(slopes, false))
        .getSolver()
        .solve(new ArrayRealVector(wanted, false))
        .toArray();
  }

  private Minimum search(double[] start, int[] free) {
    Search search = new Search(start.clone(), free);
    double[] from = new double[free.length];
    for (int i = 0; i < free.length; i++) {
      int p = free[i];
      double sine = (2 * start[p] - low[p] - high[p]) / (high[p] - low[p]);
      from[i] = Math.asin(Math.clamp(sine, -INSIDE, INSIDE));
    }
    boolean converged = true;
    int trials = free.length == start.length ? MOST_TRIALS : MOST_HELD_TRIALS;
    try {
      new LevenbergMarquardtOptimizer()
          .withInitialStepBoundFactor(FIRST_STEP)
          .withCostRelativeTolerance(COST_TOLERANCE)
          .withParameterRelativeTolerance(TOLERANCE)
          .optimize(
              new LeastSquaresBuilder()
                  .model(search)
                  .start(from)
                  .target(
                      new double[search.value(new ArrayRealVector(from)).getFirst().getDimension()])
                  .lazyEvaluation(false)
                  .maxEvaluations(trials)
                  .maxIterations(trials)
                  .build());
    } catch (MathIllegalStateException _) {
      // Out of trials, or at rounding; the lowest point is kept either way.
      converged = search.trials < trials;
    }
    return search.lowest(converged);
  }

  /** The model in z; remembers its lowest point. */
  private final class Search implements MultivariateJacobianFunction {
    private final double[] base;
    private final int[] free;
    private int trials;
    private double[] best;
    private @Nullable Response found;
    private double squares = Double.POSITIVE_INFINITY;

    Search(double[] base, int[] free) {
      this.base = base;
      this.free = free;
      best = base;
    }

    @Override
    public Pair<RealVector, RealMatrix> value(RealVector point) {
      trials++;
      double[] parameters = base.clone();
      double[] slopes = new double[free.length];
      for (int i = 0; i < free.length; i++) {
        int p = free[i];
        double half = (high[p] - low[p]) / 2;
        parameters[p] = (low[p] + high[p]) / 2 + half * Math.sin(point.getEntry(i));
        slopes[i] = half * Math.cos(point.getEntry(i));
      }
      Response response = model.at(parameters);
      if (response.squares() < squares) {
        squares = response.squares();
        best = parameters;
        found = response;
      }
      double[][] jacobian = new double[response.residuals.length][free.length];
      for (int row = 0; row < jacobian.length; row++) {
        for (int i = 0; i < free.length; i++) {
          jacobian[row][i] = response.jacobian[row][free[i]] * slopes[i];
        }
      }
      return new Pair<>(
          new ArrayRealVector(response.residuals, false),
          new Array2DRowRealMatrix(jacobian, false));
    }

    Minimum lowest(boolean converged) {
      if (found == null) {
        throw new IllegalArgumentException(
            "the residuals of the fit are not finite at its start %s"
                .formatted(Arrays.toString(base)));
      }
      return new Minimum(best, found, converged);
    }
  }
}
