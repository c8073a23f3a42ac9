package io.github.fathomlab.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.fathomlab.bulkboundary.CurrentAudit;
import io.github.fathomlab.bulkboundary.KickDriftLedger;
import io.github.fathomlab.bulkboundary.LedgerRow;
import io.github.fathomlab.bulkboundary.MidpointLedger;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Dropout;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.MiddleSums;
import io.github.fathomlab.kernels.StepSums;
import io.github.fathomlab.network.FiniteStep;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.SecantWork;
import io.github.fathomlab.network.Trace;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The reference numbers of the discrete ledger: three steps of every optimizer, to 1e-13 max(1,
 * |value|).
 */
class LedgerVectorsTest {
  private static final double TOLERANCE = 1e-13;
  private static final int LAYERS = 3;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd",
        "heavy_ball",
        "heavy_ball_l2_clip_sched",
        "nesterov",
        "adam",
        "adamw",
        "heavy_ball_relu_ce"
      })
  void reproducesTheReferenceNumbers(String name) throws Exception {
    JsonNode vectors;
    try (InputStream in = getClass().getResourceAsStream("/vectors/bulk-boundary.json")) {
      vectors = new ObjectMapper().readTree(in);
    }
    new Case(vectors, vectors.get("discrete").get(name)).run();
  }

  /** One optimizer's three steps. */
  private static final class Case {
    final JsonNode vectors;
    final JsonNode expected;
    final boolean masked;
    final boolean relu;
    final TrainingPlan plan;
    final Kernels k = new DoubleKernels(true);
    final Network network;
    final Trace trace;
    final double[] kinetic = new double[LAYERS];
    final double[] middleKinetic = new double[LAYERS];

    Case(JsonNode vectors, JsonNode expected) {
      this.vectors = vectors;
      this.expected = expected;
      relu = expected.get("activation").asString().equals("relu");
      masked = !relu;
      plan = plan(expected.get("config"), relu ? new Loss.CrossEntropy() : new Loss.SquaredError());
      Activation activation = relu ? Activation.relu() : new Activation.Tanh();
      MlpSpec spec =
          new MlpSpec(
              List.of(2, 3, 3, 2),
              activation,
              false,
              false,
              masked ? 0.2 : 0,
              true,
              new Initialisation.Pytorch());
      network = Network.create(spec, k, 1);
      set(network.parameters(), vectors.get("params"));
      trace = network.trace(2);
      trace.keepGradients(true);
    }

    void run() {
      Optimizer optimizer = new Optimizer(plan, network);
      KickDriftLedger ledger = new KickDriftLedger(plan.rule());
      for (int step = 0; step < 3; step++) {
        JsonNode want = expected.get("steps").get(step);
        Matrix targets = k.zeros(2, 2);
        fill(targets, targetsOf(step));
        JsonNode inputs = vectors.get(step % 2 == 0 ? "X" : "X_next");
        for (int j = 0; j < 2; j++) {
          for (int i = 0; i < 2; i++) {
            // The reference network applies σ to its input.
            double x = inputs.get(j).get(i).asDouble();
            trace.input().set(i, j, relu ? Math.max(0, x) : StrictMath.tanh(x));
          }
        }
        network.forward(trace, Pass.training(masked ? keyFor(step % 2) : 0));
        double loss = plan.loss().evaluate(k, trace.output(), targets, trace.outputGradient());
        close(want.get("loss"), loss, "loss");
        network.backward(trace);
        Matrix u = k.vector(network.parameters().columns());
        Matrix force = optimizer.force(trace.gradient(), k.vector(u.columns()), step, 0);
        List<StepSums> sums = List.of(new StepSums(), new StepSums(), new StepSums());
        Middle middle =
            new Middle(
                k.vector(u.columns()),
                List.of(new MiddleSums(), new MiddleSums(), new MiddleSums()));
        optimizer.middle(step, force, trace.gradient(), middle);
        optimizer.step(step, force, trace.gradient(), u, sums);
        compare(u, want.get("u"), "u");
        SecantWork work = network.secant(trace, FiniteStep.of(network, u), plan.loss(), targets);
        compareSecant(want, work, loss);
        LedgerRow[] rows = new LedgerRow[LAYERS];
        LedgerRow[] middleRows = new LedgerRow[LAYERS];
        MidpointLedger midpoint = new MidpointLedger(plan.rule());
        for (int m = 0; m < LAYERS; m++) {
          rows[m] = ledger.row(sums.get(m), kinetic[m], plan.rateAt(step));
          middleRows[m] = midpoint.row(sums.get(m), middle.sums().get(m), middleKinetic[m]);
        }
        compareLedger(
            want, want.get("KD"), rows, kinetic, CurrentAudit.along(network, trace, u), work);
        compare(middle.direction(), want.get("MP").get("dir"), "w");
        compareLedger(
            want,
            want.get("MP"),
            middleRows,
            middleKinetic,
            CurrentAudit.along(network, trace, middle.direction()),
            work);
        k.add(1, u, network.parameters());
        compare(network.parameters(), want.get("params_after"), "parameters");
      }
    }

    /** One form of the ledger; advances its kinetic energy. */
    private void compareLedger(
        JsonNode step,
        JsonNode want,
        LedgerRow[] rows,
        double[] stored,
        CurrentAudit audit,
        SecantWork work) {
      double current = 0;
      double before = step.get("loss").asDouble();
      double after = step.get("loss_next_batch").asDouble();
      double flow = after - (before + work.current(LAYERS));
      close(step.get("injection"), flow, "I");
      for (int m = 0; m < LAYERS; m++) {
        LedgerRow row = rows[m];
        close(want.get("Told").get(m), row.kineticBefore(), "T");
        close(want.get("Tnew").get(m), row.kineticAfter(), "T'");
        close(want.get("Pi").get(m), row.metricWork(), "Pi");
        close(want.get("D").get(m), row.dissipation(), "D");
        close(want.get("X").get(m), row.external(), "X");
        current += row.currentDrop();
        close(want.get("J").get(m + 1), current, "J by the sums");
        close(want.get("J").get(m + 1), audit.current()[m + 1], "J by the tangent");
        assertEquals(0, audit.relativeResidual(m, row), TOLERANCE, "audit");
        double curvature = work.ofLayer(m) - row.currentDrop();
        close(want.get("Q").get(m), curvature, "Q");
        before += row.kineticBefore();
        after += row.kineticAfter();
        flow += row.metricWork() - row.dissipation() - row.external() + curvature;
        stored[m] = row.kineticAfter();
      }
      close(want.get("E_before"), before, "E");
      close(want.get("E_after"), after, "E'");
      assertEquals(after - before, flow, TOLERANCE, "global balance");
    }

    private void compareSecant(JsonNode want, SecantWork work, double loss) {
      for (int m = 0; m < LAYERS; m++) {
        var tensors = network.layers().get(m).tensors();
        close(want.get("secant").get("P_W").get(m), work.of(tensors.get(0)), "P_W");
        close(want.get("secant").get("P_b").get(m), work.of(tensors.get(1)), "P_b");
        close(want.get("secant").get("J").get(m + 1), work.current(m + 1), "secant J");
      }
      close(want.get("loss_same_batch_after"), loss + work.current(LAYERS), "loss after");
    }

    private JsonNode targetsOf(int step) {
      String key = step % 2 == 0 ? "Y" : "Y_next";
      return expected.has(key) ? expected.get(key) : vectors.get(key);
    }

    /**
     * A pass key whose hashed masks are the reference's: masks are never injected, so they are
     * searched for.
     */
    private long keyFor(int parity) {
      for (long key = 0; ; key++) {
        boolean fits = true;
        for (int m = 0; m < 2 && fits; m++) {
          Dropout dropout = new Dropout(0.2, CounterRandom.key(key, m));
          JsonNode mask = vectors.get("masks").get(parity).get(m + 1);
          for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 2; j++) {
              fits &= dropout.keeps(i, j) == mask.get(j).get(i).asDouble() > 0;
            }
          }
        }
        if (fits) {
          return key;
        }
      }
    }

    private void compare(Matrix flat, JsonNode want, String what) {
      for (int m = 0; m < LAYERS; m++) {
        var tensors = network.layers().get(m).tensors();
        Matrix w = tensors.get(0).of(flat);
        for (int i = 0; i < w.rows(); i++) {
          for (int j = 0; j < w.columns(); j++) {
            close(want.get(m).get("W").get(i).get(j), w.get(i, j), what + " W_" + m);
          }
          close(want.get(m).get("b").get(i), tensors.get(1).of(flat).get(0, i), what + " b_" + m);
        }
      }
    }

    private void set(Matrix flat, JsonNode values) {
      for (int m = 0; m < LAYERS; m++) {
        var tensors = network.layers().get(m).tensors();
        Matrix w = tensors.get(0).of(flat);
        for (int i = 0; i < w.rows(); i++) {
          for (int j = 0; j < w.columns(); j++) {
            w.set(i, j, values.get(m).get("W").get(i).get(j).asDouble());
          }
          tensors.get(1).of(flat).set(0, i, values.get(m).get("b").get(i).asDouble());
        }
      }
    }

    private static void fill(Matrix matrix, JsonNode samples) {
      for (int j = 0; j < matrix.columns(); j++) {
        for (int i = 0; i < matrix.rows(); i++) {
          matrix.set(i, j, samples.get(j).get(i).asDouble());
        }
      }
    }

    private static void close(JsonNode want, double found, String what) {
      double value = want.asDouble();
      assertEquals(value, found, TOLERANCE * Math.max(1, Math.abs(value)), what);
    }

    private static TrainingPlan plan(JsonNode config, Loss loss) {
      double mu = config.has("mu") ? config.get("mu").asDouble() : 0;
      OptimizerRule rule =
          switch (config.get("kind").asString()) {
            case "sgd" -> new OptimizerRule.Sgd();
            case "momentum" -> new OptimizerRule.HeavyBall(mu);
            case "nesterov" -> new OptimizerRule.Nesterov(mu);
            case "adam" -> new OptimizerRule.Adam(mu, 0.999, 1e-8);
            case "adamw" -> new OptimizerRule.AdamW(mu, 0.999, 1e-8, config.get("wd").asDouble());
            default -> throw new IllegalStateException(config.toString());
          };
      return new TrainingPlan(
          loss,
          rule,
          config.get("lr").asDouble(),
          config.has("sched") ? new Schedule.Inverse(1) : new Schedule.Constant(),
          config.has("l2") ? config.get("l2").asDouble() : 0,
          config.has("clip") ? config.get("clip").asDouble() : 0,
          2,
          3,
          Noise.none());
    }
  }
}
