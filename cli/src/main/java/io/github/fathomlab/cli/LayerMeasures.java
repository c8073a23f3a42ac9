package io.github.fathomlab.cli;

import io.github.fathomlab.coarsegraining.KernelChange;
import io.github.fathomlab.coarsegraining.Representation;
import io.github.fathomlab.coarsegraining.SpectralRanks;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.springblock.DataSeparation;
import io.github.fathomlab.springblock.Separation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured on one layer of given activations: the fields of the command line's
 * JSON contract.
 *
 * @param values by field, in the order of the contract; null when there is no number
 * @param status by field, the reason why a number is missing or must not be used as it stands
 */
record LayerMeasures(
    int layer, String name, Map<String, @Nullable Number> values, Map<String, String> status) {
  static final List<String> SEPARATION =
      List.of(
          "log_separation",
          "log_separation_compatible",
          "trace_ratio",
          "invariant_separation",
          "between_rank");
  static final List<String> RANKS =
      List.of("effective_rank", "participation_ratio", "stable_rank", "effective_rank_covariance");
  static final List<String> CHANGE = List.of("kernel_drift", "cka", "kernel_change");

  /** The reason that belongs to the file and not to the numbers. */
  static final String NO_LABELS = "NO_LABELS";

  /** Measures every layer. */
  static List<LayerMeasures> of(Activations activations) {
    DataSeparation separation = new DataSeparation();
    List<Representation> representations = new ArrayList<>();
    for (Activations.Layer layer : activations.layers()) {
      representations.add(
          Representation.of(layer.values(), layer.features(), activations.samples()));
    }
    List<LayerMeasures> all = new ArrayList<>();
    for (int l = 0; l < representations.size(); l++) {
      Activations.Layer layer = activations.layers().get(l);
      LayerMeasures measures =
          new LayerMeasures(l, layer.name(), new LinkedHashMap<>(), new LinkedHashMap<>());
      measures.separate(separation, layer, activations);
      measures.rank(representations.get(l));
      measures.change(
          representations.get(l),
          l + 1 < representations.size() ? representations.get(l + 1) : null);
      all.add(measures);
    }
    return all;
  }

  private void separate(
      DataSeparation separation, Activations.Layer layer, Activations activations) {
    int[] labels = activations.labels();
    if (labels == null) {
      SEPARATION.forEach(field -> missing(field, NO_LABELS));
      return;
    }
    Separation found =
        separation.measure(
            layer.values(), activations.samples(), layer.features(), labels, activations.classes());
    put("log_separation", found.log());
    put("log_separation_compatible", found.compatibleLog());
    put("trace_ratio", found.traceRatio());
    put("invariant_separation", found.invariant());
    if (Double.isNaN(found.traceRatio().value())
        && found.traceRatio().status() != Status.RANK_DEFICIENT) {
      missing("between_rank", found.traceRatio().status().name());
    } else {
      values.put("between_rank", found.betweenRank());
    }
  }

  private void rank(Representation representation) {
    if (representation.status() != Status.OK) {
      RANKS.forEach(field -> missing(field, representation.status().name()));
      return;
    }
    SpectralRanks ranks = representation.ranks();
    values.put("effective_rank", ranks.effective());
    values.put("participation_ratio", ranks.participation());
    values.put("stable_rank", ranks.stable());
    values.put("effective_rank_covariance", ranks.effectiveCovariance());
  }

  private void change(Representation representation, @Nullable Representation next) {
    Status obstacle = next == null ? Status.NOT_APPLICABLE : representation.status();
    if (next == null || obstacle != Status.OK || next.status() != Status.OK) {
      String reason = (next == null || obstacle != Status.OK ? obstacle : next.status()).name();
      CHANGE.forEach(field -> missing(field, reason));
      return;
    }
    KernelChange change = representation.changeTo(next);
    values.put("kernel_drift", change.drift());
    values.put("cka", change.cka());
    values.put("kernel_change", change.frobenius());
  }

  private void put(String field, Separation.Measure measure) {
    values.put(field, Double.isNaN(measure.value()) ? null : measure.value());
    if (measure.status() != Status.OK) {
      status.put(field, measure.status().name());
    }
  }

  private void missing(String field, String reason) {
    values.put(field, null);
    status.put(field, reason);
  }

  /** The fields of the contract. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("layer", layer);
    fields.put("name", name);
    fields.putAll(values);
    fields.put("status", status);
    return fields;
  }
}
