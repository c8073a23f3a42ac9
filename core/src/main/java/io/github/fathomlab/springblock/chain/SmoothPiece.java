package io.github.fathomlab.springblock.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The motion of a chain as long as no block changes its contact: linear, in closed form. */
final class SmoothPiece {
  private final ChainSpec chain;
  private final Contact[] contacts;
  private final double begin;
  private final ChainState from;
  private final List<SlidingRun> runs = new ArrayList<>();

  SmoothPiece(ChainSpec chain, Contact[] contacts, double begin, ChainState from) {
    this.chain = chain;
    this.contacts = contacts;
    this.begin = begin;
    this.from = from;
    int l = 0;
    while (l < contacts.length) {
      int first = l;
      while (l < contacts.length && contacts[l] != Contact.STICK) {
        l++;
      }
      if (l > first) {
        runs.add(new SlidingRun(chain, contacts, first, l, begin, from));
      } else {
        l++;
      }
    }
  }

  /** A chain that slides without friction from its start on. */
  static SmoothPiece frictionless(ChainSpec chain) {
    Contact[] contacts = new Contact[chain.blocks()];
    Arrays.fill(contacts, Contact.SLIP_RIGHT);
    return new SmoothPiece(chain.with(new DryFriction(0, 0)), contacts, 0, chain.start());
  }

  double begin() {
    return begin;
  }

  Contact contact(int index) {
    return contacts[index];
  }

  /** Whether nothing will ever move again. */
  boolean isAtRest() {
    return runs.isEmpty() && chain.pull() instanceof Pull.Constant;
  }

  /** The state at a time; what sticks stays where it was, with velocity exactly 0. */
  ChainState at(double time) {
    double[] positions = from.positions().clone();
    double[] velocities = new double[positions.length];
    for (SlidingRun run : runs) {
      run.at(time, positions, velocities);
    }
    return new ChainState(positions, velocities);
  }

  /** dF/dt of a block. */
  double forceRate(ChainState state, int index, double time) {
    double[] v = state.velocities();
    double left = index == 0 ? 0 : v[index - 1];
    double right = index == v.length - 1 ? chain.pull().rate(time) : v[index + 1];
    return chain.stiffness() * (right - 2 * v[index] + left);
  }

  /** dv/dt of a sliding block. */
  double acceleration(ChainState state, int index, double time) {
    return switch (chain.inertia()) {
      case Inertia.Massless massless -> forceRate(state, index, time) / massless.damping();
      case Inertia.Massive massive ->
          (chain.force(state.positions(), index, time)
                  - massive.damping() * state.velocities()[index]
                  - chain.friction().against(contacts[index]))
              / massive.mass();
    };
  }
}
