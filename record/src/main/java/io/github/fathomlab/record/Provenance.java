package io.github.fathomlab.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the numbers of a run come from: what is needed to make them again, and on what they were
 * made.
 *
 * @param fathom version of this program
 * @param jvm version and vendor of the virtual machine
 * @param os operating system, version and architecture
 * @param cpu model of the processor
 * @param cores how many of them the process may use
 * @param engine numeric engine, its version and settings
 * @param seeds one for each replica; none of a study, which has its own
 * @param data content hash by data set; none of a study
 * @param experiment hash of the resolved experiment or study
 * @param commandLine the arguments
 * @param started when the run began, UTC
 * @param ended when it ended, or null while it runs or when it was killed
 */
public record Provenance(
    String fathom,
    String jvm,
    String os,
    String cpu,
    int cores,
    String engine,
    List<Long> seeds,
    Map<String, String> data,
    String experiment,
    List<String> commandLine,
    Instant started,
    @Nullable Instant ended) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  public Provenance {
    seeds = List.copyOf(seeds);
    data = Collections.unmodifiableMap(new TreeMap<>(data));
    commandLine = List.copyOf(commandLine);
  }

  /** A run that begins now on this machine. */
  public static Provenance begin(
      String fathom,
      String engine,
      List<Long> seeds,
      Map<String, String> data,
      String experiment,
      List<String> commandLine) {
    return new Provenance(
        fathom,
        property("java.vm.name")
            + " "
            + property("java.runtime.version")
            + " ("
            + property("java.vendor")
            + ")",
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        cpuModel(Path.of("/proc/cpuinfo")),
        Runtime.getRuntime().availableProcessors(),
        engine,
        seeds,
        data,
        experiment,
        commandLine,
        now(),
        null);
  }

  /** The same run, ended now. */
  public Provenance end() {
    return new Provenance(
        fathom, jvm, os, cpu, cores, engine, seeds, data, experiment, commandLine, started, now());
  }

  /** Writes {@code provenance.json}, replacing the one that is there. */
  public void write(RunDirectory run) {
    run.writeAtomically("provenance.json", JSON.writeValueAsBytes(this));
  }

  /** Reads {@code provenance.json}. */
  public static Provenance read(RunDirectory run) {
    Path file = run.provenance();
    try {
      return JSON.readValue(Files.readAllBytes(file), Provenance.class);
    } catch (IOException e) {
      throw RecordException.reading(file, e);
    } catch (JacksonException e) {
      throw new RecordException(
          "expected provenance in " + file + ", found: " + e.getOriginalMessage(), e);
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** The model name of the first processor, or the architecture where the system does not tell. */
  static String cpuModel(Path cpuinfo) {
    try (var lines = Files.lines(cpuinfo, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(property("os.arch"));
    } catch (IOException _) {
      return property("os.arch");
    }
  }
}
