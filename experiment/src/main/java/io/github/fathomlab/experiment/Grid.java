package io.github.fathomlab.experiment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A grid of experiments: one file, whose {@code axes} and {@code cases} say in which keys its cells
 * differ from it.
 *
 * @param source file, as the user wrote it
 * @param text of the file, as given
 * @param base the experiment without its axes and cases
 * @param cases in the order of the file; none when the grid has only axes
 * @param axes in the order of the file; none when the grid has only cases
 * @param keep what the sweep's table keeps of every training
 * @param cells all cases with all combinations of the axes' values, the last axis running fastest
 */
public record Grid(
    String source,
    String text,
    Experiment base,
    List<Case> cases,
    List<Axis> axes,
    Keep keep,
    List<Cell> cells) {
  static final String AXES = "axes";
  static final String CASES = "cases";
  static final String KEEP = "keep";

  /** Takes out of a file what makes it a grid. */
  static final List<SetOption> ALONE =
      Stream.of(AXES, CASES, KEEP).map(key -> new SetOption(key + "=null")).toList();

  /** The moments of a training that go into the sweep's table. */
  public enum Keep {
    /** The first and the last of every quantity. */
    ENDS,
    /** All that were recorded. */
    ALL
  }

  /**
   * One direction of the grid.
   *
   * @param key of the experiment, such as {@code network.dropout}; several joined by {@code +} take
   *     the same values
   * @param flags whether the values are true (1) and false (0), and not numbers
   * @param values that it takes
   */
  public record Axis(String key, boolean flags, List<Double> values) {
    private static final double LARGEST_WHOLE = 0x1p53;

    public Axis {
      values = List.copyOf(values);
    }

    /** The keys that take the same values. */
    List<String> keys() {
      return Stream.of(key.split("\\+", -1)).map(String::strip).toList();
    }

    /** A value as it would be written in a file. */
    String word(double value) {
      if (flags) {
        return value == 1 ? "true" : "false";
      }
      boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE;
      return whole ? Long.toString((long) value) : Double.toString(value);
    }

    private String yaml() {
      List<String> words = values.stream().map(this::word).toList();
      return "- {key: %s, values: [%s]}\n".formatted(key, String.join(", ", words));
    }
  }

  /**
   * One variant of the experiment, besides the axes.
   *
   * @param index in the order of the file
   * @param name words for people
   * @param experiment what is done there, off the axes
   */
  public record Case(int index, String name, Experiment experiment) {

    /** In whole blocks, whose meaning does not depend on what the base leaves to its defaults. */
    private String yaml(Experiment base) {
      Map<String, Object> usual = CanonicalYaml.values(base);
      List<String> words = new ArrayList<>();
      CanonicalYaml.values(experiment)
          .forEach((key, value) -> {
            if (!value.equals(usual.get(key))) {
              words.add(key + ": " + JsonMapper.shared().writeValueAsString(value));
            }
          });
      String quoted = JsonMapper.shared().writeValueAsString(name);
      return "  %s: {%s}\n".formatted(quoted, String.join(", ", words));
    }
  }

  /**
   * One point of the grid with all its seeds.
   *
   * @param name its case and its values on the axes, for people
   * @param variant its case; null when the grid has none
   * @param coordinates its value on every axis, by key
   * @param experiment what is done there
   */
  public record Cell(
      String name,
      @Nullable Case variant,
      SequencedMap<String, Double> coordinates,
      Experiment experiment) {
    private static final int KEY_DIGITS = 16;

    /** Name of the cell by its content: the beginning of the experiment's hash. */
    public String key() {
      return experiment.hash().substring(0, KEY_DIGITS);
    }

    /** The cell as its file. */
    public ExperimentFile file() {
      return new ExperimentFile(key(), experiment.resolvedYaml(), experiment);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public Grid {
    cases = List.copyOf(cases);
    axes = List.copyOf(axes);
    cells = List.copyOf(cells);
  }

  /**
   * Reads a file and tries every cell of it.
   *
   * @param sets {@code key=value} options laid over it, in their order
   * @throws ExperimentException with every problem found
   */
  public static Grid read(Path file, List<String> sets) {
    Path directory = Objects.requireNonNullElse(file.getParent(), Path.of(""));
    Place place = Place.file(file.toString(), directory);
    return read(place, ExperimentFile.textOf(file), sets, true);
  }

  /**
   * Reads a text; files it names are sought from the working directory.
   *
   * @param source what to call the text in messages
   */
  public static Grid read(String source, String text, List<String> sets) {
    return read(Place.file(source, Path.of("")), text, sets, true);
  }

  /** Reads the {@code resolved.yaml} of a sweep. */
  public static Grid reopen(Path resolved) {
    Path directory = Objects.requireNonNullElse(resolved.getParent(), Path.of(""));
    Place place = Place.file(resolved.toString(), directory);
    return read(place, ExperimentFile.textOf(resolved), List.of(), false);
  }

  private static Grid read(Place place, String text, List<String> sets, boolean mustExist) {
    return new GridReader(place, text, SetOption.all(sets), mustExist).grid();
  }

  /** Whether a file describes a grid and not one experiment. */
  static boolean isIn(Path resolved) {
    if (!Files.exists(resolved)) {
      return false;
    }
    Place place = Place.file(resolved.toString(), Path.of(""));
    ObjectNode keys = YamlReader.read(place, ExperimentFile.textOf(resolved)).root();
    return keys.has(AXES) || keys.has(CASES);
  }

  /** The canonical form: the base with everything explicit, then the cases and the axes. */
  public String resolvedYaml() {
    StringBuilder yaml = new StringBuilder(base.resolvedYaml());
    if (!cases.isEmpty()) {
      yaml.append(CASES).append(":\n");
      cases.forEach(each -> yaml.append(each.yaml(base)));
    }
    if (!axes.isEmpty()) {
      yaml.append(AXES).append(":\n");
      axes.forEach(axis -> yaml.append(axis.yaml()));
    }
    if (keep == Keep.ALL) {
      yaml.append(KEEP).append(": all\n");
    }
    return yaml.toString();
  }

  /** SHA-256 of the canonical form, 64 hexadecimal digits. */
  public String hash() {
    return Sha256.of(resolvedYaml().getBytes(StandardCharsets.UTF_8));
  }

  /** {@code <name>-<first 8 digits of the hash>}. */
  public String runName() {
    return base.name() + "-" + hash().substring(0, 8);
  }

  /** Trainings in all cells together. */
  public int trainings() {
    return cells.stream().mapToInt(cell -> cell.experiment().replicas()).sum();
  }

  /** One line for people: {@code 6 x 8 cells, 5 seeds each}. */
  public String description() {
    List<String> sizes = new ArrayList<>();
    if (!cases.isEmpty()) {
      sizes.add(cases.size() + (axes.isEmpty() ? "" : " cases"));
    }
    axes.forEach(axis -> sizes.add(Integer.toString(axis.values().size())));
    List<Integer> seeds =
        cells.stream().map(cell -> cell.experiment().replicas()).distinct().toList();
    return "%s %s, %s"
        .formatted(
            String.join(" x ", sizes),
            axes.isEmpty() ? "cases" : "cells",
            seeds.size() == 1 ? seeds.getFirst() + " seeds each" : trainings() + " trainings");
  }
}
