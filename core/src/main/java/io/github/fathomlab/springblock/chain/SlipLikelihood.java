package io.github.fathomlab.springblock.chain;

/**
 * The log likelihood of recorded steps, concave in four numbers.
 *
 * <pre>
 *   w &gt; 0   log φ(h w + a - B u) + log h
 *   w &lt; 0   log φ(h w - b - B u) + log h
 *   w = 0   log [Φ(a - B u) - Φ(-b - B u)]
 *   θ = (h, B, a, b) = (1, k, μ_R, μ_L) / ε̄
 * </pre>
 *
 * <p>Symbols: u, w of {@link SlipSteps}, k stiffness, μ friction, ε̄ noise per step. Here u and w
 * are in units of their own root mean squares, so θ is without unit. Source: Rosett's friction
 * regression (a Tobit of two sides) applied to the chain of arXiv:2407.19353; our derivation. With
 * no move to one side the friction of that side is taken as infinite, where the likelihood is
 * highest. Cost: O(1) for all steps that moved, one {@link NormalInterval} per stuck one.
 */
final class SlipLikelihood {
  static final int SIZE = 4;
  private static final double HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

  private final double lengthUnit;
  private final double forceUnit;
  private final int rights;
  private final int lefts;
  private final double[] stuck;
  private final double[][] gram = new double[SIZE][SIZE];

  SlipLikelihood(SlipSteps steps) {
    rights = steps.rights();
    lefts = steps.lefts();
    stuck = new double[steps.stuck()];
    lengthUnit = unit(steps.curvatures(), steps.count());
    forceUnit = unit(steps.velocities(), rights + lefts);
    int filled = 0;
    for (int i = 0; i < steps.count(); i++) {
      double u = steps.curvatures()[i] / lengthUnit;
      double w = steps.velocities()[i] / forceUnit;
      if (w == 0) {
        stuck[filled++] = u;
      } else {
        add(new double[] {w, -u, w > 0 ? 1 : 0, w < 0 ? -1 : 0});
      }
    }
  }

  private static double unit(double[] values, int count) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return squares > 0 ? Math.sqrt(squares / count) : 1;
  }

  private void add(double[] row) {
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        gram[i][j] += row[i] * row[j];
      }
    }
  }

  /** Root mean square of u. */
  double lengthUnit() {
    return lengthUnit;
  }

  /** Root mean square of w over the steps that moved. */
  double forceUnit() {
    return forceUnit;
  }

  int rights() {
    return rights;
  }

  int lefts() {
    return lefts;
  }

  int stuck() {
    return stuck.length;
  }

  /** The logarithm in the units of the data; minus infinity outside h &gt; 0, a + b &gt; 0. */
  double value(double[] theta) {
    if (outside(theta)) {
      return Double.NEGATIVE_INFINITY;
    }
    double sum = ofMoves(theta);
    for (double u : stuck) {
      sum += NormalInterval.log(low(theta, u), high(theta, u));
    }
    return sum;
  }

  private boolean outside(double[] theta) {
    return !(theta[0] > 0) || (stuck.length > 0 && !(width(theta) > 0));
  }

  private double ofMoves(double[] theta) {
    double sum = (rights + lefts) * (Math.log(theta[0] / forceUnit) - HALF_LOG_TWO_PI);
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        sum -= theta[i] * gram[i][j] * theta[j] / 2;
      }
    }
    return sum;
  }

  private double width(double[] theta) {
    return rights > 0 && lefts > 0 ? theta[2] + theta[3] : Double.POSITIVE_INFINITY;
  }

  private double high(double[] theta, double u) {
    return rights > 0 ? theta[2] - theta[1] * u : Double.POSITIVE_INFINITY;
  }

  private double low(double[] theta, double u) {
    return lefts > 0 ? -theta[3] - theta[1] * u : Double.NEGATIVE_INFINITY;
  }

  /**
   * The logarithm with its derivatives.
   *
   * @param gradient 4 first derivatives
   * @param information 4 x 4, minus the second derivatives
   */
  record Local(double value, double[] gradient, double[][] information) {}

  /** What Newton's method needs at one point; only the value where that is minus infinity. */
  Local local(double[] theta) {
    double[] gradient = new double[SIZE];
    double[][] information = new double[SIZE][SIZE];
    if (outside(theta)) {
      return new Local(Double.NEGATIVE_INFINITY, gradient, information);
    }
    int moved = rights + lefts;
    gradient[0] = moved / theta[0];
    information[0][0] = moved / (theta[0] * theta[0]);
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        gradient[i] -= gram[i][j] * theta[j];
        information[i][j] += gram[i][j];
      }
    }
    double sum = ofMoves(theta);
    for (double u : stuck) {
      sum += addStuck(theta, u, gradient, information);
    }
    return new Local(sum, gradient, information);
  }

  private double addStuck(double[] theta, double u, double[] gradient, double[][] information) {
    double high = high(theta, u);
    double low = low(theta, u);
    NormalInterval interval = NormalInterval.of(low, high);
    double p = interval.atHigh();
    double q = interval.atLow();
    double highHigh = p == 0 ? 0 : p * (high + p);
    double lowLow = q == 0 ? 0 : q * (q - low);
    double[] dHigh = {0, -u, 1, 0};
    double[] dLow = {0, -u, 0, -1};
    for (int i = 1; i < SIZE; i++) {
      gradient[i] += p * dHigh[i] - q * dLow[i];
      for (int j = 1; j < SIZE; j++) {
        information[i][j] +=
            highHigh * dHigh[i] * dHigh[j]
                + lowLow * dLow[i] * dLow[j]
                - p * q * (dHigh[i] * dLow[j] + dLow[i] * dHigh[j]);
      }
    }
    return interval.log();
  }
}
