package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.data.NpyArray;
import io.github.fathomlab.data.NpzFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MeasureCommandTest {
  private static final int SAMPLES = 40;

  @TempDir private Path folder = Path.of("");
  private final Map<String, NpyArray> arrays = new LinkedHashMap<>();

  @Test
  void measuresEveryLayer() {
    double[] x = gaussian(5);
    double[] rotated = new double[x.length];
    for (int i = 0; i < x.length; i += 5) {
      for (int k = 0; k < 5; k++) {
        rotated[i + k] = 2 * x[i + (k + 1) % 5] + 1;
      }
    }
    put("layer_02", gaussian(3), 3);
    put("layer_00", x, 5);
    put("layer_01", rotated, 5);
    labels(4);
    JsonNode layers = measured();
    assertEquals(3, layers.size());
    assertEquals("layer_00", layers.path(0).path("name").asString());
    assertEquals(1, layers.path(0).path("cka").asDouble(), 1e-12);
    assertEquals(0, layers.path(0).path("kernel_drift").asDouble(), 1e-12);
    same("log_separation", layers);
    same("effective_rank", layers);
    assertEquals(3, layers.path(0).path("between_rank").asInt());
    assertTrue(layers.path(1).path("cka").asDouble() < 0.5);
    assertTrue(layers.path(2).path("cka").isNull() && layers.path(2).has("kernel_drift"));
    assertEquals("NOT_APPLICABLE", layers.path(2).path("status").path("cka").asString());
  }

  private static void same(String field, JsonNode layers) {
    assertEquals(
        layers.path(0).path(field).asDouble(), layers.path(1).path(field).asDouble(), 1e-12, field);
  }

  @Test
  void withoutLabelsThereIsNoSeparation() {
    put("layer_0", gaussian(3), 3);
    JsonNode layer = measured().path(0);
    assertTrue(layer.path("log_separation").isNull());
    assertEquals("NO_LABELS", layer.path("status").path("log_separation").asString());
    assertTrue(layer.path("effective_rank").asDouble() > 1);
    String table = Invocation.of("measure", folder.resolve("a.npz")).ends(0).out();
    assertTrue(table.contains("NO_LABELS: separation needs an array \"labels\""), table);
  }

  @Test
  void whatCannotBeMeasuredHasItsReason() {
    put("layer_00", new double[SAMPLES * 2], 2);
    double[] broken = gaussian(2);
    broken[3] = Double.NaN;
    put("layer_01", broken, 2);
    labels(1);
    JsonNode layers = measured();
    assertEquals("ZERO_VARIANCE", layers.path(0).path("status").path("effective_rank").asString());
    assertEquals("NOT_FINITE", layers.path(1).path("status").path("stable_rank").asString());
    assertEquals("ONE_CLASS", layers.path(0).path("status").path("trace_ratio").asString());
    assertTrue(layers.path(0).path("cka").isNull());
  }

  @Test
  void axesAfterTheFirstAreFeaturesAndLabelsAnyWholeNumbers() {
    double[] x = gaussian(6);
    arrays.put("layer_00", NpyArray.of("layer_00", x, SAMPLES, 2, 3));
    labels(3);
    double flat = measured().path(0).path("log_separation").asDouble();
    arrays.put("layer_00", NpyArray.of("layer_00", x, SAMPLES, 6));
    double[] renamed = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      renamed[i] = i % 3 * 1000 - 7;
    }
    arrays.put("labels", NpyArray.of("labels", renamed, SAMPLES));
    assertEquals(flat, measured().path(0).path("log_separation").asDouble());
  }

  @Test
  void theFigureHasTheNumbersOfTheTable() throws IOException {
    put("layer_00", gaussian(5), 5);
    put("layer_01", gaussian(3), 3);
    put("layer_02", new double[SAMPLES * 2], 2);
    put("layer_03", gaussian(4), 4);
    Path svg = folder.resolve("depth.svg");
    JsonNode layers = measured();
    String plain = Invocation.of("measure", folder.resolve("a.npz")).ends(0).out();
    Invocation drawn = Invocation.of("measure", folder.resolve("a.npz"), "--figure", svg).ends(0);
    assertEquals(plain, drawn.out());
    assertTrue(drawn.err().contains("figure: " + svg), drawn.err());
    String body = Files.readString(svg);
    String rank =
        String.format(Locale.ROOT, "%.2f", layers.path(3).path("effective_rank").asDouble());
    assertTrue(body.contains("<title>layer_03\nmeasured: " + rank), body);
    String drift =
        String.format(Locale.ROOT, "%.3f", layers.path(0).path("kernel_drift").asDouble());
    assertTrue(body.contains("<title>layer_00 \u2192 layer_01\nmeasured: " + drift), body);
    assertTrue(body.contains("layer_01 \u2192 layer_02: no value; ZERO_VARIANCE"), body);
  }

  @Test
  void oneLayerHasNoDepthToDraw() throws IOException {
    put("layer_00", gaussian(5), 5);
    measured();
    Path file = folder.resolve("a.npz");
    Path svg = folder.resolve("depth.svg");
    String refusal = Invocation.of("measure", file, "--figure", svg).ends(2).err();
    assertTrue(refusal.contains("expected at least two layers to draw over depth"), refusal);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "something unfinished is left");
    }
  }

  @Test
  void saysWhatIsWrongWithTheFile() {
    arrays.put("x", NpyArray.of("x", gaussian(2), SAMPLES, 2));
    assertRefused("no arrays layer_00");
    put("layer_00", gaussian(2), 2);
    arrays.put("layer_01", NpyArray.of("layer_01", new double[6], 3, 2));
    assertRefused("layer_01 has 3");
    arrays.remove("layer_01");
    arrays.put("labels", NpyArray.of("labels", new double[3], 3));
    assertRefused("labels have shape [3]");
    double[] halves = new double[SAMPLES];
    halves[5] = 0.5;
    arrays.put("labels", NpyArray.of("labels", halves, SAMPLES));
    assertRefused("sample 5");
    arrays.put("layer_00", NpyArray.of("layer_00", new double[SAMPLES], SAMPLES));
    assertRefused("needs the shape (samples, features)");
  }

  private void assertRefused(String said) {
    Path file = folder.resolve("a.npz");
    NpzFile.write(file, arrays);
    Invocation refused = Invocation.of("measure", file).ends(2);
    assertTrue(refused.err().contains(said), refused.err());
  }

  private JsonNode measured() {
    Path file = folder.resolve("a.npz");
    NpzFile.write(file, arrays);
    return Invocation.of("measure", file, "--json").ends(0).json().path("layers");
  }

  private void put(String name, double[] values, int features) {
    arrays.put(name, NpyArray.of(name, values, SAMPLES, features));
  }

  private void labels(int classes) {
    double[] labels = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = i % classes;
    }
    arrays.put("labels", NpyArray.of("labels", labels, SAMPLES));
  }

  private static double[] gaussian(int features) {
    Random random = new Random(features);
    return random.doubles(SAMPLES * (long) features, -1, 1).toArray();
  }
}
