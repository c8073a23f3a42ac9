package io.github.fathomlab.coarsegraining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which layers of a stream could be cut, by the drift of the kernel over them.
 *
 * <pre>
 *   role of a layer      that of its mean drift over replicas, see {@link DepthRole}
 *   candidate to be cut  AT_REST in every replica by the drifts of that replica
 *   share                mean drift of the layer / Σ over the stream of mean drifts
 * </pre>
 *
 * <p>Source: the plateau of the rank-collapse specification, section 6; that such a layer could be
 * cut is Fathom's question, not a finding: a kernel at rest is that of the samples measured, after
 * division by its trace, and the state may move all the same. Validity: two transitions or more
 * that are not all rounding, else no layers and a sentence that says so. Cost: O(replicas x
 * layers).
 *
 * @param layers of the stream, in the order of depth
 * @param sentence which could be cut, and how to find out
 */
public record CutAdvice(List<Part> layers, String sentence) {
  private static final String NONE =
      "no advice on layers: it needs two transitions of the stream or more, of which one moves the kernel";

  /** A layer by the index of the representation that leaves it. */
  public record Layer(int index, String name) {}

  /**
   * What one layer does.
   *
   * @param drift mean over replicas
   * @param low least of a replica
   * @param high largest of a replica
   * @param share of the drift of the whole stream
   * @param untrained the same share before the training, NaN when unknown
   * @param update mean relative update of the state, NaN where the widths differ
   * @param candidate at rest in every replica
   */
  public record Part(
      Layer layer,
      DepthRole role,
      double drift,
      double low,
      double high,
      double share,
      double untrained,
      double update,
      boolean candidate) {

    /** For people. */
    public String sentence() {
      String before =
          Double.isNaN(untrained)
              ? ""
              : String.format(Locale.ROOT, ", untrained %.1f %%", 100 * untrained);
      String state =
          Double.isNaN(update)
              ? ""
              : String.format(Locale.ROOT, ", the state moves by %.3g of its size", update);
      return String.format(
          Locale.ROOT,
          "%s: %s (drift %.3g, %.3g to %.3g over replicas, %.1f %% of the stream's%s%s)",
          layer.name,
          role.sentence(),
          drift,
          low,
          high,
          100 * share,
          before,
          state);
    }
  }

  public CutAdvice {
    layers = List.copyOf(layers);
  }

  /**
   * Advice on the layers of one stream; numbers are by replica and layer.
   *
   * @param drifts of the trained networks
   * @param untrained of the same at the start, or nothing
   * @param updates of the state, NaN where there is none
   */
  public static CutAdvice of(
      List<Layer> layers, double[][] drifts, double[][] untrained, double[][] updates) {
    double[] means = means(drifts, layers.size());
    List<DepthRole> roles = DepthRole.of(means);
    if (drifts.length == 0 || roles.isEmpty()) {
      return new CutAdvice(List.of(), NONE);
    }
    double[] before = means(untrained, layers.size());
    double[] moves = means(updates, layers.size());
    List<List<DepthRole>> each = Arrays.stream(drifts).map(DepthRole::of).toList();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      int at = i;
      parts.add(
          new Part(
              layers.get(i),
              roles.get(i),
              means[i],
              Arrays.stream(drifts).mapToDouble(of -> of[at]).min().orElseThrow(),
              Arrays.stream(drifts).mapToDouble(of -> of[at]).max().orElseThrow(),
              means[i] / Arrays.stream(means).sum(),
              before[i] / Arrays.stream(before).sum(),
              moves[i],
              each.stream().allMatch(of -> !of.isEmpty() && of.get(at) == DepthRole.AT_REST)));
    }
    return new CutAdvice(parts, sentence(parts, drifts.length));
  }

  /** Over replicas; NaN without any. */
  private static double[] means(double[][] numbers, int layers) {
    return IntStream.range(0, layers)
        .mapToDouble(
            i -> Arrays.stream(numbers).mapToDouble(of -> of[i]).average().orElse(Double.NaN))
        .toArray();
  }

  private static String sentence(List<Part> parts, int replicas) {
    List<Part> candidates = parts.stream().filter(Part::candidate).toList();
    if (candidates.isEmpty()) {
      return "no layer to cut: none is at a fixed point in every one of %s"
          .formatted(replicas == 1 ? "1 replica" : replicas + " replicas");
    }
    String names =
        candidates.stream().map(part -> part.layer.name).collect(Collectors.joining(", "));
    double share = candidates.stream().mapToDouble(Part::share).sum();
    double update = candidates.stream().mapToDouble(Part::update).max().orElseThrow();
    String state =
        Double.isNaN(update)
            ? "a kernel at rest does not mean a state at rest"
            : String.format(
                Locale.ROOT,
                "but the state may move with its kernel at rest, here by up to %.3g of its size",
                update);
    return String.format(
        Locale.ROOT,
        "could be cut: %s (at a fixed point in %s, together %.1f %% of the drift); %s; %s",
        names,
        replicas == 1 ? "the only replica, which has no spread" : "all " + replicas + " replicas",
        100 * share,
        state,
        check(parts, candidates));
  }

  /** How to find out, in the words of an experiment file where the layers are counted there. */
  private static String check(List<Part> parts, List<Part> candidates) {
    int n = candidates.size();
    String fewer =
        all(parts, "block ")
            ? "network.blocks lower by " + n
            : all(parts, "hidden ")
                ? "network.depth lower by "
                    + n
                    + ", or "
                    + n
                    + (n == 1 ? " entry" : " entries")
                    + " fewer in network.widths"
                : "a network without them";
    return "to check, train again with "
        + fewer
        + " and compare the loss within the spread of the seeds, or measure the loss of this network without them";
  }

  private static boolean all(List<Part> parts, String name) {
    return parts.stream().allMatch(part -> part.layer.name.startsWith(name));
  }
}
