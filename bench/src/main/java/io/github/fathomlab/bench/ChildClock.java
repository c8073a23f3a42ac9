package io.github.fathomlab.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * CPU seconds of all child processes that have ended, user and system, from their first instruction
 * to their last.
 */
final class ChildClock {
  private static final int RUSAGE_CHILDREN = -1;
  private static final int RUSAGE_LONGS = 18;
  private static final MethodHandle GETRUSAGE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("getrusage"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  private ChildClock() {}

  static double seconds() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment usage = arena.allocate(ValueLayout.JAVA_LONG, RUSAGE_LONGS);
      int failed = (int) GETRUSAGE.invokeExact(RUSAGE_CHILDREN, usage);
      if (failed != 0) {
        throw new IllegalStateException("getrusage failed");
      }
      return at(usage, 0) + at(usage, 2) + (at(usage, 1) + at(usage, 3)) / 1e6;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static double at(MemorySegment usage, int index) {
    return usage.getAtIndex(ValueLayout.JAVA_LONG, index);
  }
}
