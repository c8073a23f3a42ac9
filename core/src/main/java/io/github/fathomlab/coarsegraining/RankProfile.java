package io.github.fathomlab.coarsegraining;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.network.Block;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.network.RowLayer;
import io.github.fathomlab.training.StateSnapshot;
import io.github.fathomlab.training.StateSnapshot.View;
import io.github.fathomlab.training.Watcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ranks of the representations over depth and the drift of their kernels, as an instrument.
 *
 * <p>Representations l = 0..L as in a separation profile: the (normalised) input, the output of
 * every layer. Quantities per representation: {@code rank.effective_rank}, {@code
 * rank.effective_rank_covariance}, {@code rank.participation_ratio}, {@code rank.stable_rank}; of
 * the transition from l to l+1, at l and for all but the last: {@code drift.kernel_drift}, {@code
 * drift.cka}, {@code drift.kernel_change}, {@code drift.relative_update}. Of the whole network
 * {@code drift.top_share}, {@code drift.top_two_share}, {@code drift.plateau}, {@code
 * drift.plateau_length} and {@code drift.chance} of the transitions of its {@link #stream}, the
 * expectations of the first three with the suffix {@code .null}.
 *
 * <p>Where one transition of the stream cannot be measured, because a layer is dead or broken, the
 * whole network has no such number but the status of the first one missing: in a plain network all
 * above a dead layer is dead too, and the change into it, which has no kernel to compare with, may
 * be the largest of all. A share of the rest would say that another layer does the work. The drifts
 * below and beside it are given one by one.
 *
 * <p>See {@link SpectralRanks}, {@link KernelChange}, {@link StreamUpdate}, {@link Concentration}.
 * Names begin with {@code held_out.} or {@code batch.} in other views than training samples in
 * evaluation mode, and end with {@link Positions#suffix} and, measured from {@link Origin#ZERO},
 * with {@code .uncentred}, where there is no drift. Cost per layer: {@link ContrastSpectrum} and
 * {@link Representation#changeTo}.
 */
public final class RankProfile implements Watcher {
  private final View view;
  private final Positions positions;
  private final Origin origin;
  private final double @Nullable [] weights;
  private final Rhythm rhythm;
  private final Consumer<Reading> sink;

  /**
   * @param weights of the samples that the view evaluates, null for equal ones; 0 leaves one out
   */
  public RankProfile(
      View view,
      Positions positions,
      Origin origin,
      double @Nullable [] weights,
      Rhythm rhythm,
      Consumer<Reading> sink) {
    this.view = view;
    this.positions = positions;
    this.origin = origin;
    this.weights = weights == null ? null : weights.clone();
    this.rhythm = rhythm;
    this.sink = sink;
  }

  @Override
  public boolean wantsState(long step) {
    return rhythm.due(step);
  }

  @Override
  public Set<View> views() {
    return Set.of(view);
  }

  @Override
  public void observe(StateSnapshot snapshot) {
    new Look(snapshot).read();
  }

  /**
   * The transitions between which drift is compared.
   *
   * @param from the first representation
   * @param to the last one, so that to - from transitions lie between them
   */
  public record Stream(int from, int to) {}

  /**
   * From the state that enters the first block that keeps it to what leaves the last such block,
   * and in a network without from the first representation to the last below the output.
   */
  public static Stream stream(List<Layer> layers) {
    int offset = offset(layers);
    int first = -1;
    int last = -1;
    for (int m = 0; m < layers.size(); m++) {
      if (layers.get(m) instanceof Block block && block.keepsState()) {
        first = first < 0 ? m : first;
        last = m;
      }
    }
    return last < 0
        ? new Stream(0, Math.max(0, layers.size() - 2 + offset))
        : new Stream(first - 1 + offset, last + offset);
  }

  /** 1 when the raw input is a representation, 0 when the first layer only normalises it. */
  private static int offset(List<Layer> layers) {
    return layers.getFirst() instanceof RowLayer ? 0 : 1;
  }

  /** One look at one network. */
  private final class Look {
    private final StateSnapshot snapshot;
    private final List<Layer> layers;
    private final int offset;
    private final double[] q;
    private final List<Status> statuses = new ArrayList<>();
    private final List<Double> drifts = new ArrayList<>();

    Look(StateSnapshot snapshot) {
      this.snapshot = snapshot;
      layers = snapshot.network().layers();
      offset = offset(layers);
      int samples = snapshot.evaluation().trace().batch();
      if (weights != null && weights.length != samples) {
        throw new IllegalArgumentException(
            "expected a weight for each of the %d samples evaluated, found %d"
                .formatted(samples, weights.length));
      }
      if (weights == null) {
        q = new double[samples];
        Arrays.fill(q, 1);
      } else {
        q = weights;
      }
    }

    void read() {
      State below = null;
      for (int l = 0; l < layers.size() + offset; l++) {
        State state = state(l);
        ranks(l, state);
        if (below != null && origin == Origin.MEAN) {
          drift(l - 1, below, state);
        }
        below = state;
      }
      if (origin == Origin.MEAN) {
        concentration();
      }
    }

    private State state(int l) {
      double[] values = positions.of(snapshot.evaluation().trace(), l - offset);
      return values == null
          ? new State(null, null)
          : new State(values, Representation.of(values, values.length / q.length, q, origin));
    }

    private void ranks(int l, State state) {
      Status status = state.status();
      SpectralRanks ranks =
          status == Status.OK && state.representation != null
              ? state.representation.ranks()
              : new SpectralRanks(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
      accept("rank.effective_rank", l, ranks.effective(), status);
      accept("rank.effective_rank_covariance", l, ranks.effectiveCovariance(), status);
      accept("rank.participation_ratio", l, ranks.participation(), status);
      accept("rank.stable_rank", l, ranks.stable(), status);
    }

    private void drift(int l, State below, State above) {
      Status status = below.status() == Status.OK ? above.status() : below.status();
      KernelChange change =
          status == Status.OK && below.representation != null && above.representation != null
              ? below.representation.changeTo(above.representation)
              : new KernelChange(Double.NaN, Double.NaN, Double.NaN);
      statuses.add(status);
      drifts.add(change.drift());
      accept("drift.kernel_drift", l, change.drift(), status);
      accept("drift.cka", l, change.cka(), status);
      accept("drift.kernel_change", l, change.frobenius(), status);
      StreamUpdate update =
          below.values == null || above.values == null
              ? new StreamUpdate(Double.NaN, Status.NOT_APPLICABLE)
              : StreamUpdate.of(below.values, above.values, q);
      accept("drift.relative_update", l, update.value(), update.status());
    }

    private void concentration() {
      Stream stream = stream(layers);
      Concentration found =
          Concentration.of(
              drifts.subList(stream.from, stream.to).stream()
                  .mapToDouble(drift -> drift)
                  .toArray());
      Status status =
          statuses.subList(stream.from, stream.to).stream()
              .filter(each -> each != Status.OK)
              .findFirst()
              .orElse(found.status());
      double length = status == Status.OK ? found.longest() : Double.NaN;
      accept("drift.top_share", Reading.WHOLE_NETWORK, found.top1(), status);
      accept("drift.top_two_share", Reading.WHOLE_NETWORK, found.top2(), status);
      accept("drift.plateau", Reading.WHOLE_NETWORK, found.plateau(), status);
      accept("drift.plateau_length", Reading.WHOLE_NETWORK, length, status);
      accept("drift.chance", Reading.WHOLE_NETWORK, found.chance(), status);
      if (stream.to - stream.from >= 2) {
        Concentration.Null even = Concentration.Null.of(stream.to - stream.from);
        accept("drift.top_share.null", Reading.WHOLE_NETWORK, even.top1(), Status.OK);
        accept("drift.top_two_share.null", Reading.WHOLE_NETWORK, even.top2(), Status.OK);
        accept("drift.plateau.null", Reading.WHOLE_NETWORK, even.plateau(), Status.OK);
      }
    }

    private void accept(String quantity, int l, double value, Status status) {
      String suffix = positions.suffix() + (origin == Origin.ZERO ? ".uncentred" : "");
      String name = l < 0 ? "" : l < offset ? "input" : layers.get(l - offset).name();
      sink.accept(
          new Reading(
              view.prefix() + quantity + suffix,
              snapshot.step(),
              l,
              name,
              snapshot.replica(),
              value,
              status,
              Double.NaN));
    }
  }

  /** One representation, or none where the state has no such position. */
  @SuppressWarnings("ArrayRecordComponent") // lives for one transition
  private record State(double @Nullable [] values, @Nullable Representation representation) {
    Status status() {
      return representation == null ? Status.NOT_APPLICABLE : representation.status();
    }
  }
}
