package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Trainings that differ by their seed only: all replicas of a run, or those of a sweep that share
 * their case and their place on every axis.
 *
 * @param place where it lies on the axes that vary, such as "K = 0.8, b = 4"; empty in a run
 * @param caseName name of its case, empty without cases
 * @param replicas who belongs to it; empty when all do
 * @param recorded where their readings are
 */
record SeedGroup(String place, String caseName, Set<Integer> replicas, Recorded recorded) {
  private static final String AXIS = "axis.";
  private static final String CASE = "axis.case";
  private static final Map<String, String> SYMBOLS =
      Map.of(
          "data.coupling",
          "K",
          "data.window",
          "b",
          "data.field",
          "h",
          "data.correlation",
          "\u03c6",
          "data.correlation_length",
          "\u03be");
  private static final List<String> NULLS =
      List.of("shuffle", "no bias", "bias free", "random", "odd", "null", "untrained", "permuted");

  SeedGroup {
    replicas = Set.copyOf(replicas);
  }

  /** All groups, in the order of their first replicas. */
  static List<SeedGroup> of(Recorded recorded) {
    if (!Sweep.isIn(recorded)) {
      return List.of(new SeedGroup("", "", Set.of(), recorded));
    }
    Map<Integer, Map<String, String>> places = places(recorded);
    Map<Map<String, String>, Set<Integer>> groups = new LinkedHashMap<>();
    places.forEach(
        (replica, place) -> groups.computeIfAbsent(place, _ -> new TreeSet<>()).add(replica));
    Set<String> varying =
        groups.keySet().stream()
            .flatMap(place -> place.keySet().stream())
            .filter(axis ->
                !axis.equals(CASE)
                    && groups.keySet().stream().map(p -> p.get(axis)).distinct().count() > 1)
            .collect(Collectors.toSet());
    List<SeedGroup> out = new ArrayList<>();
    groups.forEach((place, replicas) -> {
      String name = place.getOrDefault(CASE, "");
      String where =
          place.entrySet().stream()
              .filter(entry -> varying.contains(entry.getKey()))
              .map(entry -> symbol(entry.getKey()) + " = " + entry.getValue())
              .collect(Collectors.joining(", "));
      out.add(new SeedGroup(where, name, replicas, recorded));
    });
    return out;
  }

  /** Of every replica, in order, its value on each axis as text; of a case its name. */
  private static Map<Integer, Map<String, String>> places(Recorded recorded) {
    Map<Integer, Map<String, String>> places = new TreeMap<>();
    for (String quantity : recorded.quantities()) {
      if (quantity.startsWith(AXIS)) {
        for (Reading reading : recorded.of(quantity)) {
          String value =
              quantity.equals(CASE) && !reading.layerName().isBlank()
                  ? reading.layerName()
                  : Sweep.value(reading.value());
          places.computeIfAbsent(reading.replica(), _ -> new TreeMap<>()).put(quantity, value);
        }
      }
    }
    return places;
  }

  private static String symbol(String axis) {
    String key = axis.substring(AXIS.length());
    String last = key.substring(key.lastIndexOf('.') + 1);
    return SYMBOLS.getOrDefault(key, last.replace('_', ' '));
  }

  /** Case and place, such as "two layers, K = 0.8"; empty in a run. */
  String label() {
    return caseName.isEmpty() || place.isEmpty() ? caseName + place : caseName + ", " + place;
  }

  /** Whether the name of its case says that it is there to miss the prediction. */
  boolean isNull() {
    String name = caseName.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    return NULLS.stream().anyMatch(name::contains);
  }

  /** The readings of a quantity that belong to this group; of each replica in their order. */
  List<Reading> readings(String quantity) {
    return replicas.isEmpty()
        ? recorded.of(quantity)
        : replicas.stream()
            .sorted()
            .flatMap(replica -> recorded.ofReplica(quantity, replica).stream())
            .toList();
  }

  /** The usable numbers of the whole network by step, one for each replica that has one. */
  Map<Long, double[]> usable(String quantity) {
    Map<Long, List<Double>> steps = new TreeMap<>();
    for (Reading reading : readings(quantity)) {
      if (reading.layer() == Reading.WHOLE_NETWORK && usable(reading)) {
        steps.computeIfAbsent(reading.step(), _ -> new ArrayList<>()).add(reading.value());
      }
    }
    Map<Long, double[]> out = new TreeMap<>();
    steps.forEach((step, values) ->
        out.put(step, values.stream().mapToDouble(Double::doubleValue).toArray()));
    return out;
  }

  /** The usable numbers of the whole network at one step. */
  double[] values(String quantity, long step) {
    return usable(quantity).getOrDefault(step, new double[0]);
  }

  static boolean usable(Reading reading) {
    return reading.status() == Status.OK && Double.isFinite(reading.value());
  }

  /** A number that is the same for every replica, known before training; NaN without one. */
  double exact(String quantity) {
    double[] values = values(quantity, 0);
    return values.length == 0 ? Double.NaN : values[0];
  }

  /** The last step at which a quantity was read; 0 when it was not, or before training only. */
  long lastStep(String quantity) {
    return readings(quantity).stream().mapToLong(Reading::step).max().orElse(0);
  }

  /** The numbers of the whole network over the steps. */
  Profile overTime(String quantity) {
    return Profile.of(
        readings(quantity).stream()
            .filter(reading -> reading.layer() == Reading.WHOLE_NETWORK)
            .toList());
  }

  /** The numbers of single layers. */
  Profile overLayers(String quantity) {
    return Profile.of(readings(quantity).stream().filter(r -> r.layer() >= 0).toList());
  }

  /** The quantity of the whole network at one step with its spread over the seeds. */
  Band band(String quantity, long step) {
    Profile profile =
        Profile.of(
            readings(quantity).stream()
                .filter(r -> r.layer() == Reading.WHOLE_NETWORK && r.step() == step)
                .toList());
    return profile.isEmpty() ? Band.NOTHING : profile.at(0, 0);
  }
}
