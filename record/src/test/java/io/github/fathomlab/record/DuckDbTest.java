package io.github.fathomlab.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DuckDbTest {

  @Test
  void unpacksNoLibraryOfItsOwn() throws Exception {
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps), "this system does not tell which files a process has mapped");
    new DuckDb().close();
    try (Stream<String> lines = Files.lines(maps)) {
      List<String> libraries =
          lines
              .filter(line -> line.contains("libduckdb_java"))
              .map(line -> line.substring(line.indexOf('/')))
              .distinct()
              .toList();
      assertEquals(
          List.of(Path.of("target/native/libduckdb_java.so").toAbsolutePath().toString()),
          libraries);
    }
  }
}
