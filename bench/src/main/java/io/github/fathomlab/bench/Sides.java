package io.github.fathomlab.bench;

import io.github.fathomlab.bench.work.Work;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The two sides, each started as a process of its own for every measurement; one runs at a time.
 */
final class Sides {
  private static final String PYTHON = "/usr/bin/python3";
  private final Path peer;

  Sides(Path peer) {
    this.peer = peer;
  }

  /**
   * What a process said and cost.
   *
   * @param cpuSeconds user and system time from its start to its end
   */
  record Outcome(JsonNode document, double cpuSeconds) {

    Spread measured(String name) {
      return spread("/measured/" + name, "best");
    }

    /** A best and a median at a place of the document. */
    Spread spread(String pointer, String best) {
      JsonNode found = document.at(pointer);
      return new Spread(found.path(best).asDouble(), found.path("median").asDouble());
    }
  }

  /** Fathom, in a JVM with the flags of this one. */
  Outcome fathom(List<String> work) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Work.class.getName()));
    command.addAll(work);
    return run(command);
  }

  /** The Python peer. */
  Outcome peer(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(PYTHON, peer.toString()));
    command.addAll(arguments);
    return run(command);
  }

  /** GFLOP/s of one large float product on one core, by the peer's library in one call. */
  Spread peak() {
    JsonNode rates = peer(List.of("gemm", "--repeats", "7")).document().at("/result/gflops");
    return new Spread(rates.path("minimum").asDouble(), rates.path("median").asDouble());
  }

  private static Outcome run(List<String> command) {
    try {
      Path talk = Files.createTempFile("fathom-bench", ".err");
      try {
        double before = ChildClock.seconds();
        Process process = new ProcessBuilder(command).redirectError(talk.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        double seconds = ChildClock.seconds() - before;
        if (code != 0) {
          throw new IllegalStateException(
              "%s ended with %d:%n%s"
                  .formatted(String.join(" ", command), code, Files.readString(talk)));
        }
        return new Outcome(JsonMapper.shared().readTree(said), seconds);
      } finally {
        Files.delete(talk);
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "could not run " + command.getFirst() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
