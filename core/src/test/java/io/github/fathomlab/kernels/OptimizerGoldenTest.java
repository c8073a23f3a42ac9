package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Optimizer steps against sixty steps of torch.optim in float64; the generator is {@code
 * src/test/python/optimizers.py}.
 */
class OptimizerGoldenTest {
  private static final int N = 16;
  private static final int STEPS = 60;
  private static final double TOLERANCE = 1e-12;

  @Test
  void followsTorch() throws IOException {
    JsonNode runs = golden().get("runs");
    assertEquals(10, runs.size());
    for (JsonNode run : runs) {
      follow(run);
    }
  }

  private static void follow(JsonNode run) {
    Kernels k = new DoubleKernels(true);
    Matrix theta = k.vector(N);
    for (int i = 0; i < N; i++) {
      theta.set(0, i, ((5 * i) % 16 - 8) / 8.0);
    }
    Matrix gradient = k.vector(N);
    Matrix force = k.vector(N);
    Matrix first = k.vector(N);
    Matrix second = k.vector(N);
    int compared = 0;
    boolean decoupled = run.get("kind").asString().equals("adamw");
    double l2 = decoupled ? 0 : run.get("weight_decay").asDouble();
    for (int t = 0; t < STEPS; t++) {
      for (int i = 0; i < N; i++) {
        double g = (7 * i + 13 * t) % 31 / 15.5 - 1 + 0.3 * theta.get(0, i);
        gradient.set(0, i, g);
        force.set(0, i, g + l2 * theta.get(0, i));
      }
      if (run.get("kind").asString().equals("sgd")) {
        k.momentumStep(momentumRule(run), force, gradient, first, theta, null, 0, N, null);
      } else {
        k.adamStep(adamRule(run, t + 1), force, gradient, first, second, theta, null, 0, N, null);
      }
      JsonNode expected = run.get("theta").get(Integer.toString(t + 1));
      for (int i = 0; expected != null && i < N; i++) {
        double value = expected.get(i).asDouble();
        assertEquals(value, theta.get(0, i), TOLERANCE * Math.max(1, Math.abs(value)));
        compared++;
      }
    }
    assertTrue(compared >= 4 * N);
  }

  private static Kernels.MomentumRule momentumRule(JsonNode run) {
    return new Kernels.MomentumRule(
        run.get("lr").asDouble(), run.get("momentum").asDouble(), run.get("nesterov").asBoolean());
  }

  private static Kernels.AdamRule adamRule(JsonNode run, int t) {
    double rate = run.get("lr").asDouble();
    double beta1 = run.get("beta1").asDouble();
    double beta2 = run.get("beta2").asDouble();
    double decay =
        run.get("kind").asString().equals("adamw") ? run.get("weight_decay").asDouble() : 0;
    return new Kernels.AdamRule(
        rate / (1 - Math.pow(beta1, t)),
        beta1,
        beta2,
        Math.sqrt(1 - Math.pow(beta2, t)),
        run.get("eps").asDouble(),
        rate * decay);
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in =
        OptimizerGoldenTest.class.getResourceAsStream("/golden/optimizers.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
  }
}
