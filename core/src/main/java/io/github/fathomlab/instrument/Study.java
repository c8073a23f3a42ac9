package io.github.fathomlab.instrument;

import java.util.function.Consumer;

/**
 * A computation without a training of its own, whose readings a claim is judged on.
 *
 * <p>Deterministic: the same study gives the same readings on machines of one type.
 */
public interface Study {

  /**
   * Carries it out.
   *
   * @param quick a smaller study with the same documented verdict
   * @param sink receives the readings, from one thread at a time; their {@code step} counts along
   *     the study's own axis, such as lattice sites or evaluations, as the quantity's documentation
   *     says
   */
  void perform(boolean quick, Consumer<Reading> sink);
}
