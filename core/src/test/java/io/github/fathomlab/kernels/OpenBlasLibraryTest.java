package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class OpenBlasLibraryTest {

  @Test
  void usesOneThread() throws Throwable {
    int threads =
        (int)
            OpenBlasLibrary.function(
                    "openblas_get_num_threads", FunctionDescriptor.of(ValueLayout.JAVA_INT))
                .invokeExact();
    assertEquals(1, threads);
  }
}
