package io.github.fathomlab.bulkboundary.field;

/**
 * How ∂_x z = W σ(z) + b becomes a recursion over sites, z_{m+1} = z_m + ε (W_m σ(z̄_m) + b_m) with
 * z̄_m = (1-c) z_m + c z_{m+1} and ε = 1/M.
 */
public sealed interface DepthScheme {

  /** c = 0: the residual network itself; differs from the field by O(1/M). */
  record Euler() implements DepthScheme {}

  /** c = 1/2, implicit: the solver of the field; differs from it by O(1/M²). */
  record Midpoint() implements DepthScheme {}

  /** c, which is also where in its cell the parameters of a site live: x = (m + c)/M. */
  default double weight() {
    return switch (this) {
      case Euler _ -> 0;
      case Midpoint _ -> 0.5;
    };
  }
}
