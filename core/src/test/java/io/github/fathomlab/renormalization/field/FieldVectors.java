package io.github.fathomlab.renormalization.field;

import static io.github.fathomlab.Vectors.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.fathomlab.Vectors;
import io.github.fathomlab.instrument.Status;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import tools.jackson.databind.JsonNode;

/** The reference numbers of the continuous fields, and what their tests share. */
final class FieldVectors {
  private static final JsonNode ALL = Vectors.load("renormalization-field");
  private static final int BATCHES = 64;

  private FieldVectors() {}

  static JsonNode group(String name) {
    return field(ALL, name);
  }

  static List<JsonNode> list(String name) {
    return group(name).valueStream().toList();
  }

  static List<JsonNode> rows(String name) {
    return field(group(name), "rows").valueStream().toList();
  }

  /** Numbers without a tolerance of their own are exact to the last digits of a double. */
  static void assertExact(double expected, double found, String what) {
    assertEquals(expected, found, 1e-13 * Math.abs(expected), what);
  }

  static <T> T known(Estimate<T> estimate) {
    return switch (estimate) {
      case Estimate.Known<T> known -> known.value();
      case Estimate.Unknown<T> unknown -> throw new AssertionError(unknown);
    };
  }

  static <T> void assertUnknown(Status status, Estimate<T> estimate) {
    assertEquals(status, assertInstanceOf(Estimate.Unknown.class, estimate).status());
  }

  /** The mean of f(x_i) f(x_(i+lag)) must be its expectation within 4 errors of 64 batch means. */
  static void assertMean(double expected, double[] chain, int lag, DoubleUnaryOperator each) {
    int length = (chain.length - lag) / BATCHES;
    double sum = 0;
    double squares = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      double mean = 0;
      for (int i = batch * length; i < (batch + 1) * length; i++) {
        mean += each.applyAsDouble(chain[i]) * each.applyAsDouble(chain[i + lag]) / length;
      }
      sum += mean;
      squares += mean * mean;
    }
    double mean = sum / BATCHES;
    double error = Math.sqrt((squares / BATCHES - mean * mean) / (BATCHES - 1));
    assertEquals(expected, mean, 4 * error, "lag " + lag);
  }
}
