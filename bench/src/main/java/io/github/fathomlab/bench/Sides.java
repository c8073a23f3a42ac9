package io.github.fathomlab.bench;

import io.github.fathomlab.bench.work.Scratch;
import io.github.fathomlab.bench.work.Work;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The two sides, each started as a process of its own for every measurement; one runs at a time.
 */
final class Sides {
  /** What Python needs for the peer. */
  static final String TORCH = "torch, PIL";

  /** What Python needs for {@link #numpy}. */
  static final String NUMPY = "numpy";

  private static final String PYTHON = "/usr/bin/python3";
  private final Path peer;
  private final Path launcher;
  private final Path cell;

  /**
   * @param folder of the benchmark, beside the launcher
   */
  Sides(Path folder) {
    peer = folder.resolve("peer/peer.py");
    cell = folder.resolve("cell.yaml");
    launcher = folder.resolveSibling("fathom");
  }

  /**
   * What a process said and cost.
   *
   * @param cpuSeconds user and system time from its start to its end
   * @param wallSeconds as a person waits
   */
  record Outcome(JsonNode document, double cpuSeconds, double wallSeconds) {

    Spread measured(String name) {
      return spread("/measured/" + name, "best");
    }

    /** A best and a median at a place of the document. */
    Spread spread(String pointer, String best) {
      JsonNode found = document.at(pointer);
      return new Spread(found.path(best).asDouble(), found.path("median").asDouble());
    }

    /** Of several forms of one work at a place of the peer's document the one that counts. */
    Spread fastest(String pointer) {
      return fastest(
          document.at(pointer).propertyNames().stream().map(form -> pointer + "/" + form).toList());
    }

    /** Of several places of the peer's document the one with the smallest median. */
    Spread fastest(List<String> forms) {
      return forms.stream()
          .map(form -> spread(form, "minimum"))
          .min(Comparator.comparingDouble(Spread::median))
          .orElseThrow(() -> new IllegalStateException("the peer said nothing: " + document));
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

  /**
   * The command line as a user has it, on the cell of {@code bench/cell.yaml}; what it writes is
   * deleted.
   *
   * @param command run or sweep
   * @param sets keys of the cell that are other than in the file
   */
  Outcome command(String command, int workers, List<String> sets) {
    try (Scratch scratch = new Scratch()) {
      List<String> words = new ArrayList<>(List.of(launcher.toString(), command, cell.toString()));
      words.addAll(List.of("--json", "--workers", String.valueOf(workers)));
      words.addAll(List.of("--out", scratch.path().resolve("run").toString()));
      sets.forEach(set -> words.addAll(List.of("--set", set)));
      return run(words);
    }
  }

  /**
   * Has the command line built, its archive of loaded classes written and its data found before it
   * is measured.
   */
  void tryCommand() {
    command("run", 1, List.of("training.epochs=1"));
  }

  /** Whether Python can import modules. */
  boolean has(String modules) {
    try {
      return new ProcessBuilder(PYTHON, "-c", "import " + modules)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * Refuses rows that compare with the peer where there is none.
   *
   * @throws IllegalStateException with what to install
   */
  void requirePeer() {
    if (!has(TORCH)) {
      throw new IllegalStateException(
          "The peer needs PyTorch and PIL for %s: apt-get install python3-torch python3-pil libopenblas0-pthread"
              .formatted(PYTHON));
    }
  }

  /** A program beside the peer that needs numpy alone, with its arguments. */
  Outcome numpy(List<String> program) {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.add(peer.resolveSibling(program.getFirst()).toString());
    command.addAll(program.subList(1, program.size()));
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
        long began = System.nanoTime();
        double before = ChildClock.seconds();
        Process process = new ProcessBuilder(command).redirectError(talk.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        double cpu = ChildClock.seconds() - before;
        double wall = (System.nanoTime() - began) / 1e9;
        if (code != 0) {
          throw new IllegalStateException(
              "%s ended with %d:%n%s"
                  .formatted(String.join(" ", command), code, Files.readString(talk)));
        }
        return new Outcome(JsonMapper.shared().readTree(said), cpu, wall);
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
