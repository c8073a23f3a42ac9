package io.github.fathomlab.springblock.chain;

import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.jspecify.annotations.Nullable;

/**
 * Stiffness, frictions and noise of a first-order chain from all of its steps, by maximum
 * likelihood.
 *
 * <pre>
 *   (k, μ_R, μ_L, ε̄) = argmax L,     D(p) = 2 (max L - max_{p fixed} L),
 *   interval of p: D(p) &lt;= 3.841 (95 % of chi squared with one degree)
 * </pre>
 *
 * <p>Symbols: L of {@link SlipLikelihood}; forces in units where the damping is 1. Source: Rosett's
 * friction regression for arXiv:2407.19353; our derivation. In (1, k, μ_R, μ_L)/ε̄ L is concave and
 * fixing one parameter is a flat slice, so both maxima are unique. Validity: every step recorded,
 * noise independent between blocks and steps and of constant amplitude; not for curves sampled once
 * per epoch. A friction below 0 is kept as it is: it stands for a constant force on the blocks.
 * Cost: about 10 passes over the stuck steps, some 300 more for all four intervals.
 *
 * <p>A parameter without a maximum, or with an interval that does not end, is {@link
 * Estimate.Unknown}.
 */
public final class FrictionRegression {
  private static final double CHI_SQUARED_95 = 3.841458820694124;
  private static final int MOST_DOUBLINGS = 40;

  /** A deviance that the root finder can still interpolate. */
  private static final double FAR = 1e3;

  private final SlipSteps steps;
  private final SlipLikelihood likelihood;
  private final SlipSlice.@Nullable Peak peak;

  public FrictionRegression(SlipSteps steps) {
    this.steps = steps;
    likelihood = new SlipLikelihood(steps);
    double[] offset = new double[SlipLikelihood.SIZE];
    double[][] free = directions();
    boolean moved = likelihood.rights() + likelihood.lefts() > 0;
    peak = moved ? new SlipSlice(offset, free).peak(likelihood, start(free)) : null;
  }

  private double[][] directions() {
    List<double[]> free = new ArrayList<>();
    free.add(new double[] {1, 0, 0, 0});
    free.add(new double[] {0, 1, 0, 0});
    boolean both = likelihood.rights() > 0 && likelihood.lefts() > 0;
    if (both && likelihood.stuck() == 0) {
      free.add(new double[] {0, 0, 1, -1});
    } else {
      if (likelihood.rights() > 0) {
        free.add(new double[] {0, 0, 1, 0});
      }
      if (likelihood.lefts() > 0) {
        free.add(new double[] {0, 0, 0, 1});
      }
    }
    return free.toArray(new double[0][]);
  }

  /** h = a = b = 1, B = 0, which every slice without a constraint admits. */
  private static double[] start(double[][] free) {
    double[] start = new double[free.length];
    Arrays.fill(start, 1);
    start[1] = 0;
    return start;
  }

  /** max L; NaN when there is no maximum. */
  public double logLikelihood() {
    return peak == null ? Double.NaN : peak.value();
  }

  /** L at given parameters. */
  public double logLikelihood(double stiffness, DryFriction friction, double noise) {
    double h = likelihood.forceUnit() / noise;
    return likelihood.value(
        new double[] {
          h,
          stiffness * likelihood.lengthUnit() / noise,
          friction.right() / noise,
          friction.left() / noise
        });
  }

  /** All four parameters. */
  public Map<SlipParameter, Estimate> estimates() {
    Map<SlipParameter, Estimate> estimates = new EnumMap<>(SlipParameter.class);
    for (SlipParameter parameter : SlipParameter.values()) {
      estimates.put(parameter, estimate(parameter));
    }
    return estimates;
  }

  /** One parameter with its interval. */
  public Estimate estimate(SlipParameter parameter) {
    Estimate.@Nullable Unknown unknown = unknown(parameter);
    if (unknown != null || peak == null) {
      return unknown == null ? flat() : unknown;
    }
    double value = value(parameter, peak.theta());
    double error = error(parameter, peak);
    double low = end(parameter, value, -error);
    double high = end(parameter, value, error);
    if (Double.isInfinite(low) || Double.isInfinite(high)) {
      return new Estimate.Unknown(
          Status.NOT_APPLICABLE,
          "the %d recorded steps leave the interval of %s without an end; record more steps"
              .formatted(steps.count(), parameter));
    }
    return new Estimate.Known(value, error, low, high);
  }

  private Estimate.@Nullable Unknown unknown(SlipParameter parameter) {
    int rights = likelihood.rights();
    int lefts = likelihood.lefts();
    if (rights + lefts == 0) {
      return because("no block moved in %d steps, so only ratios to the noise could be bounded");
    }
    boolean right = parameter == SlipParameter.RIGHT_FRICTION;
    boolean left = parameter == SlipParameter.LEFT_FRICTION;
    if (right && rights == 0) {
      return because("no block moved right in %d steps, so nothing bounds this friction above");
    }
    if (left && lefts == 0) {
      return because("no block moved left in %d steps, so nothing bounds this friction above");
    }
    if ((right || left) && rights > 0 && lefts > 0 && likelihood.stuck() == 0) {
      return because("no block stuck in %d steps, so friction cannot be told from a body force");
    }
    return peak == null ? flat() : null;
  }

