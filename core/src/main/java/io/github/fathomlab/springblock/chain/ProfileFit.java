package io.github.fathomlab.springblock.chain;

import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * A least-squares fit with the profile likelihood of each of its parameters.
 *
 * <pre>
 *   D(p) = (min_{p held} Σ r² - min Σ r²) / S,     interval: D(p) &lt; 3.841
 *   S = max(1, min Σ r² / (n - P) · (1 + ρ)/(1 - ρ))
 * </pre>
 *
 * <p>Symbols: r residuals in units of the stated error, n of them; P parameters; ρ the correlation
 * of neighbouring residuals of one series, at least 0. Source: likelihood of normal errors; S
 * widens the intervals when the model misses the data by more than their errors or in long waves,
 * our choice. A side is open, and the parameter unknown, when the walk along it goes 4 units (a
 * factor of 55) without meeting its bound, or the parameter or another one meets the box. The
 * standard error is that of the slopes at the best point, at most half the interval. Cost: some
 * hundred responses.
 */
final class ProfileFit {
  private static final double MOST_CORRELATED = 0.9;
  private static final int MOST_RESTARTS = 3;

  private final List<Axis> axes;
  private final BoundedLeastSquares.Minimum peak;
  private final double spread;
  private final SingularValueDecomposition decomposition;
  private final List<ProfileWalk.Profile> profiles = new ArrayList<>();
  private final ProfileWalk walk;

  /**
   * One parameter.
   *
   * @param name for people
   * @param logarithmic whether the number fitted is its logarithm
   * @param unit of the number fitted in the singular values
   */
  record Axis(String name, boolean logarithmic, double unit) {

    double shown(double number) {
      return logarithmic ? Math.exp(number) : number;
    }
  }

  private ProfileFit(
      BoundedLeastSquares problem,
      List<Axis> axes,
      int stride,
      List<double[]> starts,
      BoundedLeastSquares.Minimum peak) {
    this.axes = axes;
    this.peak = peak;
    spread = spread(peak.response().residuals(), axes.size(), stride);
    decomposition = decompose();
    walk = new ProfileWalk(problem, starts, peak, spread);
    for (int p = 0; p < axes.size(); p++) {
      profiles.add(walk.profile(p, error(p), axes.get(p).unit()));
    }
    for (int p = 0; p < axes.size(); p++) {
      if (walk.isTooNarrow(p, profiles.get(p))) {
        profiles.set(p, walk.profile(p, error(p), axes.get(p).unit()));
      }
    }
  }

  /** The lowest minimum from all starts. */
  static BoundedLeastSquares.Minimum best(BoundedLeastSquares problem, List<double[]> starts) {
    return starts.stream()
        .map(problem::from)
        .min(Comparator.comparingDouble(BoundedLeastSquares.Minimum::squares))
        .orElseThrow();
  }

  /**
   * Fits from all starts and profiles the best; begins again when a profile goes below it.
   *
   * @param stride distance in the residuals from one to the next of the same series
   */
  static ProfileFit of(
      BoundedLeastSquares problem, List<Axis> axes, int stride, List<double[]> starts) {
    ProfileFit fit = new ProfileFit(problem, axes, stride, starts, best(problem, starts));
    for (int n = 0; n < MOST_RESTARTS && fit.walk.lowest() != fit.peak; n++) {
      fit = new ProfileFit(problem, axes, stride, starts, fit.walk.lowest());
    }
    return fit;
  }

  private static double spread(double[] residuals, int parameters, int stride) {
    double squares = 0;
    double products = 0;
    for (int i = 0; i < residuals.length; i++) {
      squares += residuals[i] * residuals[i];
      products += i + stride < residuals.length ? residuals[i] * residuals[i + stride] : 0;
    }
    double rho = squares == 0 ? 0 : Math.clamp(products / squares, 0, MOST_CORRELATED);
    double freedom = Math.max(1, residuals.length - parameters);
    return Math.max(1, squares / freedom * (1 + rho) / (1 - rho));
  }

  private SingularValueDecomposition decompose() {
    double[][] jacobian = peak.response().jacobian();
    double[][] scaled = new double[jacobian.length][axes.size()];
    for (int i = 0; i < jacobian.length; i++) {
      for (int p = 0; p < axes.size(); p++) {
        scaled[i][p] = jacobian[i][p] * axes.get(p).unit();
      }
    }
    return new SingularValueDecomposition(new Array2DRowRealMatrix(scaled, false));
  }

  BoundedLeastSquares.Minimum peak() {
    return peak;
  }

  /** S. */
  double inflation() {
    return spread;
  }

  double[] singularValues() {
    return decomposition.getSingularValues();
  }

  /** Largest over smallest singular value; infinite when the smallest is 0. */
  double condition() {
    double[] values = singularValues();
    return values[0] / values[values.length - 1];
  }

  /** The unit vector in parameter space, in their units, that the data see least. */
  double[] weakDirection() {
    return decomposition.getV().getColumn(axes.size() - 1);
  }

  /** Infinite where the data do not see the parameter at all. */
  private double error(int parameter) {
    double variance = 0;
    double[] values = singularValues();
    for (int i = 0; i < values.length; i++) {
      double share = decomposition.getV().getEntry(parameter, i);
      if (share != 0) {
        double part = share / values[i];
        variance += part * part;
      }
    }
    return axes.get(parameter).unit() * Math.sqrt(spread * variance);
  }

  /** The points of a profile in rising order. */
  List<ProfilePoint> profile(int parameter) {
    return profiles.get(parameter).points().stream()
        .map(at -> new ProfilePoint(axes.get(parameter).shown(at.value()), at.deviance()))
        .toList();
  }

  /** What the data say of one parameter. */
  Estimate estimate(int p) {
    Axis axis = axes.get(p);
    ProfileWalk.End low = profiles.get(p).low();
    ProfileWalk.End high = profiles.get(p).high();
    double value = axis.shown(peak.parameters()[p]);
    double least = axis.shown(low.number());
    double most = axis.shown(high.number());
    if (low.open() || high.open()) {
      String side =
          low.open() && high.open() ? "on either side" : low.open() ? "from below" : "from above";
      return new Estimate.Unknown(
          Status.NOT_APPLICABLE,
          String.format(
              Locale.ROOT,
              "the data do not bound the %s %s: from %.3g to %.3g every value fits about as well as the best, %.3g",
              axis.name(),
              side,
              least,
              most,
              value));
    }
    double error = error(p) * (axis.logarithmic() ? value : 1);
    return new Estimate.Known(value, Math.min(error, (most - least) / 2), least, most);
  }
}
