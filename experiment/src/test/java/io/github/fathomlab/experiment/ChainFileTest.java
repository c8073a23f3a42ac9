package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.springblock.chain.ChainNoise;
import io.github.fathomlab.springblock.chain.ChainSpec;
import io.github.fathomlab.springblock.chain.DryFriction;
import io.github.fathomlab.springblock.chain.Inertia;
import io.github.fathomlab.springblock.chain.Pull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChainFileTest {

  private static ChainFile read(String text) {
    return ChainFile.read(Place.file("x.yaml", Path.of("")), text);
  }

  @Test
  void everyKeyCountsAndMayBeLeftOut() {
    ChainSpec usual = read("seed: 5").run().chain();
    assertEquals(5, read("seed: 5").run().seed());
    assertEquals(7, usual.blocks());
    assertEquals(new Pull.Constant(1), usual.pull());
    assertEquals(new DryFriction(0.1, 0.1), usual.friction());
    assertEquals(new Inertia.Massless(1), usual.inertia());
    assertEquals(ChainNoise.none(), usual.noise());
    ChainFile full =
        read(
            """
            order: second
            blocks: 3
            stiffness: 2
            pull: {amplitude: 0.5, period: 8}
            friction: {left: 0.3}
            mass: 4
            damping: 0.5
            noise: 0.01
            common_noise: true
            noise_decay: 0.2
            duration: 9
            step: 0.5
            """);
    ChainSpec chain = full.run().chain();
    assertEquals(2, chain.stiffness());
    assertEquals(new Pull.Cyclic(0, 0.5, 8), chain.pull());
    assertEquals(new DryFriction(0.1, 0.3), chain.friction());
    assertEquals(new Inertia.Massive(4, 0.5), chain.inertia());
    assertEquals(new ChainNoise(0.01, true, 0.2), chain.noise());
    assertArrayEquals(new double[3], chain.start().positions());
    assertEquals(9, full.run().duration());
    assertEquals(0.5, full.run().step());
  }

  /** The table of the command line's page and the schema know the same keys. */
  @Test
  void theTableOfKeysIsTheSchema() throws Exception {
    String page = Files.readString(Path.of("../docs/cli.md"));
    for (String key : new ExperimentSchema("chain.schema.json").root().properties().keySet()) {
      String row = "(?s).*\n\\| [^|]*`" + key + "`.*";
      assertTrue(page.matches(row), "docs/cli.md has no row for " + key);
    }
  }

  @Test
  void theExampleIsAChain() {
    ChainFile example = ChainFile.read(Path.of("../examples/chain.yaml"));
    ChainSpec published = ChainSpec.secondOrder();
    assertEquals(published.friction(), example.run().chain().friction());
    assertEquals(published.inertia(), example.run().chain().inertia());
  }

  static Stream<Arguments> badFiles() {
    return Stream.of(
        Arguments.of(
            "blocks: 7\nfriction:\n  rihgt: 1",
            "x.yaml:3: friction.rihgt: unknown key; did you mean \"right\"? (known: right, left)"),
        Arguments.of(
            "order: third", "x.yaml:1: order: expected \"first\" or \"second\", found \"third\""),
        Arguments.of(
            "friction: {right: -1}", "x.yaml:1: friction.right: expected a number >= 0, found -1"),
        Arguments.of(
            "pull: far",
            "x.yaml:1: pull: expected a number or {mean: ..., amplitude: ..., period: ...}, found \"far\""),
        Arguments.of(
            "pull: {amplitude: 1}", "x.yaml:1: pull.period: missing; expected a number > 0"),
        Arguments.of(
            "blocks: 0", "x.yaml:1: blocks: expected an integer >= 1 and <= 1000, found 0"),
        Arguments.of(
            "damping: 0",
            "x.yaml: blocks without mass need a damping > 0, found 0.0; give them mass (order: second) to move undamped"),
        Arguments.of(
            "step: 5\nduration: 1",
            "x.yaml: the step must not exceed the duration, found step 5.0 and duration 1.0"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void badInputIsOneSentence(String text, String sentence) {
    String said = assertThrows(ExperimentException.class, () -> read(text)).getMessage();
    assertEquals(sentence, said);
  }
}
