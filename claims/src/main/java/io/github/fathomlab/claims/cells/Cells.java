package io.github.fathomlab.claims.cells;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The trainings of a sweep cell by cell, or of a run as one cell, with what was read of them. */
public final class Cells {
  private static final String AXIS = "axis.";
  private static final String CASE = "axis.case";

  private final Readings readings;
  private final String measured;
  private final BiFunction<Cell, String, String> symbols;
  private final Map<String, Map<Integer, List<Reading>>> known = new HashMap<>();

  private Cells(Readings readings, String measured, BiFunction<Cell, String, String> symbols) {
    this.readings = readings;
    this.measured = measured;
    this.symbols = symbols;
  }

  /**
   * All cells that were measured, in the order of the grid.
   *
   * @param measured a quantity of the whole network, recorded at every moment of all that was
   *     measured; its last step is that of the cell
   * @param symbols what a paper calls an axis in a cell, given the axis
   */
  public static List<Cell> of(
      Readings readings, String measured, BiFunction<Cell, String, String> symbols) {
    Cells cells = new Cells(readings, measured, symbols);
    TreeMap<Integer, List<Integer>> members = new TreeMap<>();
    for (int replica : cells.byReplica(measured).keySet()) {
      int index =
          cells.byReplica("sweep.cell").getOrDefault(replica, List.of()).stream()
              .mapToInt(reading -> (int) reading.value())
              .findFirst()
              .orElse(0);
      members.computeIfAbsent(index, _ -> new ArrayList<>()).add(replica);
    }
    return members.values().stream().map(replicas -> cells.new Cell(replicas)).toList();
  }

  private Map<Integer, List<Reading>> byReplica(String quantity) {
    return known.computeIfAbsent(
        quantity,
        name -> {
          Map<Integer, List<Reading>> byReplica = new TreeMap<>();
          for (Reading reading : readings.of(name)) {
            byReplica.computeIfAbsent(reading.replica(), _ -> new ArrayList<>()).add(reading);
          }
          return byReplica;
        });
  }

  /** Replicas that differ in their seeds alone. */
  public final class Cell {
    private final List<Integer> replicas;

    private Cell(List<Integer> replicas) {
      this.replicas = replicas;
    }

    public int seeds() {
      return replicas.size();
    }

    /** Name of the case; empty in a run and in a grid without cases. */
    public String caseName() {
      return word(CASE);
    }

    /** Where the cell lies, for people: its case and its place on the axes. */
    public String label() {
      List<String> words = new ArrayList<>();
      if (!caseName().isEmpty()) {
        words.add(caseName());
      }
      axes()
          .forEach((key, value) ->
              words.add(
                  String.format(Locale.ROOT, "%s = %s", symbols.apply(this, key), number(value))));
      return words.isEmpty() ? "this run" : String.join(", ", words);
    }

    /** Its place on the axes by the last part of their keys, by whole keys where parts collide. */
    private Map<String, Double> axes() {
      List<String> keys =
          readings.quantities().stream()
              .filter(quantity -> quantity.startsWith(AXIS) && !quantity.equals(CASE))
              .map(quantity -> quantity.substring(AXIS.length()))
              .toList();
      boolean collide = keys.stream().map(Cells::lastPart).distinct().count() < keys.size();
      Map<String, Double> axes = new LinkedHashMap<>();
      keys.forEach(key -> axes.put(collide ? key : lastPart(key), exact(AXIS + key)));
      return axes;
    }

    /** The word that a reading of the network carries in place of a layer's name. */
    public String word(String quantity) {
      return byReplica(quantity).getOrDefault(replicas.getFirst(), List.of()).stream()
          .map(Reading::layerName)
          .findFirst()
          .orElse("");
    }

    /** A number that all replicas share; NaN when there is none. */
    public double exact(String quantity) {
      return value(quantity, replicas.getFirst(), 0, Reading.WHOLE_NETWORK);
    }

    /** The number of every replica before its first step; NaN where there is none to use. */
    public double[] untrained(String quantity) {
      return untrained(quantity, Reading.WHOLE_NETWORK);
    }

    /** As {@link #untrained(String)}, of a layer. */
    public double[] untrained(String quantity, int layer) {
      return replicas.stream().mapToDouble(r -> value(quantity, r, 0, layer)).toArray();
    }

    /**
     * The number of every replica after the last step of the cell; NaN where there is none to use,
     * as in a replica that diverged before.
     */
    public double[] trained(String quantity) {
      return trained(quantity, Reading.WHOLE_NETWORK);
    }

    /** As {@link #trained(String)}, of a layer. */
    public double[] trained(String quantity, int layer) {
      long last = lastStep();
      return replicas.stream()
          .mapToDouble(r -> last == 0 ? Double.NaN : value(quantity, r, last, layer))
          .toArray();
    }

    private long lastStep() {
      return replicas.stream()
          .flatMap(r -> byReplica(measured).getOrDefault(r, List.of()).stream())
          .mapToLong(Reading::step)
          .max()
          .orElse(0);
    }

    /** The values that a quantity has before the first step, by the name of their place. */
    public Map<String, Double> named(String quantity) {
      Map<String, Double> named = new LinkedHashMap<>();
      byReplica(quantity).getOrDefault(replicas.getFirst(), List.of()).stream()
          .filter(reading -> reading.step() == 0 && reading.status() == Status.OK)
          .forEach(reading -> named.put(reading.layerName(), reading.value()));
      return named;
    }

    /** The layers that a quantity was recorded for. */
    public List<Integer> layers(String quantity) {
      return byReplica(quantity).getOrDefault(replicas.getFirst(), List.of()).stream()
          .map(Reading::layer)
          .distinct()
          .sorted()
          .toList();
    }

    private double value(String quantity, int replica, long step, int layer) {
      return byReplica(quantity).getOrDefault(replica, List.of()).stream()
          .filter(r -> r.step() == step && r.layer() == layer && r.status() == Status.OK)
          .mapToDouble(Reading::value)
          .findFirst()
          .orElse(Double.NaN);
    }
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
