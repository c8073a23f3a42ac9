package io.github.fathomlab.coarsegraining.markov;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which states of a chain lead to which: its closed classes, and the period of its motion in one.
 *
 * <p>Two states communicate when each leads to the other; a class is closed when nothing leads out
 * of it. The period of a class is the greatest common divisor of the lengths of its cycles,
 * gcd(level(i) + 1 - level(j)) over its edges i → j with the levels of a breadth-first search.
 * Source: textbook. Only whether a probability is zero counts. Cost: O(V³/64).
 *
 * @param closedClasses states of each closed class, ascending; at least one class
 * @param period of the only closed class; 0 when there are several
 */
record ChainStructure(List<int[]> closedClasses, int period) {

  static ChainStructure of(double[][] transition) {
    BitSet[] edges = edges(transition);
    BitSet[] reached = closure(edges);
    List<int[]> closed = new ArrayList<>();
    for (int i = 0; i < reached.length; i++) {
      if (reached[i].nextSetBit(0) == i && isClosed(i, reached)) {
        closed.add(reached[i].stream().toArray());
      }
    }
    return new ChainStructure(
        List.copyOf(closed), closed.size() == 1 ? period(closed.getFirst(), edges) : 0);
  }

  private static BitSet[] edges(double[][] transition) {
    BitSet[] edges = new BitSet[transition.length];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = new BitSet(edges.length);
      for (int j = 0; j < edges.length; j++) {
        edges[i].set(j, transition[i][j] > 0);
      }
    }
    return edges;
  }

  /** Warshall's closure. */
  private static BitSet[] closure(BitSet[] edges) {
    BitSet[] reached = new BitSet[edges.length];
    for (int i = 0; i < edges.length; i++) {
      reached[i] = (BitSet) edges[i].clone();
    }
    for (int via = 0; via < reached.length; via++) {
      for (BitSet from : reached) {
        if (from.get(via)) {
          from.or(reached[via]);
        }
      }
    }
    return reached;
  }

  private static boolean isClosed(int state, BitSet[] reached) {
    return reached[state].stream().allMatch(j -> reached[j].get(state));
  }

  private static int period(int[] states, BitSet[] edges) {
    int[] level = new int[edges.length];
    int[] queue = new int[states.length];
    BitSet seen = new BitSet(edges.length);
    queue[0] = states[0];
    seen.set(states[0]);
    int size = 1;
    for (int head = 0; head < size; head++) {
      int i = queue[head];
      for (int j = edges[i].nextSetBit(0); j >= 0; j = edges[i].nextSetBit(j + 1)) {
        if (!seen.get(j)) {
          seen.set(j);
          level[j] = level[i] + 1;
          queue[size++] = j;
        }
      }
    }
    int period = 0;
    for (int i : states) {
      for (int j = edges[i].nextSetBit(0); j >= 0; j = edges[i].nextSetBit(j + 1)) {
        period = gcd(period, Math.abs(level[i] + 1 - level[j]));
      }
    }
    return period;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
