package io.github.fathomlab.renormalization.block;

import io.github.fathomlab.network.Loss;

/**
 * The best possible answer to the question which of two couplings a window of the chain has, both
 * being equally likely.
 *
 * <pre>
 *   logit(c) = ln w_c(K_1, h) - ln w_c(K_0, h)
 *            = (K_1 - K_0) E_c - (W - 1) ln(cosh K_1 / cosh K_0)          without a field
 *   L* = 1/2 E_0[softplus(logit)] + 1/2 E_1[softplus(-logit)]             (nats)
 * </pre>
 *
 * <p>Symbols: E_c, w_c, h and W as in {@link Window}; E_k the mean at coupling K_k; a positive
 * logit says K_1. Without a field the logit is even, so its coupling {@link BlockFeature#coupling}
 * is 0 at every W. In a field it is not even and its coupling falls only about as 1/W.
 *
 * <p>Source: our own proposition; the bonds are independent without a field, hence the number of
 * satisfied ones is binomial with e^K/(2 cosh K) and sufficient. Valid where {@link Window} is.
 * Cost: O(W) without a field ({@link #optimum(int, double, double)}), O(2^W) otherwise.
 */
public final class Thermometer {
  private final Window cold;
  private final Window hot;

  /** A thermometer for couplings K_0 and K_1 in a field. */
  public Thermometer(int width, double coupling0, double coupling1, double field) {
    cold = Window.inField(width, coupling1, field);
    hot = Window.inField(width, coupling0, field);
  }

  /**
   * What a thermometer reaches over the whole population.
   *
   * @param loss cross entropy in nats
   * @param accuracy probability of the right answer; a logit of 0 counts half
   */
  public record Score(double loss, double accuracy) {}

  /** The best score at any width without a field, from the number of satisfied bonds. */
  public static Score optimum(int width, double coupling0, double coupling1) {
    if (width < 1 || !Double.isFinite(coupling0) || !Double.isFinite(coupling1)) {
      throw new IllegalArgumentException(
          "expected at least one spin and finite couplings, found %d, %s and %s"
              .formatted(width, coupling0, coupling1));
    }
    int bonds = width - 1;
    double loss = 0;
    double accuracy = 0;
    double logChoices = 0;
    for (int satisfied = 0; satisfied <= bonds; satisfied++) {
      double log0 = logProbability(satisfied, bonds, coupling0);
      double log1 = logProbability(satisfied, bonds, coupling1);
      double p0 = Math.exp(logChoices + log0);
      double p1 = Math.exp(logChoices + log1);
      loss +=
          0.5
              * (p0 * Loss.Logistic.softplus(log1 - log0)
                  + p1 * Loss.Logistic.softplus(log0 - log1));
      accuracy += 0.5 * Math.max(p0, p1);
      logChoices += Math.log((bonds - satisfied) / (satisfied + 1.0));
    }
    return new Score(loss, accuracy);
  }

  /** ln of one configuration's probability over that of its first spin. */
  private static double logProbability(int satisfied, int bonds, double coupling) {
    return -satisfied * Loss.Logistic.softplus(-2 * coupling)
        - (bonds - satisfied) * Loss.Logistic.softplus(2 * coupling);
  }

  /** The Bayes logit of every configuration. */
  public double[] logits() {
    return hot.tabulate(c -> cold.logWeight(c) - hot.logWeight(c));
  }

  /** The best score, by enumeration. */
  public Score optimum() {
    return score(logits());
  }

  /**
   * The score of any logits over the population.
   *
   * @param logits one for every configuration of the window
   */
  public Score score(double[] logits) {
    hot.requireOnePerConfiguration(logits.length);
    double loss = 0;
    double accuracy = 0;
    for (int c = 0; c < logits.length; c++) {
      double z = logits[c];
      double p0 = 0.5 * hot.weight(c);
      double p1 = 0.5 * cold.weight(c);
      loss += p0 * Loss.Logistic.softplus(z) + p1 * Loss.Logistic.softplus(-z);
      accuracy += z > 0 ? p1 : z < 0 ? p0 : 0.5 * (p0 + p1);
    }
    return new Score(loss, accuracy);
  }

  /** The window at K_0. */
  public Window hot() {
    return hot;
  }

  /** The window at K_1. */
  public Window cold() {
    return cold;
  }
}
