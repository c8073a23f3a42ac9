package io.github.fathomlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Where and with what was measured. */
record Machine(LocalDate date, String cpu, int cores, String java, String engine, String peer) {

  /** Asks both sides for their libraries. */
  static Machine here(Sides sides) {
    List<String> shortest = List.of("process", "--epochs", "1");
    return new Machine(
        LocalDate.now(),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().toString(),
        sides.fathom(shortest).document().path("engine").asString(),
        sides.has(Sides.TORCH) ? peer(sides.peer(shortest)) : "none, PyTorch is not installed");
  }

  private static String peer(Sides.Outcome outcome) {
    JsonNode machine = outcome.document().path("machine");
    return "torch %s (%s), %s"
        .formatted(
            machine.path("torch").asString(),
            machine.path("simd").asString(),
            machine.at("/blas/config").asString());
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
