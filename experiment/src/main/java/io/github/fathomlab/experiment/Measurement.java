package io.github.fathomlab.experiment;

import io.github.fathomlab.coarsegraining.Origin;
import io.github.fathomlab.coarsegraining.Positions;
import io.github.fathomlab.training.StateSnapshot.View;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is measured during a training; null for what is switched off.
 *
 * @param learningCurve the training loss of the batch
 * @param separation data separation of every layer; loss and accuracy at the same moments
 * @param coupling couplings of every layer on data of a chain
 * @param rank effective rank of every layer and drift of its kernel
 * @param ledger the energy ledger of every layer
 */
public record Measurement(
    @Nullable LearningCurve learningCurve,
    @Nullable Separation separation,
    @Nullable Coupling coupling,
    @Nullable Rank rank,
    @Nullable Ledger ledger) {

  /** A reading every so many steps. */
  public record LearningCurve(long every) {}

  /**
   * A reading every so many steps.
   *
   * @param audit steps from one audit by an exact tangent map to the next, 0 for none
   * @param control audits from one that is repeated with a layer moved too far to the next, 0 for
   *     none; the first audit is controlled
   * @param secant steps from one exact split of the change of the loss to the next, 0 for none
   * @param midpoint whether the midpoint form is kept beside the kick-drift form
   */
  public record Ledger(long every, long audit, long control, long secant, boolean midpoint) {}

  /**
   * A number of moments spread over the training.
   *
   * @param samples blocks that are drawn where averages cannot be exact
   * @param units whether the units of every layer are read as spins too
   */
  public record Coupling(int times, int samples, boolean units) {

    /** As {@link Separation#moments}. */
    public long[] moments(long steps) {
      return logarithmic(times, steps);
    }
  }

  /**
   * A number of moments spread over the training.
   *
   * @param heldOut whether held-out samples are measured beside the training samples
   * @param uncentred whether ranks are measured from zero too
   * @param pooled whether the mean over the positions of a state is measured too
   * @param position a position that is measured alone too, or null
   */
  public record Rank(
      int times, boolean heldOut, boolean uncentred, boolean pooled, @Nullable Integer position) {

    /** As {@link Separation#moments}. */
    public long[] moments(long steps) {
      return logarithmic(times, steps);
    }

    /** On what ranks are measured. */
    Set<View> views() {
      return heldOut ? EnumSet.of(View.TRAINING, View.HELD_OUT) : EnumSet.of(View.TRAINING);
    }

    /** Which parts of a state are measured. */
    List<Positions> positions() {
      List<Positions> all = new ArrayList<>(List.of(new Positions.Together()));
      if (pooled) {
        all.add(new Positions.Pooled());
      }
      if (position != null) {
        all.add(new Positions.One(position));
      }
      return all;
    }

    /** From where. */
    List<Origin> origins() {
      return uncentred ? List.of(Origin.MEAN, Origin.ZERO) : List.of(Origin.MEAN);
    }
  }

  /**
   * A number of moments spread over the training.
   *
   * @param heldOut whether held-out samples are measured beside the training samples
   * @param batchStatistics whether the training samples are measured once more, normalised by their
   *     own statistics
   */
  public record Separation(int times, boolean heldOut, boolean batchStatistics) {

    /** On what the separation is measured. */
    Set<View> views() {
      Set<View> views = EnumSet.of(View.TRAINING);
      if (heldOut) {
        views.add(View.HELD_OUT);
      }
      if (batchStatistics) {
        views.add(View.BATCH_STATISTICS);
      }
      return views;
    }

    /**
     * The moments, as numbers of steps done: 0, then evenly on a logarithmic scale up to the last,
     * because a network changes most when it has seen little.
     *
     * <p>Where a logarithmic scale would fall twice on one step, the steps are taken one by one
     * until it no longer does. Returns min(times, steps + 1) increasing numbers.
     */
    public long[] moments(long steps) {
      return logarithmic(times, steps);
    }
  }

  private static long[] logarithmic(int times, long steps) {
    int count = (int) Math.min(times, steps + 1);
    long[] moments = new long[count];
    for (int i = 1; i < count; i++) {
      int left = count - i;
      double before = Math.max(1, moments[i - 1]);
      double ratio = StrictMath.pow(steps / before, 1.0 / left);
      long even = Math.round(before * ratio);
      moments[i] = left == 1 ? steps : Math.max(moments[i - 1] + 1, i == 1 ? 1 : even);
    }
    return moments;
  }
}
