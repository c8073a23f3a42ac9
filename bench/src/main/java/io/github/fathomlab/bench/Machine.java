package io.github.fathomlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import tools.jackson.databind.JsonNode;

/** Where and with what was measured. */
record Machine(LocalDate date, String cpu, int cores, String java, String engine, String peer) {

  static Machine here(Sides.Outcome fathom, Sides.Outcome peer) {
    JsonNode other = peer.document().path("machine");
    return new Machine(
        LocalDate.now(),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().toString(),
        fathom.document().path("engine").asString(),
        "torch %s (%s), %s"
            .formatted(
                other.path("torch").asString(),
                other.path("simd").asString(),
                other.at("/blas/config").asString()));
  }

  private static String processor() {
    return firstLine(Path.of("/proc/cpuinfo"), "model name").replaceFirst(".*: *", "");
  }

  /** Load averages over one, five and fifteen minutes. */
  static String load() {
    String line = firstLine(Path.of("/proc/loadavg"), "");
    return line.replaceFirst("^(\\S+ \\S+ \\S+).*", "$1");
  }

  private static String firstLine(Path file, String start) {
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> line.startsWith(start)).findFirst().orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
