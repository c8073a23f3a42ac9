package io.github.fathomlab.training;

import io.github.fathomlab.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * A network between two steps, evaluated.
 *
 * @param step optimizer steps done
 * @param view on which samples and in which mode
 * @param evaluation of the first 4096 samples of the view's set, or of all when it has fewer
 * @param test loss and accuracy on all held-out samples, null when there are none
 */
public record StateSnapshot(
    int replica,
    long step,
    Network network,
    View view,
    Evaluation evaluation,
    Evaluation.@Nullable Score test) {

  /** What a state is evaluated on, and how. */
  public enum View {
    /** Training samples in evaluation mode. */
    TRAINING(""),
    /** Held-out samples in evaluation mode. */
    HELD_OUT("held_out."),
    /**
     * Training samples, normalised by their own statistics, without masks; running averages lag
     * behind these while a network changes fast.
     */
    BATCH_STATISTICS("batch.");

    private final String prefix;

    View(String prefix) {
      this.prefix = prefix;
    }

    /** What the names of quantities measured on this view begin with. */
    public String prefix() {
      return prefix;
    }
  }
}
