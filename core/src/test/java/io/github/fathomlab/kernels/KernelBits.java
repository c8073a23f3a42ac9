package io.github.fathomlab.kernels;

/**
 * Prints a hash of what every float operation computes: run by {@link BitsTest} in a virtual
 * machine without a compiler.
 */
final class KernelBits {
  static final int SEEDS = 4;

  private KernelBits() {}

  public static void main(String[] args) {
    StringBuilder all = new StringBuilder();
    for (Operation operation : Operation.values()) {
      all.append(operation).append('=').append(hash(operation)).append('\n');
    }
    System.out.print(all);
  }

  /** Over a few small shapes. */
  static long hash(Operation operation) {
    Kernels k = Kernels.of(Precision.FLOAT32);
    long hash = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Operands operands = new Operands(k, seed, 12, 50, 700);
      operation.apply(k, operands);
      hash = CounterRandom.bits(hash, operands.hash());
    }
    return hash;
  }
}
