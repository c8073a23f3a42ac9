package io.github.fathomlab.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;

/**
 * The standard error of the process.
 *
 * <p>The JVM announces the incubating Vector API on file descriptor 2 before any code of ours runs,
 * and no option silences it. The launcher therefore keeps descriptor 2 out of sight and passes the
 * real standard error under another number.
 */
final class StandardError {
  private static final String DESCRIPTOR = "fathom.stderr";

  private StandardError() {}

  /** The stream that the launcher names, made the process's standard error. */
  static PrintStream open() {
    Integer number = Integer.getInteger(DESCRIPTOR);
    if (number == null) {
      return System.err;
    }
    try {
      Constructor<FileDescriptor> constructor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      PrintStream real =
          new PrintStream(new FileOutputStream(constructor.newInstance(number)), true);
      System.setErr(real);
      return real;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "standard error cannot be opened; start Fathom with its launcher", e);
    }
  }
}
