package io.github.fathomlab.record;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB's driver with the native library of {@code java.library.path}, where there is one.
 *
 * <p>Left alone, the driver prefers the library in its own jar and copies its 70 MB into the
 * temporary directory at every start, where they stay when the process is killed. It is therefore
 * loaded by a class loader that hides that entry.
 */
final class DuckDbDriver {
  private static final String LIBRARY = "duckdb_java";
  private static @Nullable Driver loaded;

  private DuckDbDriver() {}

  /** The driver, one for the process, because a library is bound to one class loader. */
  static synchronized Driver get() throws SQLException {
    Driver driver = loaded;
    if (driver == null) {
      driver = libraryIsUnpacked() ? withUnpackedLibrary() : new DuckDBDriver();
      loaded = driver;
    }
    return driver;
  }

  private static boolean libraryIsUnpacked() {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(System.getProperty("java.library.path", ""))
        .anyMatch(
            directory -> Files.isRegularFile(Path.of(directory, System.mapLibraryName(LIBRARY))));
  }

  private static Driver withUnpackedLibrary() throws SQLException {
    URL jar = DuckDBDriver.class.getProtectionDomain().getCodeSource().getLocation();
    try {
      return (Driver)
          new WithoutItsLibrary(jar)
              .loadClass(DuckDBDriver.class.getName())
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new SQLException("DuckDB's driver in " + jar + " cannot be loaded", e);
    }
  }

  /** The classes of DuckDB's jar without the native library that is in it. */
  private static final class WithoutItsLibrary extends URLClassLoader {
    WithoutItsLibrary(URL jar) {
      super(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    }

    @Override
    public @Nullable URL getResource(String name) {
      return name.startsWith("lib" + LIBRARY) ? null : super.getResource(name);
    }
  }
}
