package io.github.fathomlab.springblock.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFitTest {
  private static final double[] SEEN = {0.9, 1.1, 1.05, 0.95};

  /** Sees its first number and the second only through a weight. */
  private static BoundedLeastSquares problem(double weight) {
    return new BoundedLeastSquares(
        parameters -> {
          double[] residuals = new double[SEEN.length];
          double[][] jacobian = new double[SEEN.length][];
          for (int i = 0; i < SEEN.length; i++) {
            residuals[i] = (parameters[0] + weight * parameters[1] - SEEN[i]) / 0.1;
            jacobian[i] = new double[] {10, 10 * weight};
          }
          return new BoundedLeastSquares.Response(residuals, jacobian);
        },
        new double[] {-10, -10},
        new double[] {10, 10});
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-300, 1e-170})
  void aNumberThatIsNotSeenIsUnknownAndDisturbsNoOther(double weight) {
    ProfileFit fit =
        ProfileFit.of(
            problem(weight),
            List.of(new ProfileFit.Axis("seen", false, 1), new ProfileFit.Axis("hidden", false, 1)),
            1,
            List.of(new double[] {0, 0}, new double[] {2, 3}));
    Estimate.Known known = assertInstanceOf(Estimate.Known.class, fit.estimate(0));
    assertEquals(1, known.value(), 1e-6);
    assertTrue(known.low() < 1 && known.high() > 1, known.toString());
    assertInstanceOf(Estimate.Unknown.class, fit.estimate(1));
    assertTrue(fit.condition() > 1e10, () -> "condition " + fit.condition());
  }
}
