package io.github.fathomlab.springblock.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The exact motion of a chain without noise, from one change of contact to the next.
 *
 * <p>While no block begins to slip, turns or stops, the chain is linear: every run of sliding
 * blocks between blocks at rest is a sum of standing waves in closed form ({@link SlidingRun}). A
 * block at rest leaves when F &gt; μ_R or F &lt; -μ_L; a sliding block that stops stays when F is
 * in [-μ_L, μ_R] and turns otherwise. A block at rest has velocity exactly 0.
 *
 * <p>Source: our derivation for the chains of arXiv:2407.19353, first and second order. Validity:
 * no noise; constant or sinusoidal pull, and with mass a sinusoidal pull needs damping. Errors:
 * times and states to about 1e-12 of their scale. Cost: O(N²) per tenth of the fastest time of the
 * chain.
 */
public final class EventDrivenChain {
  private static final double ROUNDING = 1e-12;
  private static final int MOST_EVENTS = 1_000_000;
  private static final double MOST_LOOKS = 1e8;

  private final ChainSpec chain;
  private final double[] times;
  private final List<ChainState> states = new ArrayList<>();
  private final List<SlipEvent> events = new ArrayList<>();
  private final EnergyBudget.Account account;
  private final double slack;

  private EventDrivenChain(ChainSpec chain, double[] times) {
    this.chain = chain;
    this.times = times;
    account = new EnergyBudget.Account(chain);
    double reach = chain.pull().reach();
    for (double x : chain.start().positions()) {
      reach = Math.max(reach, Math.abs(x));
    }
    slack = ROUNDING * (chain.friction().mean() + chain.stiffness() * reach);
  }

  /**
   * Moves a chain.
   *
   * @param times at which its state is wanted, rising from 0
   * @throws IllegalArgumentException when the chain has noise or a sampled pull, or more looks
   *     would be needed than can be afforded
   */
  public static ChainMotion run(ChainSpec chain, double... times) {
    if (chain.noise().amplitude() > 0) {
      throw new IllegalArgumentException(
          "the exact motion exists without noise only, found noise %s; use ChainEnsemble"
              .formatted(chain.noise().amplitude()));
    }
    if (chain.pull() instanceof Pull.Sampled) {
      throw new IllegalArgumentException(
          "the exact motion exists for a constant or a sinusoidal pull, found a sampled one; use MeanField");
    }
    boolean undamped = chain.inertia().damping() == 0;
    if (undamped && chain.pull() instanceof Pull.Cyclic) {
      throw new IllegalArgumentException(
          "a cyclic pull of blocks with mass needs damping > 0, or resonance has no end; found damping 0");
    }
    return new EventDrivenChain(chain, times).move();
  }

  /** Positions of a chain without friction and noise, all blocks free from t = 0. */
  public static ChainState frictionless(ChainSpec chain, double time) {
    return SmoothPiece.frictionless(chain).at(time);
  }

  private ChainMotion move() {
    double end = times[times.length - 1];
    SmoothPiece piece = begin();
    if (!piece.isAtRest() && end / ContactSearch.step(chain) > MOST_LOOKS) {
      throw new IllegalArgumentException(
          "a duration of %s is too long for a chain whose fastest time is %s; use a shorter one"
              .formatted(end, 10 * ContactSearch.step(chain)));
    }
    while (true) {
      boolean done = chain.friction().isZero() || piece.isAtRest();
      ContactSearch.Found found = done ? null : new ContactSearch(chain, piece).before(end);
      double until = found == null ? end : found.time();
      while (states.size() < times.length && (found == null || times[states.size()] < until)) {
        states.add(piece.at(times[states.size()]));
      }
      account.add(piece, until);
      if (found == null) {
        EnergyBudget budget = account.close(piece.at(end), end);
        return new ChainMotion(chain, times, states, events, budget);
      }
      piece = change(piece, found);
    }
  }

  private SmoothPiece begin() {
    if (chain.friction().isZero()) {
      return SmoothPiece.frictionless(chain);
    }
    ChainState start = chain.start();
    Contact[] contacts = new Contact[chain.blocks()];
    for (int i = 0; i < contacts.length; i++) {
      double v = start.velocities()[i];
      if (v == 0) {
        contacts[i] = chain.friction().atRest(chain.force(start.positions(), i, 0), slack);
        if (contacts[i] != Contact.STICK) {
          events.add(new SlipEvent(0, i + 1, contacts[i]));
        }
      } else {
        contacts[i] = v > 0 ? Contact.SLIP_RIGHT : Contact.SLIP_LEFT;
      }
    }
    return new SmoothPiece(chain, contacts, 0, start);
  }

  private SmoothPiece change(SmoothPiece piece, ContactSearch.Found found) {
    if (events.size() >= MOST_EVENTS) {
      throw new ArithmeticException(
          "more than %d changes of contact before time %s; use a shorter duration"
              .formatted(MOST_EVENTS, found.time()));
    }
    ContactWatch watch = found.watch();
    ChainState state = piece.at(found.time());
    Contact[] contacts = new Contact[chain.blocks()];
    Arrays.setAll(contacts, piece::contact);
    Contact next = watch.target();
    if (next == Contact.STICK) {
      state.velocities()[watch.index()] = 0;
      double force = chain.force(state.positions(), watch.index(), found.time());
      next = chain.friction().atRest(force, slack);
    }
    contacts[watch.index()] = next;
    events.add(new SlipEvent(found.time(), watch.index() + 1, next));
    return new SmoothPiece(chain, contacts, found.time(), state);
  }
}
