package io.github.fathomlab.springblock.chain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one chain moved.
 *
 * @param chain what moved
 * @param times at which it was looked at; the first is 0 and the last the end
 * @param states positions and velocities at these times
 * @param events changes of contact in their order; none are recorded by the stepwise integrators
 * @param budget the energies; null where noise makes or takes some
 */
public record ChainMotion(
    ChainSpec chain,
    double[] times,
    List<ChainState> states,
    List<SlipEvent> events,
    @Nullable EnergyBudget budget) {

  public ChainMotion {
    states = List.copyOf(states);
    events = List.copyOf(events);
  }

  /** The last state. */
  public ChainState end() {
    return states.getLast();
  }

  /** e_1..e_{N+1} at the end. */
  public double[] elongations() {
    return chain.elongations(end().positions(), times[times.length - 1]);
  }

  /** E at every time. */
  public double[] energies() {
    double[] energies = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      energies[i] = chain.energy(states.get(i), times[i]);
    }
    return energies;
  }
}
