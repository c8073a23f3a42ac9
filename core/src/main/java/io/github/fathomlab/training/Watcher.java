package io.github.fathomlab.training;

import io.github.fathomlab.training.StateSnapshot.View;
import java.util.Set;

/**
 * Somebody who looks at one replica while it trains, and says beforehand what for, so that nothing
 * is computed in vain.
 *
 * <p>A replica calls its watchers from one thread at a time. Watchers read; what they are shown is
 * valid during the call.
 */
public interface Watcher {

  /** What a watcher needs to see of a training step, from nothing to everything. */
  enum Need {
    /** Not this step. */
    NOTHING,
    /** The loss of the batch, known anyway. */
    LOSS,
    /** Inner products of the step, per layer. */
    SUMS,
    /** The sums, and the parameters still where they were with the displacement u beside them. */
    STEP,
    /** All of that, and the gradients with respect to every state. */
    TENSORS
  }

  /** What the watcher needs of step k. */
  default Need need(long step) {
    return Need.NOTHING;
  }

  /** Whether the midpoint direction of step k and its inner products are wanted as well. */
  default boolean wantsMiddle(long step) {
    return false;
  }

  /** Shows step k. */
  default void observe(StepSnapshot snapshot) {}

  /** Whether the watcher wants to see the network's state after the given number of steps. */
  default boolean wantsState(long step) {
    return false;
  }

  /** On which samples and in which mode the states are wanted; the same during a training. */
  default Set<View> views() {
    return Set.of(View.TRAINING);
  }

  /** Shows the network evaluated on data, between two steps: once for each of the views. */
  default void observe(StateSnapshot snapshot) {}

  /** Numbers the watcher carries from step to step; they go into checkpoints. */
  default double[] memory() {
    return new double[0];
  }

  /** Puts back what {@link #memory} gave. */
  default void restore(double[] memory) {}
}