  private Estimate.Unknown because(String sentence) {
    return new Estimate.Unknown(Status.NOT_APPLICABLE, sentence.formatted(steps.count()));
  }

  private Estimate.Unknown flat() {
    return because(
        "the likelihood of the %d steps has no single highest point: the forces do not vary enough, or the moves show no noise");
  }

  /**
   * D(p), what fixing a parameter at a value costs.
   *
   * @return infinity for a value that no data could have; NaN for a parameter that is not known
   */
  public double deviance(SlipParameter parameter, double fixed) {
    if (peak == null || unknown(parameter) != null) {
      return Double.NaN;
    }
    if (parameter == SlipParameter.NOISE && fixed <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    SlipSlice slice = slice(parameter, fixed);
    SlipSlice.@Nullable Peak held = slice.peak(likelihood, startOn(slice, parameter, fixed, peak));
    return held == null ? Double.POSITIVE_INFINITY : Math.max(0, 2 * (peak.value() - held.value()));
  }

  /** θ with the parameter fixed. */
  private SlipSlice slice(SlipParameter parameter, double fixed) {
    double[] offset = new double[SlipLikelihood.SIZE];
    double scaled = fixed / unit(parameter);
    int own = index(parameter);
    List<double[]> free = new ArrayList<>();
    for (double[] direction : directions()) {
      if (direction[own] == 0) {
        free.add(direction);
      }
    }
    if (parameter == SlipParameter.NOISE) {
      offset[0] = 1 / scaled;
    } else {
      free.getFirst()[own] = scaled;
    }
    return new SlipSlice(offset, free.toArray(new double[0][]));
  }

  /** The free numbers of the highest point, with the other threshold moved aside if it must be. */
  private double[] startOn(
      SlipSlice slice, SlipParameter parameter, double fixed, SlipSlice.Peak from) {
    double[] theta = from.theta().clone();
    double scaled = fixed / unit(parameter);
    if (parameter == SlipParameter.RIGHT_FRICTION) {
      theta[3] = Math.max(theta[3], 1 - scaled * theta[0]);
    }
    if (parameter == SlipParameter.LEFT_FRICTION) {
      theta[2] = Math.max(theta[2], 1 - scaled * theta[0]);
    }
    double[] start = new double[slice.directions().length];
    for (int j = 0; j < start.length; j++) {
      for (int i = SlipLikelihood.SIZE - 1; i >= 0; i--) {
        if (slice.directions()[j][i] != 0) {
          start[j] = theta[i] / slice.directions()[j][i];
        }
      }
    }
    return start;
  }

  private static int index(SlipParameter parameter) {
    return switch (parameter) {
      case NOISE -> 0;
      case STIFFNESS -> 1;
      case RIGHT_FRICTION -> 2;
      case LEFT_FRICTION -> 3;
    };
  }

  private double unit(SlipParameter parameter) {
    double force = likelihood.forceUnit();
    return parameter == SlipParameter.STIFFNESS ? force / likelihood.lengthUnit() : force;
  }

  private double value(SlipParameter parameter, double[] theta) {
    double over = parameter == SlipParameter.NOISE ? 1 : theta[index(parameter)];
    return unit(parameter) * over / theta[0];
  }

  private double error(SlipParameter parameter, SlipSlice.Peak at) {
    double h = at.theta()[0];
    int own = index(parameter);
    double[] slope = new double[SlipLikelihood.SIZE];
    slope[own] = 1 / h;
    slope[0] = -value(parameter, at.theta()) / unit(parameter) / h;
    double variance = 0;
    for (int i = 0; i < slope.length; i++) {
      for (int j = 0; j < slope.length; j++) {
        variance += slope[i] * at.covariance()[i][j] * slope[j];
      }
    }
    return unit(parameter) * Math.sqrt(variance);
  }

  /** Where D reaches its bound on one side; infinite when it never does. */
  private double end(SlipParameter parameter, double value, double towards) {
    double inside = value;
    double outside = value + 2 * towards;
    for (int n = 0; deviance(parameter, outside) < CHI_SQUARED_95; n++) {
      if (n == MOST_DOUBLINGS) {
        return Math.copySign(Double.POSITIVE_INFINITY, towards);
      }
      inside = outside;
      outside = value + 2 * (outside - value);
    }
    if (parameter == SlipParameter.NOISE && outside <= 0) {
      outside = inside / 2;
      while (deviance(parameter, outside) < CHI_SQUARED_95) {
        outside /= 2;
      }
    }
    UnivariateFunction excess = p -> Math.min(deviance(parameter, p), FAR) - CHI_SQUARED_95;
    BrentSolver solver = new BrentSolver(1e-12, 1e-7 * Math.abs(towards));
    return solver.solve(100, excess, Math.min(inside, outside), Math.max(inside, outside));
  }
}
