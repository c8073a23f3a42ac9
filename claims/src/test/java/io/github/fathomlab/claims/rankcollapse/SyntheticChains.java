package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.function.IntToDoubleFunction;

/** The table of a sweep over Markov chains, cell by cell; networks of six blocks. */
final class SyntheticChains {
  static final long LAST = 3000;
  private static final int FIRST_LAYER = 1;
  private static final int BLOCKS = 6;

  final Recorded recorded = new Recorded();
  private int cells;
  private int first;

  /** A chain with the numbers of one that is learned and does not collapse; changed, then added. */
  Chain chain(String family, double xi) {
    return new Chain(family, xi);
  }

  /** One cell before it is added. */
  final class Chain {
    private final String family;
    private final double xi;
    private String name = "";
    private double axis = Double.NaN;
    private int seeds = 6;
    private double draws = 300;
    private double window = 1;
    private double sequence;
    private String masking = "plain";
    private double maskRate = 0.15;
    private double residual = 1;
    private double shuffle;
    private double taskRank = 5;
    private double available = 0.5;
    private double captured = 0.98;
    private IntToDoubleFunction masked = _ -> 1;
    private IntToDoubleFunction all = _ -> 0.6;
    private double untrained = 1.3;
    private double untrainedAll = 1.1;
    private double bump;
    private double top1 = 0.8;
    private double top2 = 0.9;
    private double untrainedTop1 = 0.36;
    private double plateaus = 0.8;
    private double firstShare = 0.4;
    private double lastShare = 0.2;
    private double update = 0.4;
    private boolean plateau = true;

    private Chain(String family, double xi) {
      this.family = family;
      this.xi = xi;
    }

    Chain named(String word) {
      name = word;
      return this;
    }

    /** On an axis of correlation lengths too. */
    Chain onAxis() {
      axis = xi;
      return this;
    }

    Chain seeds(int count) {
      seeds = count;
      return this;
    }

    Chain draws(double count) {
      draws = count;
      return this;
    }

    /** Position-wise: nothing can be learned. */
    Chain blind() {
      window = 0;
      available = 0;
      return this;
    }

    Chain sequence(double length) {
      sequence = length;
      return this;
    }

    Chain masking(String word, double rate) {
      masking = word;
      maskRate = rate;
      return this;
    }

    Chain withoutResiduals() {
      residual = 0;
      return this;
    }

    Chain independent() {
      available = 0;
      taskRank = 0;
      return this;
    }

    Chain shuffled() {
      return shuffled(1).captured(0);
    }

    /** A share of the targets; what could be learned of the others is still there. */
    Chain shuffled(double share) {
      shuffle = share;
      return this;
    }

    Chain taskRank(double rank) {
      taskRank = rank;
      return this;
    }

    Chain captured(double share) {
      captured = share;
      return this;
    }

    /** The fall at masked positions, the mean of seeds that differ by a hundredth. */
    Chain rho(double mean) {
      masked = around(mean);
      return this;
    }

    Chain rho(IntToDoubleFunction ofSeed) {
      masked = ofSeed;
      return this;
    }

    Chain rhoAll(double mean) {
      all = around(mean);
      return this;
    }

    Chain untrained(double maskedRho, double allRho) {
      untrained = maskedRho;
      untrainedAll = allRho;
      return this;
    }

    /** The rank rises by so much in the first block of every other seed. */
    Chain rising(double by) {
      bump = by;
      return this;
    }

    Chain tops(double one, double two) {
      top1 = one;
      top2 = two;
      return this;
    }

    Chain untrainedTop(double one) {
      untrainedTop1 = one;
      return this;
    }

    Chain plateaus(double share) {
      plateaus = share;
      return this;
    }

    /**
     * Of the variance outside what the task needs, in a stream whose variance grows from 1 to 500.
     */
    Chain shares(double atBeginning, double atEnd) {
      firstShare = atBeginning;
      lastShare = atEnd;
      return this;
    }

    Chain update(double value) {
      update = value;
      return this;
    }

    Chain withoutPlateau() {
      plateau = false;
      return this;
    }

    private IntToDoubleFunction around(double mean) {
      return s -> mean + 0.01 * (s - (seeds - 1) / 2.0);
    }

