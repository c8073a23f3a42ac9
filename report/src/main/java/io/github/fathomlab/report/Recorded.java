package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The readings of one run, each quantity fetched once, and the names of its layers. */
final class Recorded implements Readings {
  private final Readings readings;
  private final List<String> layerNames;
  private final List<String> quantities;
  private final Map<String, List<Reading>> fetched = new HashMap<>();
  private final Map<String, Map<Integer, List<Reading>>> ofReplicas = new HashMap<>();

  Recorded(Readings readings, List<String> layerNames) {
    this.readings = readings;
    quantities = readings.quantities();
    this.layerNames = layerNames;
  }

  @Override
  public List<String> quantities() {
    return quantities;
  }

  @Override
  public List<Reading> of(String quantity) {
    return fetched.computeIfAbsent(quantity, readings::of);
  }

  /** The readings of a quantity that belong to one replica, in their order. */
  List<Reading> ofReplica(String quantity, int replica) {
    return ofReplicas
        .computeIfAbsent(
            quantity, q -> of(q).stream().collect(Collectors.groupingBy(Reading::replica)))
        .getOrDefault(replica, List.of());
  }

  /** The readings of a quantity that belong to single layers. */
  List<Reading> ofLayers(String quantity) {
    return of(quantity).stream().filter(reading -> reading.layer() >= 0).toList();
  }

  /** The readings of a quantity that belong to the whole network. */
  List<Reading> ofNetwork(String quantity) {
    return of(quantity).stream()
        .filter(reading -> reading.layer() == Reading.WHOLE_NETWORK)
        .toList();
  }

  /** Whether a quantity of that name, or one whose name begins so, was recorded. */
  boolean has(String prefix) {
    return quantities().stream().anyMatch(quantity -> quantity.startsWith(prefix));
  }

  /** "layer 3 (linear)", or without the name where none is known. */
  String layerName(int layer) {
    return "layer " + layer + (named(layer) ? " (" + layerNames.get(layer) + ")" : "");
  }

  /** A representation is named by the layer that made it. */
  String representationName(int index) {
    if (index == 0) {
      return "representation 0 (input)";
    }
    return "representation "
        + index
        + (named(index - 1) ? " (after " + layerNames.get(index - 1) + ")" : "");
  }

  private boolean named(int layer) {
    return layer >= 0 && layer < layerNames.size() && !layerNames.get(layer).isBlank();
  }
}
