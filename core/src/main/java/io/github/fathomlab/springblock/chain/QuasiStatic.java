package io.github.fathomlab.springblock.chain;

/**
 * Equilibria of a chain whose end is moved slowly, and the work that friction takes.
 *
 * <pre>
 *   equilibrium:  -μ_L &lt;= F_l &lt;= μ_R for all l
 *   pulled out:   the least x &gt;= x_before with F_l &lt;= μ_R;    let in: the greatest x &lt;= x_before with F_l &gt;= -μ_L
 * </pre>
 *
 * <p>Source: our derivation for the first-order chain of arXiv:2407.19353, whose flow is
 * cooperative: after a pull every block moves right or rests. F_l &lt;= μ_R says that u_l = x_l -
 * (μ_R/2k) l² is concave, so the least such x is the upper hull of the points (l, u_l) of the start
 * with both ends held. Validity: start an equilibrium for the end's old place. Cost: O(N).
 *
 * @param position y of the end
 * @param positions x_1..x_N at rest
 * @param endForce k e_{N+1}, the force on the hand that pulls
 * @param frictionWork Σ μ |Δx| of the way from the equilibrium before
 */
public record QuasiStatic(
    double position, double[] positions, double endForce, double frictionWork) {
  private static final double ROUNDING = 1e-9;

  /**
   * Moves the end and lets the chain come to rest.
   *
   * @param chain stiffness and friction; its pull, inertia and noise do not matter
   * @param before positions at rest
   * @param from where the end was
   * @param to where it goes
   * @throws IllegalArgumentException when the start is no equilibrium
   */
  public static QuasiStatic move(ChainSpec chain, double[] before, double from, double to) {
    ChainSpec held = chain.with(new Pull.Constant(from));
    double reach = Math.abs(from);
    for (double x : before) {
      reach = Math.max(reach, Math.abs(x));
    }
    double tolerance = ROUNDING * (chain.stiffness() * reach + chain.friction().mean());
    for (int l = 0; l < chain.blocks(); l++) {
      double force = held.force(before, l, 0);
      if (chain.friction().atRest(force, tolerance) != Contact.STICK) {
        throw new IllegalArgumentException(
            "block %d is not at rest with its end at %s: its force %s is outside [%s, %s]; start from an equilibrium"
                .formatted(l + 1, from, force, -chain.friction().left(), chain.friction().right()));
      }
    }
    double sign = to >= from ? 1 : -1;
    double friction = to >= from ? chain.friction().right() : chain.friction().left();
    double[] after = hull(before, to, sign, friction / chain.stiffness());
    double way = 0;
    for (int l = 0; l < after.length; l++) {
      way += Math.abs(after[l] - before[l]);
    }
    double endForce = chain.stiffness() * (to - after[after.length - 1]);
    return new QuasiStatic(to, after, endForce, friction * way);
  }

  /** The rests of a chain whose end visits one place after the other. */
  public static QuasiStatic[] visit(
      ChainSpec chain, double[] start, double from, double... places) {
    QuasiStatic[] rests = new QuasiStatic[places.length];
    double[] before = start;
    double place = from;
    for (int i = 0; i < places.length; i++) {
      rests[i] = move(chain, before, place, places[i]);
      before = rests[i].positions();
      place = places[i];
    }
    return rests;
  }

  /** Least majorant of sign x with second differences at most the ratio; points below stay. */
  private static double[] hull(double[] before, double end, double sign, double ratio) {
    int points = before.length + 2;
    double[] u = new double[points];
    for (int l = 1; l < points; l++) {
      double x = l == points - 1 ? end : before[l - 1];
      u[l] = sign * x - ratio * l * l / 2;
    }
    int[] corners = new int[points];
    int count = 0;
    for (int l = 0; l < points; l++) {
      while (count > 1 && below(u, corners[count - 2], corners[count - 1], l)) {
        count--;
      }
      corners[count++] = l;
    }
    double[] after = before.clone();
    for (int c = 1; c < count; c++) {
      int a = corners[c - 1];
      int b = corners[c];
      for (int l = a + 1; l < b; l++) {
        double chord = u[a] + (u[b] - u[a]) * (l - a) / (b - a);
        after[l - 1] = sign * (chord + ratio * l * l / 2);
      }
    }
    return after;
  }

  private static boolean below(double[] u, int a, int middle, int b) {
    return (u[middle] - u[a]) * (b - a) < (u[b] - u[a]) * (middle - a);
  }
}
