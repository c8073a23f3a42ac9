package io.github.fathomlab.training;

import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.MiddleSums;
import java.util.List;

/**
 * The midpoint of an optimizer step.
 *
 * @param direction w̄ = (p + p')/(2N), flat
 * @param sums inner products with it, per layer
 */
public record Middle(Matrix direction, List<MiddleSums> sums) {

  public Middle {
    sums = List.copyOf(sums);
  }
}
