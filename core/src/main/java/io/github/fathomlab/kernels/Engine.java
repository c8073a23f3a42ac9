package io.github.fathomlab.kernels;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What computes: for provenance and diagnosis. */
public final class Engine {
  private Engine() {}

  /**
   * The linear algebra library with its chosen processor kernels, and the width of the float
   * vectors.
   */
  public static String describe() {
    return "%s (kernels %s, 1 thread); Vector API with %d float lanes"
        .formatted(
            text("openblas_get_config").strip().split(" +MAX_THREADS")[0],
            text("openblas_get_corename"),
            FloatRows.L);
  }

  private static String text(String function) {
    try {
      MemorySegment found =
          (MemorySegment)
              OpenBlasLibrary.function(function, FunctionDescriptor.of(ValueLayout.ADDRESS))
                  .invokeExact();
      return found.reinterpret(4096).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException(function + " could not be called", e);
    }
  }
}
