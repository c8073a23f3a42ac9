package io.github.fathomlab.cli;

import io.github.fathomlab.experiment.RunFiles;
import io.github.fathomlab.experiment.RunOutcome;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.training.Divergence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run says at its end. */
final class RunSummary {
  private static final List<String> ACCURACIES = List.of("accuracy.test", "accuracy.train");

  private final RunOutcome outcome;
  private final Map<String, Mean> accuracies = new LinkedHashMap<>();

  RunSummary(RunOutcome outcome) {
    this.outcome = outcome;
    try (RecordedReadings readings = RecordedReadings.open(outcome.run())) {
      for (String quantity : ACCURACIES) {
        List<Reading> found = readings.of(quantity);
        if (!found.isEmpty()) {
          accuracies.put(quantity.substring(quantity.indexOf('.') + 1), Mean.last(found));
        }
      }
    }
  }

  /** Mean over replicas with its standard deviation. */
  private record Mean(double mean, double deviation, int replicas) {

    /** Of the last usable reading of every replica. */
    static Mean last(List<Reading> readings) {
      TreeMap<Integer, Double> last = new TreeMap<>();
      for (Reading reading : readings) {
        if (reading.status() == Status.OK) {
          last.put(reading.replica(), reading.value());
        }
      }
      double mean =
          last.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
      double squares = 0;
      for (double value : last.values()) {
        squares += (value - mean) * (value - mean);
      }
      return new Mean(mean, Math.sqrt(squares / Math.max(1, last.size() - 1)), last.size());
    }

    String words() {
      return replicas == 1
          ? String.format(Locale.ROOT, "%.4f", mean)
          : String.format(Locale.ROOT, "%.4f +- %.4f", mean, deviation);
    }
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Verdict verdict : outcome.verdicts()) {
      lines.add(line(verdict));
    }
    accuracies.forEach((set, mean) ->
        lines.add("accuracy, %-5s %s (%d replicas)".formatted(set, mean.words(), mean.replicas())));
    lines.add("time     " + ProgressText.duration(outcome.seconds()) + watching());
    lines.add("run      " + outcome.run().path());
    lines.add("report   " + outcome.run().report());
    return lines;
  }

  private String watching() {
    double share = outcome.watchingShare();
    return Double.isNaN(share)
        ? ""
        : String.format(Locale.ROOT, ", of which instruments %.0f %%", 100 * share);
  }

  /** {@code HOLDS bulk-boundary/ledger-balances sentence}. */
  static String line(Verdict verdict) {
    return "%-9s  %s  %s".formatted(verdict.outcome(), verdict.claim(), verdict.sentence());
  }

  /** For programs. */
  Map<String, Object> json() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", outcome.run().path().toString());
    document.put("verdicts", outcome.verdicts().stream().map(RunFiles::json).toList());
    document.put("seconds", outcome.seconds());
    document.put("report", outcome.run().report().toString());
    document.put("interrupted", outcome.interrupted());
    document.put("diverged", outcome.divergences().stream().map(RunSummary::json).toList());
    Map<String, Object> accuracy = new LinkedHashMap<>();
    accuracies.forEach((set, mean) -> accuracy.put(set, mean.mean()));
    document.put("accuracy", accuracy);
    document.put("watching_share", outcome.watchingShare());
    return document;
  }

  private static Map<String, Object> json(Divergence divergence) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("replica", divergence.replica());
    fields.put("step", divergence.step());
    fields.put("layer", divergence.layer());
    fields.put("layer_name", divergence.layerName());
    fields.put("sentence", divergence.sentence());
    return fields;
  }
}
