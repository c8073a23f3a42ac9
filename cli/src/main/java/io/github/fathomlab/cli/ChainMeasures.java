package io.github.fathomlab.cli;

import io.github.fathomlab.coarsegraining.markov.ChainSpectrum;
import io.github.fathomlab.coarsegraining.markov.MarkovChain;
import io.github.fathomlab.coarsegraining.markov.MaskedLoss;
import io.github.fathomlab.coarsegraining.markov.Masking;
import io.github.fathomlab.coarsegraining.markov.RelevantSubspace;
import io.github.fathomlab.coarsegraining.markov.WindowTask;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a Markov chain: numbers by name, and for those that there are not, why. */
final class ChainMeasures {
  private static final String TOO_MANY =
      "the contexts of this window are too many to enumerate; take fewer states or a smaller window";
  private static final String EXCLUDED =
      "some contexts exclude a state, whose log-posterior is minus infinity";

  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private final Map<String, String> reasons = new LinkedHashMap<>();

  private ChainMeasures() {}

  static ChainMeasures of(MarkovChain chain, double mask, int window, int length) {
    ChainMeasures measures = new ChainMeasures();
    boolean unique = chain.status() == Status.OK;
    String why = chain.status().explanation();
    measures.values.put("states", chain.states());
    measures.values.put("closed_classes", chain.closedClasses());
    measures.put("period", unique ? chain.period() : null, why);
    measures.put("stationary", unique ? numbers(chain.stationary()) : null, why);
    measures.spectrum(ChainSpectrum.of(chain));
    measures.values.put("mask_rate", mask);
    measures.values.put("window", window);
    measures.values.put("length", length);
    MaskedLoss loss = unique ? new MaskedLoss(chain, mask) : null;
    measures.put("entropy", unique ? chain.entropy() : null, why);
    measures.put("entropy_rate", unique ? chain.conditionalEntropies(1)[0] : null, why);
    measures.put("bayes_loss_window", loss == null ? null : loss.window(window, window), why);
    measures.put("bayes_loss_sequence", loss == null ? null : loss.sequence(length), why);
    if (!unique) {
      measures.put("task_rank", null, why);
    } else if (WindowTask.isEnumerable(chain.states(), window)) {
      measures.rank(RelevantSubspace.of(new WindowTask(chain, Masking.plain(mask), window)));
    } else {
      measures.put("task_rank", null, TOO_MANY);
    }
    return measures;
  }

  private void spectrum(ChainSpectrum spectrum) {
    String why = spectrum.status().explanation();
    boolean decays = spectrum.status() == Status.OK;
    values.put("eigenvalue_moduli", numbers(spectrum.moduli()));
    values.put("second_eigenvalue", spectrum.second());
    values.put("second_eigenvalue_error", spectrum.error());
    put("correlation_length", decays ? spectrum.correlationLength() : null, why);
    put("correlation_length_error", decays ? spectrum.correlationLengthError() : null, why);
  }

  private void rank(RelevantSubspace relevant) {
    put("task_rank", relevant.status() == Status.OK ? relevant.rank() : null, EXCLUDED);
  }

  private void put(String name, @Nullable Object value, String why) {
    values.put(name, value);
    if (value == null) {
      reasons.put(name, why);
    }
  }

  private static List<Double> numbers(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>(values);
    document.put("status", reasons);
    return document;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (values.get("stationary") instanceof List<?> stationary) {
      TextTable states = new TextTable("state", "stationary");
      for (int i = 0; i < stationary.size(); i++) {
        states.add(Integer.toString(i + 1), number(stationary.get(i)));
      }
      lines.addAll(states.lines());
      lines.add("");
    }
    TextTable table = new TextTable("quantity", "value", "error");
    table.add("second eigenvalue", of("second_eigenvalue"), of("second_eigenvalue_error"));
    table.add(
        "correlation length, steps", of("correlation_length"), of("correlation_length_error"));
    table.add("entropy of a state", of("entropy"), "");
    table.add("entropy given the state before", of("entropy_rate"), "");
    table.add(
        "Bayes-optimal masked loss, window of %s + %s"
            .formatted(values.get("window"), values.get("window")),
        of("bayes_loss_window"),
        "");
    table.add(
        "Bayes-optimal masked loss, sequence of " + values.get("length"),
        of("bayes_loss_sequence"),
        "");
    table.add("task rank of the window", of("task_rank"), "");
    lines.addAll(table.lines());
    reasons.values().stream().distinct().forEach(why -> lines.add("-: " + why));
    return lines;
  }

  private double of(String name) {
    return number(values.get(name));
  }

  private static double number(@Nullable Object value) {
    return value instanceof Double number ? number : Double.NaN;
  }
}
