package io.github.fathomlab.kernels;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.jspecify.annotations.Nullable;

/**
 * The one OpenBLAS of the process, unpacked from its jar and bound by the Foreign Function API.
 *
 * <p>It is told to use one thread: Fathom is parallel over replicas, and a second BLAS thread costs
 * more than it brings at the matrix sizes trained here.
 */
final class OpenBlasLibrary {
  private static final SymbolLookup SYMBOLS = open();

  private OpenBlasLibrary() {}

  /** A handle to the named C function; {@code options} as for {@link Linker#downcallHandle}. */
  static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
    return Linker.nativeLinker().downcallHandle(SYMBOLS.findOrThrow(name), type, options);
  }

  private static SymbolLookup open() {
    File unpacked = new File(Loader.load(openblas.class)).getAbsoluteFile().getParentFile();
    SymbolLookup symbols = SymbolLookup.libraryLookup(library(unpacked), Arena.global());
    try {
      MethodHandle threads =
          Linker.nativeLinker()
              .downcallHandle(
                  symbols.findOrThrow("openblas_set_num_threads"),
                  FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
      threads.invokeExact(1);
    } catch (Throwable e) {
      throw new IllegalStateException("OpenBLAS was loaded but does not answer", e);
    }
    return symbols;
  }

  private static Path library(@Nullable File directory) {
    for (String name : new String[] {"libopenblas.so.0", "libopenblas.0.dylib"}) {
      File file = new File(directory, name);
      if (file.isFile()) {
        return file.toPath();
      }
    }
    throw new IllegalStateException(
        "expected the OpenBLAS library in " + directory + "; delete that folder and start again");
  }
}
