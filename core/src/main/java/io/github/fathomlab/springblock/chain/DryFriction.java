package io.github.fathomlab.springblock.chain;

/**
 * Set-valued dry friction of a block on its ground.
 *
 * <pre>   f = right (v &gt; 0),   f = -left (v &lt; 0),   f in [-left, right] (v = 0) </pre>
 *
 * <p>Both numbers are forces, zero or more. Source: arXiv:2407.19353, whose code has the two
 * branches; the set at v = 0 is what makes a block stick. Asymmetric friction is symmetric friction
 * {@link #mean} with a constant force -{@link #skew} on each block.
 *
 * @param right against motion to the right, μ_R
 * @param left against motion to the left, μ_L
 */
public record DryFriction(double right, double left) {

  public DryFriction {
    if (!(right >= 0 && left >= 0 && Double.isFinite(right) && Double.isFinite(left))) {
      throw new IllegalArgumentException(
          "friction needs two finite forces >= 0, found right %s and left %s; their signs are given by the motion"
              .formatted(right, left));
    }
  }

  /** μ̄ = (right + left) / 2. */
  public double mean() {
    return (right + left) / 2;
  }

  /** δ = (right - left) / 2. */
  public double skew() {
    return (right - left) / 2;
  }

  /** Whether nothing ever sticks. */
  public boolean isZero() {
    return right == 0 && left == 0;
  }

  /** S(F), what friction leaves of a force: F - right, F + left, or 0 between the thresholds. */
  public double slip(double force) {
    return force - Math.max(-left, Math.min(right, force));
  }

  /** What holds a block of this contact back; 0 for one that sticks. */
  double against(Contact contact) {
    return switch (contact) {
      case SLIP_RIGHT -> right;
      case SLIP_LEFT -> -left;
      case STICK -> 0;
    };
  }

  /** The contact of a block at rest under a force; a force within the tolerance sticks. */
  Contact atRest(double force, double tolerance) {
    if (force > right + tolerance) {
      return Contact.SLIP_RIGHT;
    }
    return force < -left - tolerance ? Contact.SLIP_LEFT : Contact.STICK;
  }
}
