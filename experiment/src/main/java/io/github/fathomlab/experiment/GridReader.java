package io.github.fathomlab.experiment;

import io.github.fathomlab.experiment.Grid.Axis;
import io.github.fathomlab.experiment.Grid.Case;
import io.github.fathomlab.experiment.Grid.Cell;
import io.github.fathomlab.experiment.Grid.Keep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a grid and every cell of it. */
final class GridReader {
  private static final int LONGEST_NAME = 40;

  private final Place place;
  private final String text;
  private final List<SetOption> sets;
  private final boolean mustExist;

  /**
   * @param sets options laid over the text, in their order
   * @param mustExist whether a file that is named but missing is a problem
   */
  GridReader(Place place, String text, List<SetOption> sets, boolean mustExist) {
    this.place = place;
    this.text = text;
    this.sets = sets;
    this.mustExist = mustExist;
  }

  Grid grid() {
    Given given = given();
    List<Axis> axes = axes(given);
    SequencedMap<String, List<SetOption>> settings = settings(given, axes);
    given.requireSound();
    JsonNode keep = given.root().get(Grid.KEEP);
    List<Case> cases = new ArrayList<>();
    settings.forEach((name, sets) -> cases.add(new Case(cases.size(), name, experiment(sets))));
    return new Grid(
        place.source(),
        text,
        experiment(List.of()),
        cases,
        axes,
        keep != null && keep.stringValue().equals("all") ? Keep.ALL : Keep.ENDS,
        cells(cases, settings, axes));
  }

  /** One experiment of the grid: what the file and the options say, with these settings. */
  private Experiment experiment(List<SetOption> settings) {
    List<SetOption> all = new ArrayList<>(sets);
    all.addAll(Grid.ALONE);
    all.addAll(settings);
    return ExperimentFile.read(place, text, all, mustExist).experiment();
  }

  private Given given() {
    ExperimentSchema schema = ExperimentSchema.ofExperiments();
    Given given = YamlReader.read(place, text);
    for (SetOption set : sets) {
      set.apply(given, schema.root());
    }
    if (!given.root().has(Grid.AXES) && !given.root().has(Grid.CASES)) {
      throw new ExperimentException(
          place
              + ": a sweep needs axes or cases, such as axes: [{key: network.dropout, values: [0, 0.1]}]; one experiment alone is carried out with: fathom run");
    }
    schema.validate(given);
    given.requireSound();
    return given;
  }

  private static List<Axis> axes(Given given) {
    List<Axis> axes = new ArrayList<>();
    if (!given.root().has(Grid.AXES)) {
      return axes;
    }
    for (JsonNode axis : given.root().get(Grid.AXES)) {
      List<JsonNode> values = axis.get("values").valueStream().toList();
      long flags = values.stream().filter(JsonNode::isBoolean).count();
      if (flags > 0 && flags < values.size()) {
        given.report(
            KeyPath.ROOT.key(Grid.AXES).item(axes.size()).key("values"),
            "expected numbers only, or true and false only");
      }
      axes.add(
          new Axis(
              axis.get("key").stringValue(),
              flags > 0,
              values.stream().map(GridReader::number).toList()));
      requireBlocks(given, axes.getLast());
    }
    return axes;
  }

  /** The default of a block holds for the whole of it, so that one key of it would change all. */
  private static void requireBlocks(Given given, Axis axis) {
    for (String key : axis.keys()) {
      String block = key.substring(0, Math.max(0, key.indexOf('.')));
      SchemaNode schema = ExperimentSchema.ofExperiments().root().properties().get(block);
      JsonNode usual = schema == null ? null : schema.keyword("default");
      if (usual != null && !usual.isEmpty() && !given.root().has(block)) {
        given.report(
            KeyPath.ROOT.key(Grid.AXES),
            "%s differs from cell to cell, but the file leaves out %s; write it out, such as %s: %s"
                .formatted(key, block, block, usual));
      }
    }
  }

  private static double number(JsonNode value) {
    return value.isBoolean() ? value.booleanValue() ? 1 : 0 : value.doubleValue();
  }

  /** The settings of every case, by its name. */
  private SequencedMap<String, List<SetOption>> settings(Given given, List<Axis> axes) {
    SequencedMap<String, List<SetOption>> cases = new LinkedHashMap<>();
    if (!given.root().has(Grid.CASES)) {
      return cases;
    }
    for (Map.Entry<String, JsonNode> each : given.root().get(Grid.CASES).properties()) {
      String name = each.getKey();
      KeyPath path = KeyPath.ROOT.key(Grid.CASES).key(name);
      if (!isForPeople(name)) {
        given.report(
            path,
            "the name of a case must have 1 to %d printable characters, and no blank at its ends"
                .formatted(LONGEST_NAME));
      }
      List<SetOption> settings = new ArrayList<>();
      for (Map.Entry<String, JsonNode> setting : each.getValue().properties()) {
        String key = setting.getKey();
        if (!SetOption.isKey(key)) {
          given.report(path.key(key), "expected a key of the experiment, such as network.depth");
          continue;
        }
        if (axes.stream().anyMatch(axis -> axis.keys().contains(key))) {
          given.report(path.key(key), "this key is an axis too; take it out of one of the two");
        }
        String set = key + "=" + setting.getValue(); // JSON is YAML too
        settings.add(new SetOption(set, place.optionHere("case " + name + ": " + set)));
      }
      cases.put(name, settings);
    }
    return cases;
  }

  private static boolean isForPeople(String name) {
    int length = name.codePointCount(0, name.length());
    return length >= 1
        && length <= LONGEST_NAME
        && name.equals(name.strip())
        && name.codePoints().noneMatch(GridReader::isInvisible);
  }

  private static boolean isInvisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private List<Cell> cells(
      List<Case> cases, Map<String, List<SetOption>> settings, List<Axis> axes) {
    List<Cell> cells = new ArrayList<>();
    Map<String, Cell> known = new HashMap<>();
    List<@Nullable Case> variants = new ArrayList<>(cases);
    if (variants.isEmpty()) {
      variants.add(null);
    }
    List<SequencedMap<String, Double>> points = points(axes);
    for (@Nullable Case variant : variants) {
      List<SetOption> given =
          variant == null ? List.of() : settings.getOrDefault(variant.name(), List.of());
      for (SequencedMap<String, Double> point : points) {
        Cell cell = cell(variant, given, axes, point);
        Cell same = known.put(cell.key(), cell);
        if (same != null) {
          throw new ExperimentException(
              "%s: %s: the cells %s and %s are the same experiment; take one of them out"
                  .formatted(place, cases.isEmpty() ? Grid.AXES : Grid.CASES, same, cell));
        }
        cells.add(cell);
      }
    }
    return cells;
  }

  private Cell cell(
      @Nullable Case variant,
      List<SetOption> given,
      List<Axis> axes,
      SequencedMap<String, Double> point) {
    List<SetOption> settings = new ArrayList<>(given);
    List<String> words = new ArrayList<>();
    if (variant != null) {
      words.add(variant.name());
    }
    for (Axis axis : axes) {
      String word = axis.word(Objects.requireNonNull(point.get(axis.key())));
      words.add(axis.key() + "=" + word);
      for (String key : axis.keys()) {
        String set = key + "=" + word;
        settings.add(new SetOption(set, place.optionHere("axes: " + set)));
      }
    }
    return new Cell(String.join(", ", words), variant, point, experiment(settings));
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
}
