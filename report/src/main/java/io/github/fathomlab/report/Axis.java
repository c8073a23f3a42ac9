package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A labelled axis.
 *
 * @param label what is measured, with its unit
 * @param scale maps values to positions
 * @param ticks where the axis is marked
 */
record Axis(String label, Scale scale, List<Scale.Tick> ticks) {

  Axis(String label, Scale scale) {
    this(label, scale, scale.ticks());
  }

  /** An axis of whole numbers such as layers, with half a unit of room at both ends. */
  static Axis ofDepth(String label, int first, int last) {
    int stride = Math.max(1, Math.ceilDiv(last - first + 1, 24));
    List<Scale.Tick> ticks = new ArrayList<>();
    for (int layer = first; layer <= last; layer += stride) {
      ticks.add(new Scale.Tick(layer, Integer.toString(layer)));
    }
    return new Axis(label, new Scale.Linear(first - 0.5, last + 0.5, stride), ticks);
  }

  boolean logarithmic() {
    return scale instanceof Scale.Log;
  }

  Map<String, Object> data() {
    return Map.of("label", label, "log", logarithmic(), "low", scale.low(), "high", scale.high());
  }
}