    SyntheticChains add() {
      for (int s = 0; s < seeds; s++) {
        place(first + s);
        task(first + s);
        network(first + s);
        stream(first + s, s);
      }
      first += seeds;
      cells++;
      return SyntheticChains.this;
    }

    private void place(int replica) {
      if (!name.isEmpty()) {
        put("axis.case", 0, name, replica, cells);
      }
      if (!Double.isNaN(axis)) {
        put("axis.data.correlation_length", 0, "", replica, axis);
      }
      put("sweep.cell", 0, "", replica, cells);
    }

    private void task(int replica) {
      put("tokens.family", 0, family, replica, 8);
      put("tokens.correlation_length", 0, "", replica, xi);
      put("tokens.task_rank", 0, "", replica, taskRank);
      put("tokens.window", 0, "", replica, window);
      put("tokens.draws", 0, "", replica, draws);
      put("tokens.sequence", 0, "", replica, sequence);
      put("tokens.shuffle", 0, "", replica, shuffle);
      put("tokens.masking", 0, masking, replica, 1);
      put("tokens.mask_rate", 0, "", replica, maskRate);
      put("tokens.residual", 0, "", replica, residual);
      put("information.blind_loss", 0, "", replica, 2);
      put("information.bayes_loss", 0, "", replica, 2 - available);
      put("information.available", 0, "", replica, available);
      put("rank.stream_first", 0, "", replica, FIRST_LAYER);
      put("rank.stream_last", 0, "", replica, FIRST_LAYER + BLOCKS);
      put("information.loss", 0, "", replica, 2.1);
    }

    private void network(int replica) {
      double loss = available > 0 ? 2 - captured * available : 2.002;
      put("information.loss", LAST, "", replica, loss);
      put("information.captured", LAST, "", replica, available > 0 ? captured : Double.NaN);
      put("drift.top_share", 0, "", replica, untrainedTop1);
      put("drift.top_two_share", 0, "", replica, 0.61 + 0.001 * (replica % 7));
      put("drift.top_share", LAST, "", replica, top1);
      put("drift.top_two_share", LAST, "", replica, top2);
      put("drift.plateau", LAST, "", replica, plateaus);
      put("rank.collapse_ratio", 0, "", replica, window > 0 ? untrained : Double.NaN);
      put("all.rank.collapse_ratio", 0, "", replica, untrainedAll);
    }

    private void stream(int replica, int s) {
      double end = masked.applyAsDouble(s);
      put("rank.collapse_ratio", LAST, "", replica, window > 0 ? end : Double.NaN);
      put("all.rank.collapse_ratio", LAST, "", replica, all.applyAsDouble(s));
      for (int l = 0; l <= BLOCKS; l++) {
        double share = (double) l / BLOCKS;
        double rise = l == 1 && s % 2 == 1 ? bump : 0;
        layer("rank.effective_rank", l, replica, 14 * (1 + share * (end - 1) + rise));
        layer("all.rank.effective_rank", l, replica, 20 * (1 + share * (all.applyAsDouble(s) - 1)));
        layer("relevance.other_variance", l, replica, between(share, firstShare, lastShare));
        layer(
            "relevance.relevant_variance",
            l,
            replica,
            between(share, 1 - firstShare, 1 - lastShare));
        recorded.add("relevance.other_variance", 0, FIRST_LAYER + l, replica, 0.1 * (1 + l));
        if (l < BLOCKS) {
          layer("drift.kernel_drift", l, replica, l == 0 ? 0.2 : plateau ? 0.001 : 0.1);
          layer("drift.relative_update", l, replica, l == 0 ? 8 : update);
        }
      }
    }

    private static double between(double share, double atBeginning, double atEnd) {
      return (1 - share) * atBeginning + share * 500 * atEnd;
    }

    private void layer(String quantity, int l, int replica, double value) {
      recorded.add(quantity, LAST, FIRST_LAYER + l, replica, value);
    }

    private void put(String quantity, long step, String word, int replica, double value) {
      recorded.add(
          new Reading(
              quantity,
              step,
              Reading.WHOLE_NETWORK,
              word,
              replica,
              value,
              Double.isNaN(value) ? Status.NOT_APPLICABLE : Status.OK,
              Double.NaN));
    }
  }
}
