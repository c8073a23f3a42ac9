package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
          add("held_out.separation.log", step, l, r, d + 0.35 * done * depth + 0.1, Status.OK);
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

  /**
   * The ledger of plain SGD: h = lr|g|^2 is made up, everything else follows from it by the exact
   * relations, so that sum Q / sum D is {@link #edge} and the energy balances.
   */
  SyntheticRun withLedger() {
    for (int r = 0; r < replicas; r++) {
      double[] heatBefore = new double[layers];
      double loss = 2.3;
      double firstEnergy = loss;
      double booked = 0;
      for (int step = 0; step < steps; step++) {
        double[] heat = heat(step);
        double kinetic = Arrays.stream(heatBefore).sum() / 2;
        double energy = kinetic + loss;
        add("ledger.energy", step, -1, r, energy, Status.OK);
        double closing = Math.abs(energy - firstEnergy - booked) / firstEnergy;
        add("ledger.balance", step, -1, r, closing, Status.OK);
        double change = bookStep(step, r, heat, heatBefore);
        double expected = 2e-3 * (1 - (double) step / (2 * steps));
        double injection = expected * (0.95 + 3 * random.nextGaussian());
        add("ledger.loss_change", step, -1, r, change, Status.OK);
        add("ledger.injection", step, -1, r, injection, Status.OK);
        add("ledger.injection_expected", step, -1, r, expected, Status.OK);
        loss += change + injection;
        booked += Arrays.stream(heat).sum() / 2 - kinetic + change + injection;
        heatBefore = heat;
      }
    }
    withAudit();
    rows.values().forEach(SyntheticRun::order);
    return this;
  }

  /** What {@link #withLedger} makes of sum Q / sum D. */
  double edge(int step, int replica) {
    return (3 * step < steps ? 0.2 : 1) + 0.01 * replica;
  }

  private double[] heat(int step) {
    double[] heat = new double[layers];
    for (int m = 0; m < layers; m++) {
      heat[m] =
          4e-3
              * Math.exp(-5.0 * step / steps)
              * Math.exp(-0.35 * Math.abs(m - 0.7 * layers * step / steps))
              * Math.exp(0.4 * random.nextGaussian());
    }
    return heat;
  }

  /** Records the layers of one step; returns the change of the loss. */
  private double bookStep(int step, int r, double[] heat, double[] before) {
    double current = 0;
    double change = 0;
    for (int m = 0; m < layers; m++) {
      current -= heat[m];
      double curvature = edge(step, r) * heat[m];
      double work = curvature - heat[m];
      change += work;
      add("ledger.kinetic", step, m, r, heat[m] / 2, Status.OK);
      add("ledger.metric_work", step, m, r, 0, Status.OK);
      add("ledger.dissipation", step, m, r, (heat[m] + before[m]) / 2, Status.OK);
      add("ledger.external", step, m, r, 0, Status.OK);
      add("ledger.current", step, m, r, current, Status.OK);
      add("ledger.curvature", step, m, r, curvature, Status.OK);
      add("ledger.work_weights", step, m, r, 0.9 * work, Status.OK);
      add("ledger.work_biases", step, m, r, 0.1 * work, Status.OK);
      add("midpoint.kinetic", step, m, r, heat[m] / 4, Status.OK);
      add("midpoint.dissipation", step, m, r, (heat[m] + before[m]) / 3, Status.OK);
    }
    return change;
  }

  private void withAudit() {
    int auditEvery = Math.max(1, steps / 24);
    for (int step = 0; step < steps; step += auditEvery) {
      for (int r = 0; r < replicas; r++) {
        add("ledger.secant_residual", step, -1, r, 2e-8 * (1 + random.nextDouble()), Status.OK);
        for (int m = 0; m < layers; m++) {
          boolean broken = m == 3 && step == 5 * auditEvery;
          double residual = broken ? 4e-5 : 2e-9 * (1 + random.nextDouble());
          add("ledger.audit_residual", step, m, r, residual, Status.OK);
          if (step % (4 * auditEvery) == 0) {
            double caught = m == layers / 2 ? 4e-4 * (1 + random.nextDouble()) : 3e-9;
            add("ledger.audit_control", step, m, r, caught, Status.OK);
          }
        }
      }
    }
  }

  /** What the studies of the field and of the random bulk record. */
  SyntheticRun withStudies() {
    for (int depth : new int[] {16, 32, 64}) {
      for (int start = 0; start < 2; start++) {
        double flow = 0;
        for (int m = 0; m < depth; m++) {
          double x = (m + 0.5) / depth;
          double rough = start == 0 ? 1 + 0.4 / depth : Math.exp(0.4 * random.nextGaussian());
          double density = (0.4 + Math.sin(3 * x)) * rough;
          add("field.energy", depth, m, start, density, Status.OK);
          add("field.current", depth, m, start, flow, Status.OK);
          flow -= density / depth;
        }
        add("field.current", depth, depth, start, flow, Status.OK);
      }
    }
    for (int window = 1; window <= 4; window++) {
      for (int replica = 0; replica < 6; replica++) {
        double approach = replica % 2 == 0 ? 1 - Math.exp(-window) : 0.01 * window;
        add("edge.sharpness", 400L * window, -1, replica, 1.01 * approach, Status.OK);
        add("edge.ratio", 400L * window, -1, replica, approach, Status.OK);
      }
    }
    double[] chi = {0.497, 0.70, 0.94, 1.22};
    for (int i = 0; i < chi.length; i++) {
      for (int net = 0; net < 8; net++) {
        double slope = -Math.log(chi[i]) + 0.01 * random.nextGaussian();
        for (int m = 0; m < 12; m++) {
          double noise = 0.1 * random.nextGaussian();
          add("bulk.dissipation", i, m, net, Math.exp(slope * m - 6 + noise), Status.OK);
        }
        add("bulk.slope", i, -1, net, slope, Status.OK);
      }
      add("bulk.chi1", i, -1, 0, chi[i], Status.OK);
    }
    return this;
  }

  /** The order that {@link Readings} promises. */
  private static void order(List<Reading> readings) {
    readings.sort(
        Comparator.comparingLong(Reading::step)
            .thenComparingInt(Reading::replica)
            .thenComparingInt(Reading::layer));
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

  /** A reading as it is, with the name of its layer. */
  SyntheticRun add(Reading reading) {
    rows.computeIfAbsent(reading.quantity(), q -> new ArrayList<>()).add(reading);
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
    return input(true);
  }

  ReportInput input(boolean memoryless) {
    LinkedHashMap<String, String> provenance = new LinkedHashMap<>();
    provenance.put("fathom", "0.1.0-SNAPSHOT");
    provenance.put("precision", "float32");
    provenance.put("seeds", "1 to " + replicas);
    LinkedHashMap<String, String> cost = new LinkedHashMap<>();
    cost.put("wall time", "4.2 s");
    List<String> names = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int m = 0; m < layers; m++) {
      names.add("linear" + m);
      counts.add(m == 0 ? 6500L : m == layers - 1 ? 1010L : 10100L);
    }
    return new ReportInput(
        "synthetic-0a1b2c",
        "Synthetic readings, for the layout only",
        "network:\n  widths: [64, 100, 100]\n  activation: relu\n",
        provenance,
        cost,
        "@article{example,\n  title = {An entry},\n  year = {2025}\n}\n",
        names,
        counts,
        memoryless,
        1e-6,
        1e-5,
        null,
        List.of(),
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
