package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SpringCommandTest {
  @TempDir private Path folder = Path.of("");

  private Invocation spring(String text, Object... more) throws Exception {
    Path file = folder.resolve("chain.yaml");
    Files.writeString(file, text);
    return more.length == 0
        ? Invocation.of("spring", file)
        : Invocation.of("spring", file, more[0]);
  }

  private static double[] numbers(JsonNode list) {
    return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  @Test
  void aQuietChainComesToItsStaticProfile() throws Exception {
    JsonNode found =
        spring("friction: {right: 0.1, left: 0.1}\nduration: 300", "--json").ends(0).json();
    double[] rest = {0, 0, 0, 0, 0.1, 0.3, 0.6};
    assertArrayEquals(rest, numbers(found.path("final")), 1e-10);
    JsonNode positions = found.path("positions");
    assertEquals(found.path("times").size(), positions.size());
    assertArrayEquals(new double[7], numbers(positions.path(0)));
    assertArrayEquals(rest, numbers(positions.path(positions.size() - 1)), 1e-10);
    assertEquals(300, found.path("times").path(positions.size() - 1).asDouble(), 1e-9);
    assertEquals(7, found.path("events").path(0).path("block").asInt());
    assertEquals("slip_right", found.path("events").path(0).path("contact").asString());
    assertEquals(0.4, found.path("loads").path(7).asDouble(), 1e-10);
    assertEquals(0.15, found.path("energies").path(positions.size() - 1).asDouble(), 1e-10);
  }

  @Test
  void noiseFollowsTheSeed() throws Exception {
    String chain = "order: second\nnoise: 0.01\ncommon_noise: true\nduration: 20\nstep: 0.05\n";
    String first = spring(chain, "--json").ends(0).out();
    assertEquals(first, spring(chain + "seed: 1", "--json").ends(0).out());
    assertNotEquals(first, spring(chain + "seed: 2", "--json").ends(0).out());
  }

  @Test
  void printsBlocksAndThePulledEnd() throws Exception {
    String out = spring("blocks: 2\npull: {mean: 0.5, amplitude: 0.5, period: 10}").ends(0).out();
    assertTrue(out.contains("pulled end") && out.contains("block 2"), out);
    assertTrue(out.contains("exact motion"), out);
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    String undamped =
        spring("order: second\ndamping: 0\npull: {amplitude: 1, period: 2}").ends(2).err();
    assertTrue(
        undamped.contains("chain.yaml: a cyclic pull of blocks with mass needs damping > 0"),
        undamped);
    String stiffness = spring("stiffness: 0").ends(2).err();
    assertTrue(
        stiffness.contains("chain.yaml:1: stiffness: expected a number > 0, found 0"), stiffness);
    JsonNode error = spring("frictoin: {right: 1}", "--json").ends(2).json();
    assertTrue(
        error.path("error").asString().contains("did you mean \"friction\"?"), error.toString());
    String missing = Invocation.of("spring", folder.resolve("chian.yaml")).ends(2).err();
    assertTrue(missing.contains("did you mean \"chain.yaml\"?"), missing);
  }
}
