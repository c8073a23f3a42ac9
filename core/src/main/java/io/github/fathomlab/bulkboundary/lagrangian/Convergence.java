package io.github.fathomlab.bulkboundary.lagrangian;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Errors at a sequence of step sizes, and the power with which they fall.
 *
 * @param steps step sizes or small parameters, falling
 * @param errors the error at each
 */
public record Convergence(List<Double> steps, List<Double> errors) {

  public Convergence {
    steps = List.copyOf(steps);
    errors = List.copyOf(errors);
    if (steps.size() < 2 || steps.size() != errors.size()) {
      throw new IllegalArgumentException(
          "an order needs at least two steps with one error each, found %d and %d"
              .formatted(steps.size(), errors.size()));
    }
  }

  /** The slope of ln error over ln step between neighbours; NaN where an error is zero. */
  public List<Double> orders() {
    return IntStream.range(1, steps.size()).mapToObj(i -> slope(i - 1, i)).toList();
  }

  /** The order between the two finest steps. */
  public double order() {
    return slope(steps.size() - 2, steps.size() - 1);
  }

  /** The order over the whole range, first step against last. */
  public double meanOrder() {
    return slope(0, steps.size() - 1);
  }

  private double slope(int i, int j) {
    double error = StrictMath.log(errors.get(j)) - StrictMath.log(errors.get(i));
    double slope = error / (StrictMath.log(steps.get(j)) - StrictMath.log(steps.get(i)));
    return Double.isFinite(slope) ? slope : Double.NaN;
  }
}
