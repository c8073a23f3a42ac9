package io.github.fathomlab.kernels;

/** The two number formats a network can be trained in. */
public enum Precision {
  FLOAT32(0x1.0p-23),
  FLOAT64(0x1.0p-52);

  private final double epsilon;

  Precision(double epsilon) {
    this.epsilon = epsilon;
  }

  /** Distance from 1 to the next larger number. */
  public double epsilon() {
    return epsilon;
  }
}
