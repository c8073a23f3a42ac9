package io.github.fathomlab.coarsegraining;

import java.util.Arrays;
import java.util.List;

/**
 * What a transition does to the kernel, beside the other transitions of its network.
 *
 * <pre>
 *   WORKS  D_l &gt; max D / 2,   AT_REST  D_l ≤ max D / 10,   MOVES  between
 * </pre>
 *
 * <p>Symbols: D_l the drift of transition l. Source: the tenth is the plateau of the rank-collapse
 * specification, section 6; the half is Fathom's. Validity: a statement about the normalised kernel
 * on the samples measured: a layer at rest may still move the state ({@link StreamUpdate}) or be
 * needed by what follows, which only a measurement without it tells.
 */
public enum DepthRole {
  WORKS("does the work: the kernel changes here"),
  MOVES("moves the kernel, but not most"),
  AT_REST("at a fixed point: the kernel stays as it is; check the loss without this layer");

  private final String sentence;

  DepthRole(String sentence) {
    this.sentence = sentence;
  }

  /** For people, to be read behind the layer's name. */
  public String sentence() {
    return sentence;
  }

  /**
   * The roles of transitions in the order of depth; none where {@link Concentration} does not
   * apply.
   */
  public static List<DepthRole> of(double[] drifts) {
    Concentration concentration = Concentration.of(drifts);
    if (concentration.position() < 0) {
      return List.of();
    }
    double largest = drifts[concentration.position()];
    return Arrays.stream(drifts).mapToObj(drift -> role(drift / largest)).toList();
  }

  private static DepthRole role(double part) {
    if (part > 0.5) {
      return WORKS;
    }
    return part <= Concentration.STILL ? AT_REST : MOVES;
  }
}
