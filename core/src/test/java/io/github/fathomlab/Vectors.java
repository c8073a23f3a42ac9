package io.github.fathomlab;

import java.io.InputStream;
import java.util.Objects;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reference vectors from the test resources; numbers with more digits than a double are strings.
 */
public final class Vectors {
  private Vectors() {}

  /** The file {@code /vectors/NAME.json}. */
  public static JsonNode load(String name) {
    String path = "/vectors/" + name + ".json";
    InputStream file =
        Objects.requireNonNull(Vectors.class.getResourceAsStream(path), "no test resource " + path);
    return JsonMapper.shared().readTree(file);
  }

  /** A field that must be there. */
  public static JsonNode field(JsonNode parent, String name) {
    return Objects.requireNonNull(parent.get(name), "no field " + name);
  }

  /** A number, whether written as one or as a string. */
  public static double number(JsonNode node) {
    return node.isString() ? Double.parseDouble(node.stringValue()) : node.doubleValue();
  }

  /** A field with a number. */
  public static double number(JsonNode parent, String name) {
    return number(field(parent, name));
  }

  /** A list of numbers. */
  public static double[] numbers(JsonNode list) {
    return IntStream.range(0, list.size()).mapToDouble(i -> number(list.get(i))).toArray();
  }

  /** A list of integers. */
  public static int[] integers(JsonNode list) {
    return IntStream.range(0, list.size()).map(i -> list.get(i).intValue()).toArray();
  }

  /** A list of lists of numbers. */
  public static double[][] matrix(JsonNode rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(i -> numbers(rows.get(i)))
        .toArray(double[][]::new);
  }
}
