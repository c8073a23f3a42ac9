package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.renormalization.field.Estimate;
import io.github.fathomlab.renormalization.field.EvenFit;
import io.github.fathomlab.renormalization.field.QuarticChain;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The shape of a weighted sum of a block of the quartic chain: its excess kurtosis and, as the
 * characteristic parameters, the even family of unit variance with the same kurtosis.
 *
 * <p>Exact, from the moments of the sum; the family is the one hinted at for arXiv:2606.00157, the
 * fit by two moments is ours. Parameters are NaN where the family has no such kurtosis.
 */
record SumShape(double kurtosis, double theta2, double theta4) {

  static SumShape of(QuarticChain chain, double[] weights) {
    double[] moments = chain.momentsOfSum(weights);
    double m4 = moments[4] / (moments[2] * moments[2]);
    return switch (EvenFit.standardised(m4)) {
      case Estimate.Known<EvenFit>(EvenFit fit) ->
          new SumShape(m4 - 3, fit.family().theta2(), fit.family().theta4());
      case Estimate.Unknown<EvenFit> _ -> new SumShape(m4 - 3, Double.NaN, Double.NaN);
    };
  }

  /** The numbers as readings are called, with a suffix. */
  Map<String, Double> named(String suffix) {
    Map<String, Double> named = new LinkedHashMap<>();
    named.put("coupling.kurtosis" + suffix, kurtosis);
    named.put("coupling.theta2" + suffix, theta2);
    named.put("coupling.theta4" + suffix, theta4);
    return named;
  }
}
