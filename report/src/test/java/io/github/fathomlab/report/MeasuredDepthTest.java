package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.report.MeasuredDepth.Layer;
import io.github.fathomlab.report.MeasuredDepth.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasuredDepthTest {
  private static final Value NONE = new Value(Double.NaN, Status.ZERO_VARIANCE);
  private static final Value LAST = new Value(Double.NaN, Status.NOT_APPLICABLE);

  private static Value value(double value) {
    return new Value(value, Status.OK);
  }

  private static Layer layer(String name, double rank, double drift) {
    return new Layer(name, value(rank), value(drift));
  }

  private static final List<Layer> THREE =
      List.of(layer("x", 8, 0.3), layer("h", 4, 0.1), new Layer("z", value(2), LAST));

  private static String drawn(String file, List<Layer> layers) throws IOException {
    String svg = MeasuredDepth.of(layers).standalone();
    Path folder = Files.createDirectories(Path.of("target", "measured"));
    Files.writeString(folder.resolve(file + ".svg"), svg);
    assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
    assertFalse(svg.contains("height=\"-") || svg.contains("width=\"-"), svg);
    assertFalse(svg.contains("untrained (null)") || svg.contains(">trained<"), svg);
    return svg;
  }

  private static long count(String text, String regex) {
    return Pattern.compile(regex).matcher(text).results().count();
  }

  @Test
  void concentrationStandsBesideChance() throws IOException {
    String svg = drawn("three", THREE);
    assertEquals(1, count(svg, ">measured<"), "one entry of the legend");
    assertTrue(svg.contains("\u03c1 = last / first = 0.25"), svg);
    assertTrue(svg.contains(">top1 0.75 (chance 0.75)<"), svg);
    assertTrue(svg.contains(">top2 1.00 (chance 1.00)<"), svg);
    assertTrue(svg.contains(">plateau 0.00 (chance 0.09)<"), svg);
    assertTrue(svg.contains("<title>x \u2192 h\nmeasured: 0.3<"), svg);
    assertEquals(2, count(svg, "class=\"bar\""));
    assertTrue(svg.contains("no untrained network"), svg);
  }

  @Test
  void aConstantLayerIsCrossedOutAndLeavesTheOthers() throws IOException {
    String svg =
        drawn(
            "constant",
            List.of(
                layer("a", 8, 0.3),
                new Layer("b", value(4), NONE),
                new Layer("c", NONE, NONE),
                layer("d", 3, 0.2),
                new Layer("e", value(2), LAST)));
    assertEquals(2, count(svg, "class=\"bar\""));
    assertEquals(2, count(svg, ">\u00d7 ZERO_VARIANCE: the representation does not vary"));
    assertFalse(svg.contains("NOT_APPLICABLE") || svg.contains(">top1"), svg);
    String all = drawn("nothing", List.of(new Layer("a", NONE, NONE), new Layer("b", NONE, LAST)));
    assertEquals(0, count(all, "class=\"bar\"|\u03c1 = "));
  }

  @Test
  void roundingIsNoDriftAndOneTransitionIsNotConcentrated() throws IOException {
    String still =
        drawn("still", List.of(layer("a", 2, -1e-16), layer("b", 2, 0), layer("c", 2, 0)));
    assertFalse(still.contains(">top1"), still);
    assertFalse(drawn("two", List.of(layer("a", 2, 0.5), layer("b", 1, 0))).contains(">top1"));
    assertThrows(IllegalArgumentException.class, () -> MeasuredDepth.of(THREE.subList(0, 1)));
  }

  @Test
  void sixtyLayersFit() throws IOException {
    List<Layer> layers =
        IntStream.range(0, 60)
            .mapToObj(l -> layer("layer_" + l, 40 * Math.exp(-l / 20.0), 0.4 / (1 + l)))
            .toList();
    String svg = drawn("sixty", layers);
    assertEquals(59, count(svg, "class=\"bar\""));
    assertTrue(svg.contains("layer_58 \u2192 layer_59"), svg);
  }
}
