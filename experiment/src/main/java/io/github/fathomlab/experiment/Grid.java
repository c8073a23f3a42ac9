package io.github.fathomlab.experiment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/**
 * A grid of experiments: one file, whose {@code axes} say in which keys its cells differ from it.
 *
 * @param source file, as the user wrote it
 * @param text of the file, as given
 * @param base the experiment without its axes
 * @param axes in the order of the file
 * @param cells all combinations of their values, the last axis running fastest
 */
public record Grid(String source, String text, Experiment base, List<Axis> axes, List<Cell> cells) {
  static final String AXES = "axes";

  /**
   * One direction of the grid.
   *
   * @param key of the experiment, such as {@code network.dropout}; several joined by {@code +} take
   *     the same values
   * @param values that it takes
   */
  public record Axis(String key, List<Double> values) {
    private static final double LARGEST_WHOLE = 0x1p53;

    private List<SetOption> sets(double value, Place file) {
      List<SetOption> sets = new ArrayList<>();
      for (String each : key.split("\\+", -1)) {
        String set = each.strip() + "=" + word(value);
        sets.add(new SetOption(set, Place.option(file + ": axes: " + set)));
      }
      return sets;
    }

    private static String word(double value) {
      boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE;
      return whole ? Long.toString((long) value) : Double.toString(value);
    }

    private String yaml() {
      List<String> words = values.stream().map(Axis::word).toList();
      return "- {key: %s, values: [%s]}\n".formatted(key, String.join(", ", words));
    }
  }

  /**
   * One point of the grid with all its seeds.
   *
   * @param coordinates its value on every axis, by key
   * @param experiment what is done there
   */
  public record Cell(SequencedMap<String, Double> coordinates, Experiment experiment) {
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
      List<String> words = new ArrayList<>();
      coordinates.forEach((key, value) -> words.add(key + "=" + Axis.word(value)));
      return String.join(", ", words);
    }
  }

  public Grid {
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
    return read(
        Place.file(file.toString(), directory),
        ExperimentFile.textOf(file),
        SetOption.all(sets),
        true);
  }

  /**
   * Reads a text; files it names are sought from the working directory.
   *
   * @param source what to call the text in messages
   */
  public static Grid read(String source, String text, List<String> sets) {
    return read(Place.file(source, Path.of("")), text, SetOption.all(sets), true);
  }

  /** Reads the {@code resolved.yaml} of a sweep. */
  public static Grid reopen(Path resolved) {
    Path directory = Objects.requireNonNullElse(resolved.getParent(), Path.of(""));
    Place place = Place.file(resolved.toString(), directory);
    return read(place, ExperimentFile.textOf(resolved), List.of(), false);
  }

  /** Whether a file describes a grid and not one experiment. */
  static boolean isIn(Path resolved) {
    if (!Files.exists(resolved)) {
      return false;
    }
    Place place = Place.file(resolved.toString(), Path.of(""));
    return YamlReader.read(place, ExperimentFile.textOf(resolved)).root().has(AXES);
  }

  private static Grid read(Place place, String text, List<SetOption> sets, boolean mustExist) {
    List<Axis> axes = axes(place, text, sets);
    List<SetOption> plain = new ArrayList<>(sets);
    plain.add(new SetOption(AXES + "=null"));
    Experiment base = ExperimentFile.read(place, text, plain, mustExist).experiment();
    List<Cell> cells = new ArrayList<>();
    Map<String, Cell> known = new HashMap<>();
    for (SequencedMap<String, Double> point : points(axes)) {
      List<SetOption> all = new ArrayList<>(plain);
      for (Axis axis : axes) {
        all.addAll(axis.sets(Objects.requireNonNull(point.get(axis.key())), place));
      }
      Cell cell = new Cell(point, ExperimentFile.read(place, text, all, mustExist).experiment());
      Cell same = known.put(cell.key(), cell);
      if (same != null) {
        throw new ExperimentException(
            "%s: axes: the cells %s and %s are the same experiment; take one of them out"
                .formatted(place, same, cell));
      }
      cells.add(cell);
    }
    return new Grid(place.source(), text, base, axes, cells);
  }

  private static List<Axis> axes(Place place, String text, List<SetOption> sets) {
    ExperimentSchema schema = ExperimentSchema.ofExperiments();
    Given given = YamlReader.read(place, text);
    for (SetOption set : sets) {
      set.apply(given, schema.root());
    }
    if (!given.root().has(AXES)) {
      throw new ExperimentException(
          place
              + ": a sweep needs axes, such as axes: [{key: network.dropout, values: [0, 0.1]}]; one experiment alone is carried out with: fathom run");
    }
    schema.validate(given);
    given.requireSound();
    List<Axis> axes = new ArrayList<>();
    for (JsonNode axis : given.root().get(AXES)) {
      List<Double> values = axis.get("values").valueStream().map(JsonNode::doubleValue).toList();
      axes.add(new Axis(axis.get("key").stringValue(), values));
    }
    return axes;
  }

  private static List<SequencedMap<String, Double>> points(List<Axis> axes) {
    List<SequencedMap<String, Double>> points = List.of(Collections.emptySortedMap());
    for (Axis axis : axes) {
      List<SequencedMap<String, Double>> longer = new ArrayList<>();
      for (SequencedMap<String, Double> point : points) {
        for (double value : axis.values()) {
          SequencedMap<String, Double> next = new LinkedHashMap<>(point);
          next.put(axis.key(), value);
          longer.add(Collections.unmodifiableSequencedMap(next));
        }
      }
      points = longer;
    }
    return points;
  }

  /** The canonical form: the base with everything explicit, then the axes. */
  public String resolvedYaml() {
    StringBuilder yaml = new StringBuilder(base.resolvedYaml()).append(AXES).append(":\n");
    axes.forEach(axis -> yaml.append(axis.yaml()));
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
    List<String> sizes = axes.stream().map(axis -> Integer.toString(axis.values().size())).toList();
    return String.format(
        Locale.ROOT, "%s cells, %d seeds each", String.join(" x ", sizes), base.replicas());
  }
}
