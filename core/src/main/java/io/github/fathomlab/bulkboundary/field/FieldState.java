package io.github.fathomlab.bulkboundary.field;

/**
 * The fields W(x), b(x) at one time and their velocities, in the layout of the shape.
 *
 * @param field θ (field units: the residual branch is ε (W σ + b))
 * @param velocity ∂_t θ
 */
public record FieldState(FieldShape shape, double[] field, double[] velocity) {

  public FieldState {
    if (field.length != shape.length() || velocity.length != shape.length()) {
      throw new IllegalArgumentException(
          "a field of %d sites and width %d has %d numbers, found %d and %d velocities"
              .formatted(
                  shape.sites(), shape.width(), shape.length(), field.length, velocity.length));
    }
  }

  /** A field at rest. */
  public static FieldState atRest(FieldShape shape, double[] field) {
    return new FieldState(shape, field, new double[shape.length()]);
  }
}
