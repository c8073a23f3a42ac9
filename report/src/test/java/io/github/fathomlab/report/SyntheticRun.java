package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Made-up readings with the shapes of a real run: for tests of drawing only. */
final class SyntheticRun implements Readings {
  private final Map<String, List<Reading>> rows = new TreeMap<>();
  private final Random random = new Random(7);
  private final int layers;
  private final int replicas;
  private final int steps;

  SyntheticRun(int layers, int replicas, int steps) {
    this.layers = layers;
    this.replicas = replicas;
    this.steps = steps;
  }

  static SyntheticRun empty() {
    return new SyntheticRun(0, 0, 0);
  }

  /** Everything that a run of the first experiment records. */
  SyntheticRun withAll() {
    return withTraining().withSeparation().withLedger();
  }

  SyntheticRun withTraining() {
    for (int step = 0; step < steps; step++) {
      for (int r = 0; r < replicas; r++) {
        double fall = 2.3 * Math.exp(-4.0 * step / steps) + 0.02;
        add("loss", step, -1, r, fall * Math.exp(0.25 * random.nextGaussian()), Status.OK);
        if (step % Math.max(1, steps / 30) == 0) {
          add("loss.test", step, -1, r, fall * 1.15 + 0.08 + 0.01 * r, Status.OK);
          add(
              "accuracy.train",
              step,
              -1,
              r,
              1 - 0.9 * Math.exp(-6.0 * step / steps) - 0.002 * r,
              Status.OK);
          add(
              "accuracy.test",
              step,
              -1,
              r,
              0.97 - 0.87 * Math.exp(-6.0 * step / steps) - 0.003 * r,
              Status.OK);
        }
      }
    }
    return this;
  }

  SyntheticRun withSeparation() {
    int every = Math.max(1, steps / 12);
    for (int step = 0; step <= steps; step += every) {
      double done = 1 - Math.exp(-4.0 * step / steps);
      for (int r = 0; r < replicas; r++) {
        for (int l = 0; l <= layers; l++) {
          double depth = (double) l / layers;
          double d =
              3.2
                  + 0.5 * depth * (1 - done)
                  - done * (2.1 * depth + 2.4 * depth * depth)
                  + 0.12 * random.nextGaussian() * depth;
          boolean deficient = l == layers && r < 3 && step > 0;
          add("separation.log", step, l, r, d, deficient ? Status.RANK_DEFICIENT : Status.OK);
          add("separation.log.test", step, l, r, d + 0.35 * done * depth + 0.1, Status.OK);
          add("separation.trace_ratio", step, l, r, d - 2.6, Status.OK);
          boolean none = l == 2;
          add(
              "separation.invariant",
              step,
              l,
              r,
              none ? Double.NaN : 3 + done * depth,
              none ? Status.ZERO_VARIANCE : Status.OK);
        }
        add("load.tilt", step, -1, r, 0.08 + 0.01 * r, Status.OK);
        add("load.relative_tilt", step, -1, r, 0.4 + 0.01 * r, Status.OK);
      }
    }
    return this;
  }

  SyntheticRun withLedger() {
    int auditEvery = Math.max(1, steps / 24);
    for (int step = 0; step < steps; step++) {
      for (int r = 0; r < replicas; r++) {
        double flow = 0;
        for (int m = 0; m < layers; m++) {
          double heat =
              3e-2
                  * Math.exp(-5.0 * step / steps)
                  * Math.exp(-0.35 * Math.abs(m - 0.7 * layers * step / steps))
                  * Math.exp(0.4 * random.nextGaussian());
          flow -= heat * (1 + 0.7 * random.nextGaussian() * step / steps);
          add("ledger.dissipation", step, m, r, heat, Status.OK);
          add("ledger.current", step, m, r, flow, Status.OK);
          add("ledger.kinetic", step, m, r, heat * 0.5, Status.OK);
          add("ledger.metric_work", step, m, r, heat * 0.01 * random.nextGaussian(), Status.OK);
          add("ledger.external", step, m, r, 0, Status.OK);
          if (step % auditEvery == 0) {
            boolean broken = m == 3 && step == 5 * auditEvery;
            add(
                "ledger.audit_residual",
                step,
                m,
                r,
                broken ? 4e-5 : 2e-9 * (1 + random.nextDouble()),
                Status.OK);
            add(
                "ledger.audit_control",
                step,
                m,
                r,
                m == layers / 2 ? 4e-4 * (1 + random.nextDouble()) : 3e-9,
                Status.OK);
          }
        }
      }
    }
    return this;
  }

  SyntheticRun add(
      String quantity, long step, int layer, int replica, double value, Status status) {
    rows.computeIfAbsent(quantity, q -> new ArrayList<>())
        .add(
            new Reading(
                quantity,
                step,
                layer,
                layer < 0 ? "" : "linear" + layer,
                replica,
                value,
                status,
                Double.NaN));
    return this;
  }

  @Override
  public List<String> quantities() {
    return List.copyOf(rows.keySet());
  }

  @Override
  public List<Reading> of(String quantity) {
    return rows.getOrDefault(quantity, List.of());
  }

  ReportInput input() {
    LinkedHashMap<String, String> provenance = new LinkedHashMap<>();
    provenance.put("fathom", "0.1.0-SNAPSHOT");
    provenance.put("precision", "float32");
    provenance.put("seeds", "1 to " + replicas);
    LinkedHashMap<String, String> cost = new LinkedHashMap<>();
    cost.put("wall time", "4.2 s");
    List<String> names = new ArrayList<>();
    for (int m = 0; m < layers; m++) {
      names.add("linear" + m);
    }
    return new ReportInput(
        "synthetic-0a1b2c",
        "Synthetic readings, for the layout only",
        "network:\n  widths: [64, 100, 100]\n  activation: relu\n",
        provenance,
        cost,
        "@article{example,\n  title = {An entry},\n  year = {2025}\n}\n",
        names,
        1e-6,
        null);
  }

  static List<Verdict> verdicts() {
    Map<String, Object> balance = new LinkedHashMap<>();
    balance.put("largest_residual", 3.9e-9);
    balance.put("null_largest_residual", 4.1e-4);
    balance.put("tolerance", 1e-6);
    balance.put("audited_steps", 24L);
    Map<String, Object> concave = new LinkedHashMap<>();
    concave.put("tilt", 0.125);
    concave.put("tilt_null", -0.004);
    concave.put("relative_tilt", 0.445);
    concave.put("phase", "concave");
    concave.put("usable", true);
    return List.of(
        new Verdict(
            "bulk-boundary/ledger-balances",
            Verdict.Outcome.HOLDS,
            "The ledger balances in every layer: largest relative residual 3.9e-9 at a tolerance of 1e-6.",
            Verdict.Outcome.HOLDS,
            balance,
            "arXiv:2511.02003; the discrete balance and its tolerance are this project's own test."),
        new Verdict(
            "spring-block/low-noise-concave",
            Verdict.Outcome.UNDECIDED,
            "The tilt is positive, but the separation of the output is rank deficient in 3 of 10 replicas.",
            Verdict.Outcome.HOLDS,
            concave,
            "arXiv:2407.19353 (phase diagram); the interval over seeds is this project's own criterion."));
  }
}
