package io.github.fathomlab.renormalization.block;

/** The joint probability of blocks side by side, from one wide window: the brute-force oracle. */
final class TwoBlocks {
  private TwoBlocks() {}

  /** E[f(B_1) g(B_(1+blocks))], every spin of all blocks summed over. */
  static double product(
      int width, double coupling, double field, int blocks, double[] f, double[] g) {
    Window wide = Window.inField(width * (blocks + 1), coupling, field);
    int mask = (1 << width) - 1;
    double sum = 0;
    for (int c = 0; c < wide.count(); c++) {
      sum += probability(wide, c) * f[c & mask] * g[c >>> (width * blocks) & mask];
    }
    return sum;
  }

  /** The Markov chain spelled out: p(s_1) times the transition probabilities. */
  private static double probability(Window wide, int c) {
    double k = wide.coupling();
    double h = wide.field();
    double plus = Math.exp(k + h);
    double minus = Math.exp(k - h);
    double cross = Math.exp(-k);
    double mean = (plus + minus) / 2;
    double largest = mean + Math.sqrt((plus - minus) * (plus - minus) / 4 + cross * cross);
    double norm = Math.hypot(cross, largest - plus);
    double[] vector = {cross / norm, (largest - plus) / norm};
    int state = c & 1;
    double p = vector[state] * vector[state];
    for (int site = 1; site < wide.width(); site++) {
      int next = c >>> site & 1;
      double entry = state != next ? cross : state == 0 ? plus : minus;
      p *= entry * vector[next] / (largest * vector[state]);
      state = next;
    }
    return p;
  }
}
