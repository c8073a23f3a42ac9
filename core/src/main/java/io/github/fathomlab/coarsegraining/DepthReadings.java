package io.github.fathomlab.coarsegraining;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.network.Block;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.network.RowLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The readings of one look at one network: ranks of its representations over depth, drift of their
 * kernels.
 *
 * <p>Representations l = 0..L: the (normalised) input, the output of every layer. Quantities per
 * representation: {@code rank.effective_rank}, {@code rank.effective_rank_covariance}, {@code
 * rank.participation_ratio}, {@code rank.stable_rank}; of the transition from l to l+1, at l and
 * for all but the last: {@code drift.kernel_drift}, {@code drift.cka}, {@code drift.kernel_change},
 * {@code drift.relative_update}. Of the whole network {@code rank.collapse_ratio}, the effective
 * rank at the end of its {@link #stream} over that at its beginning, and {@code drift.top_share},
 * {@code drift.top_two_share}, {@code drift.plateau}, {@code drift.plateau_length}, {@code
 * drift.chance} of the transitions of the stream, the expectations of the first three with the
 * suffix {@code .null}. There is no drift from {@link Origin#ZERO}.
 *
 * <p>Where one transition of the stream cannot be measured, because a layer is dead or broken, the
 * whole network has no such number but the status of the first one missing: in a plain network all
 * above a dead layer is dead too, and the change into it, which has no kernel to compare with, may
 * be the largest of all. A share of the rest would say that another layer does the work. The drifts
 * below and beside it are given one by one.
 *
 * <p>See {@link SpectralRanks}, {@link KernelChange}, {@link StreamUpdate}, {@link Concentration}.
 * Cost per layer: {@link ContrastSpectrum} and {@link Representation#changeTo}.
 */
public final class DepthReadings {
  private final List<Layer> layers;
  private final double[] weights;
  private final Origin origin;
  private final Naming naming;
  private final Consumer<Reading> sink;
  private final int offset;
  private final Stream stream;
  private final List<Status> statuses = new ArrayList<>();
  private final List<Double> drifts = new ArrayList<>();

  /**
   * What stands around the names of quantities, and whose they are.
   *
   * @param prefix what is measured on, such as {@code held_out.}
   * @param suffix which part of it
   */
  public record Naming(String prefix, String suffix, long step, int replica) {}

  /**
   * @param weights of the samples; 0 leaves one out
   */
  public DepthReadings(
      List<Layer> layers, double[] weights, Origin origin, Naming naming, Consumer<Reading> sink) {
    this.layers = layers;
    this.weights = weights.clone();
    this.origin = origin;
    this.naming = naming;
    this.sink = sink;
    offset = offset(layers);
    stream = stream(layers);
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

  /** Whether there is a state that blocks keep. */
  public static boolean isResidual(List<Layer> layers) {
    return layers.stream().anyMatch(layer -> layer instanceof Block block && block.keepsState());
  }

  /** Number of representations. */
  public static int count(List<Layer> layers) {
    return layers.size() + offset(layers);
  }

  /** 1 when the raw input is a representation, 0 when the first layer only normalises it. */
  static int offset(List<Layer> layers) {
    return layers.getFirst() instanceof RowLayer ? 0 : 1;
  }

  /** What a representation is called: the layer that made it. */
  public static String name(List<Layer> layers, int l) {
    int offset = offset(layers);
    return l < offset ? "input" : layers.get(l - offset).name();
  }

  /**
   * Measures every representation.
   *
   * @param states features of all samples, feature-major, of representation l; null where there is
   *     no such state
   */
  public void read(IntFunction<double @Nullable []> states) {
    State below = null;
    double[] ranks = new double[count(layers)];
    Status[] status = new Status[ranks.length];
    for (int l = 0; l < ranks.length; l++) {
      double[] values = states.apply(l);
      State state =
          values == null
              ? new State(null, null)
              : new State(
                  values,
                  Representation.of(values, values.length / weights.length, weights, origin));
      ranks[l] = ranks(l, state);
      status[l] = state.status();
      if (below != null && origin == Origin.MEAN) {
        drift(l - 1, below, state);
      }
      below = state;
    }
    collapse(ranks, status);
    if (origin == Origin.MEAN) {
      ends();
      concentration();
    }
  }

  private double ranks(int l, State state) {
    Status status = state.status();
    SpectralRanks ranks =
        status == Status.OK && state.representation != null
            ? state.representation.ranks()
            : new SpectralRanks(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    accept("rank.effective_rank", l, ranks.effective(), status);
    accept("rank.effective_rank_covariance", l, ranks.effectiveCovariance(), status);
    accept("rank.participation_ratio", l, ranks.participation(), status);
    accept("rank.stable_rank", l, ranks.stable(), status);
    return ranks.effective();
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
            : StreamUpdate.of(below.values, above.values, weights);
    accept("drift.relative_update", l, update.value(), update.status());
  }

  private void collapse(double[] ranks, Status[] status) {
    Status first = status[stream.from] == Status.OK ? status[stream.to] : status[stream.from];
    network(
        "rank.collapse_ratio",
        ranks[stream.to] / ranks[stream.from],
        stream.to > stream.from ? first : Status.NOT_APPLICABLE);
  }

  private void ends() {
    if (naming.step == 0 && naming.prefix.isEmpty() && naming.suffix.isEmpty()) {
      network("rank.stream_first", stream.from, Status.OK);
      network("rank.stream_last", stream.to, Status.OK);
    }
  }

  private void concentration() {
    Concentration found =
        Concentration.of(
            drifts.subList(stream.from, stream.to).stream().mapToDouble(drift -> drift).toArray());
    Status status =
        statuses.subList(stream.from, stream.to).stream()
            .filter(each -> each != Status.OK)
            .findFirst()
            .orElse(found.status());
    double length = status == Status.OK ? found.longest() : Double.NaN;
    network("drift.top_share", found.top1(), status);
    network("drift.top_two_share", found.top2(), status);
    network("drift.plateau", found.plateau(), status);
    network("drift.plateau_length", length, status);
    network("drift.chance", found.chance(), status);
    if (stream.to - stream.from >= 2) {
      Concentration.Null even = Concentration.Null.of(stream.to - stream.from);
      network("drift.top_share.null", even.top1(), Status.OK);
      network("drift.top_two_share.null", even.top2(), Status.OK);
      network("drift.plateau.null", even.plateau(), Status.OK);
    }
  }

  private void network(String quantity, double value, Status status) {
    accept(quantity, Reading.WHOLE_NETWORK, status == Status.OK ? value : Double.NaN, status);
  }

  private void accept(String quantity, int l, double value, Status status) {
    sink.accept(
        new Reading(
            naming.prefix + quantity + naming.suffix + (origin == Origin.ZERO ? ".uncentred" : ""),
            naming.step,
            l,
            l < 0 ? "" : name(layers, l),
            naming.replica,
            value,
            status,
            Double.NaN));
  }

  /** One representation, or none where the state has no such position. */
  @SuppressWarnings("ArrayRecordComponent") // lives for one transition
  private record State(double @Nullable [] values, @Nullable Representation representation) {
    Status status() {
      return representation == null ? Status.NOT_APPLICABLE : representation.status();
    }
  }
}
