package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.ScalarActivations;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The stable secants against their reference numbers, to 1e-13 max(1, |value|). */
class SecantSlopesTest {
  @Test
  void reproduceTheReferenceNumbers() throws Exception {
    JsonNode vectors;
    try (InputStream in = getClass().getResourceAsStream("/vectors/bulk-boundary.json")) {
      vectors = new ObjectMapper().readTree(in).get("secant_slopes");
    }
    JsonNode pairs = vectors.get("pairs");
    for (int i = 0; i < pairs.size(); i++) {
      double a = pairs.get(i).get(0).asDouble();
      double d = pairs.get(i).get(1).asDouble() - a;
      close(vectors.get("tanh").get(i), ScalarActivations.secant(new Activation.Tanh(), a, d));
      close(vectors.get("relu").get(i), ScalarActivations.secant(Activation.relu(), a, d));
      close(vectors.get("exp").get(i), Secants.exponential(a, d));
    }
    JsonNode positive = vectors.get("log_of_pairs");
    for (int i = 0; i < positive.size(); i++) {
      double a = positive.get(i).get(0).asDouble();
      close(vectors.get("log").get(i), Secants.logarithm(a, positive.get(i).get(1).asDouble() - a));
    }
  }

  private static void close(JsonNode want, double found) {
    double value = want.asDouble();
    assertEquals(value, found, 1e-13 * Math.max(1, Math.abs(value)));
  }
}
