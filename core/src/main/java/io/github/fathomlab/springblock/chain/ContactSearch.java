package io.github.fathomlab.springblock.chain;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first change of contact in a smooth piece of motion.
 *
 * <p>Margins and their slopes are looked at on a grid of a tenth of the fastest time of the chain,
 * finer just after the beginning; a margin below zero, or one that dips between two looks, is
 * located by Brent's method to rounding. Cost: O(N²) per look.
 */
final class ContactSearch {
  private static final double FIRST_STEP = 1e-4;
  private static final double ROUNDING = 1e-14;

  private final SmoothPiece piece;
  private final List<ContactWatch> watches = new ArrayList<>();
  private final double step;

  /** The next change. */
  record Found(double time, ContactWatch watch) {}

  ContactSearch(ChainSpec chain, SmoothPiece piece) {
    this.piece = piece;
    step = step(chain);
    double forces = chain.stiffness() * chain.pull().reach() + chain.friction().mean();
    for (double x : piece.at(piece.begin()).positions()) {
      forces = Math.max(forces, chain.stiffness() * Math.abs(x));
    }
    double speeds = forces / chain.inertia().impedance(chain.stiffness());
    for (int i = 0; i < chain.blocks(); i++) {
      if (piece.contact(i) == Contact.STICK) {
        watches.add(new ContactWatch(chain, piece, i, Contact.SLIP_RIGHT, ROUNDING * forces));
        watches.add(new ContactWatch(chain, piece, i, Contact.SLIP_LEFT, ROUNDING * forces));
      } else {
        watches.add(new ContactWatch(chain, piece, i, Contact.STICK, ROUNDING * speeds));
      }
    }
  }

  /** A tenth of the fastest time of a chain. */
  static double step(ChainSpec chain) {
    double fastest = chain.inertia().fastest(chain.stiffness());
    return 0.1
        / (chain.pull() instanceof Pull.Cyclic cyclic
            ? Math.max(fastest, cyclic.frequency())
            : fastest);
  }

  /** The first change before a time, or null. */
  @Nullable Found before(double end) {
    double a = piece.begin();
    double h = FIRST_STEP * step;
    ChainState early = piece.at(a);
    while (a < end) {
      double b = Math.min(a + h, end);
      ChainState late = piece.at(b);
      Found found = between(a, early, b, late);
      if (found != null) {
        return found;
      }
      a = b;
      early = late;
      h = Math.min(2 * h, step);
    }
    return null;
  }

  private @Nullable Found between(double a, ChainState early, double b, ChainState late) {
    Found first = null;
    for (ContactWatch watch : watches) {
      double ma = watch.margin(early, a);
      double mb = watch.margin(late, b);
      double low = b;
      if (mb >= -watch.slack() && watch.slope(early, a) < 0 && watch.slope(late, b) > 0) {
        low = root(watch::slope, a, b);
        mb = watch.margin(low);
      }
      if (mb < -watch.slack()) {
        double time = ma > 0 ? root(watch::margin, a, low) : a;
        if (first == null || time < first.time()) {
          first = new Found(time, watch);
        }
      }
    }
    return first;
  }

  private static double root(UnivariateFunction function, double a, double b) {
    return new BrentSolver(1e-16, 1e-15 * Math.max(1, b), 0).solve(200, function, a, b);
  }
}
