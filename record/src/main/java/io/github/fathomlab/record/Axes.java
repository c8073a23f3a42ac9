package io.github.fathomlab.record;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The depth axes in use: lists of layers with their names, each written to the tail once.
 *
 * <p>A line of readings names its axis by number, so that layer names cost nothing per reading.
 * Lanes ask from their own threads; the lines of new axes are handed out with {@link #drain} and
 * must reach the tail before the first line that uses them.
 */
final class Axes {
  private final Map<Axis, Integer> numbers = new HashMap<>();
  private final LineBuffer pending = new LineBuffer();

  private record Axis(List<Integer> layers, List<String> names) {}

  /** The number of the axis made of the first {@code count} layers and names. */
  synchronized int number(int[] layers, String[] names, int count) {
    Axis axis =
        new Axis(
            Arrays.stream(layers, 0, count).boxed().toList(), List.of(Arrays.copyOf(names, count)));
    Integer known = numbers.get(axis);
    if (known != null) {
      return known;
    }
    int number = numbers.size();
    numbers.put(axis, number);
    pending.ascii("{\"a\":").number(number).ascii(",\"l\":[");
    for (int i = 0; i < count; i++) {
      pending.ascii(i == 0 ? "" : ",").number(layers[i]);
    }
    pending.ascii("],\"n\":[");
    for (int i = 0; i < count; i++) {
      pending.ascii(i == 0 ? "" : ",").string(names[i]);
    }
    pending.ascii("]}\n");
    return number;
  }

  /** The lines of axes that are not in the tail yet; from now on they count as being there. */
  synchronized byte[] drain() {
    byte[] lines = Arrays.copyOf(pending.bytes(), pending.size());
    pending.clear();
    return lines;
  }

  /** Forgets all axes, for a new tail. */
  synchronized void clear() {
    numbers.clear();
    pending.clear();
  }
}
