package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MarkovCommandTest {
  private static final double TOLERANCE = 1e-12;

  @TempDir private Path folder = Path.of("");

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("matrix.csv"), text);
  }

  @Test
  void twoStatesHaveTheirClosedForms() throws IOException {
    JsonNode found =
        Invocation.of("markov", file("0.7,0.3\n0.1,0.9\n"), "--mask", 0.5, "--json").ends(0).json();
    assertEquals(0.25, found.get("stationary").get(0).doubleValue(), TOLERANCE);
    assertEquals(0.75, found.get("stationary").get(1).doubleValue(), TOLERANCE);
    assertEquals(0.6, found.get("second_eigenvalue").doubleValue(), TOLERANCE);
    assertEquals(-1 / Math.log(0.6), found.get("correlation_length").doubleValue(), TOLERANCE);
    double entropy = binary(0.25);
    double one = 0.25 * binary(0.3) + 0.75 * binary(0.1);
    double two = 0.25 * binary(0.3 * 1.6) + 0.75 * binary(0.1 * 1.6);
    assertEquals(entropy, found.get("entropy").doubleValue(), TOLERANCE);
    assertEquals(one, found.get("entropy_rate").doubleValue(), TOLERANCE);
    // both neighbours seen, one, none
    double loss = 0.25 * (2 * one - two) + 0.5 * one + 0.25 * entropy;
    assertEquals(loss, found.get("bayes_loss_window").doubleValue(), TOLERANCE);
    assertEquals(1, found.get("task_rank").doubleValue(), TOLERANCE);
    assertTrue(found.get("status").isEmpty());
  }

  private static double binary(double p) {
    return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
  }

  @Test
  void aSequenceOfOneShowsNothing() throws IOException {
    JsonNode found =
        Invocation.of("markov", file("0.7 0.3\n0.1 0.9\n"), "--length", 1, "--json").ends(0).json();
    assertEquals(
        found.get("entropy").doubleValue(),
        found.get("bayes_loss_sequence").doubleValue(),
        TOLERANCE);
  }

  @Test
  void theTableHasTheNumbers() throws IOException {
    String out = Invocation.of("markov", file("0.7,0.3\n0.1,0.9\n")).ends(0).out();
    assertTrue(out.contains("    1      0.2500"), out);
    assertTrue(out.lines().anyMatch(l -> l.matches("second eigenvalue +0.6000 .*")), out);
    assertTrue(out.lines().anyMatch(l -> l.matches("correlation length, steps +1.9576 .*")), out);
    assertTrue(out.contains("Bayes-optimal masked loss, sequence of 64"), out);
  }

  @Test
  void whatThereIsNotIsGivenAReason() throws IOException {
    JsonNode parts = Invocation.of("markov", file("1,0\n0,1\n"), "--json").ends(0).json();
    assertEquals(2, parts.get("closed_classes").intValue());
    assertTrue(parts.get("stationary").isNull());
    assertTrue(parts.get("bayes_loss_window").isNull());
    assertTrue(parts.get("status").get("stationary").stringValue().contains("closed set"));
    JsonNode circle = Invocation.of("markov", file("0,1\n1,0\n"), "--json").ends(0).json();
    assertEquals(2, circle.get("period").intValue());
    assertTrue(circle.get("correlation_length").isNull());
    assertTrue(circle.get("status").get("correlation_length").stringValue().contains("periodic"));
    assertEquals(
        Math.log(2) * 0.15 * 0.15, circle.get("bayes_loss_window").doubleValue(), TOLERANCE);
    assertTrue(circle.get("status").get("task_rank").stringValue().contains("exclude a state"));
    String text = Invocation.of("markov", file("0,1\n1,0\n")).ends(0).out();
    assertTrue(text.contains("-: correlations along the chain do not decay"), text);
    JsonNode wide =
        Invocation.of("markov", file("0.7,0.3\n0.1,0.9\n"), "--window", 50, "--json")
            .ends(0)
            .json();
    assertTrue(wide.get("status").get("task_rank").stringValue().contains("too many"));
    assertFalse(wide.get("bayes_loss_window").isNull());
  }

  @Test
  void saysWhatIsWrongAndWhere() throws IOException {
    refuses("0.5,0.5\n0.5,0.4\n", "matrix.csv, line 2: expected probabilities that add up to 1");
    refuses("0.5,0.5\n\n1.5,-0.5\n", "line 3: expected probabilities from 0 to 1, found 1.5");
    refuses(
        "1.0\n0.5,0.5\n", "line 1: expected 2 probabilities, as many as there are rows, found 1");
    refuses("0.5,0.5,0\n0,1,0\n", "line 1: expected 2 probabilities");
    refuses("NaN,1\n0,1\n", "line 1: expected probabilities from 0 to 1, found NaN in column 1");
    refuses(
        "-0.5,1.5\n0,1\n", "line 1: expected probabilities from 0 to 1, found -0.5 in column 1");
    refuses("a,b\n0.5,0.5\n", "line 1: expected a number in column 1, found 'a'");
    refuses("", "matrix.csv has no numbers");
    refuses("1\n".repeat(1001), "expected at most 1000 states, found 1001");
    Files.write(folder.resolve("matrix.csv"), "\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    says("is no text", folder.resolve("matrix.csv"));
    says("there is no file", folder.resolve("none.csv"));
    says("is a directory", folder);
  }

  @Test
  void optionsAreHeldToTheirRanges() throws IOException {
    Path good = file("0.7,0.3\n0.1,0.9\n");
    says("--mask: expected a share strictly between 0 and 1, found 1.0", good, "--mask", 1);
    says("found NaN", good, "--mask", "NaN");
    says("--window: expected 1 to 1000 positions, found 0", good, "--window", 0);
    says("--length: expected 1 to 1000 positions, found 1001", good, "--length", 1001);
  }

  private void refuses(String text, String words) throws IOException {
    says(words, file(text));
  }

  private static void says(String words, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = "markov";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Invocation refused = Invocation.of(all).ends(2);
    assertTrue(refused.err().contains(words), refused.err());
    assertEquals(1, refused.err().lines().count(), refused.err());
    assertEquals("", refused.out());
  }
}
