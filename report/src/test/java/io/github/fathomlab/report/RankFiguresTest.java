package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class RankFiguresTest {
  private static final SyntheticRun SWEEP = SyntheticRanks.sweep();
  private static final SyntheticRun RUN = SyntheticRanks.run(6);
  private static final SyntheticRun DIGITS = SyntheticRanks.perceptron(4, 3);
  private static final Map<String, SyntheticRun> RUNS =
      new TreeMap<>(
          Map.of(
              "sweep", SWEEP,
              "few", SyntheticRanks.sweep(4),
              "run", RUN,
              "one-seed", SyntheticRanks.run(1),
              "digits", DIGITS,
              "one-transition", SyntheticRanks.perceptron(1, 1),
              "two-transitions", SyntheticRanks.perceptron(2, 3),
              "deep", SyntheticRanks.perceptron(60, 3)));

  private static List<Figure> ranks(Readings readings) {
    return new Figures(SyntheticRun.empty().input(), readings).ranks();
  }

  private static Figure only(Readings readings, String id) {
    return ranks(readings).stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<String> ids(Readings readings) {
    return ranks(readings).stream().map(Figure::id).toList();
  }

  /** The same readings, each changed. */
  private static SyntheticRun changed(SyntheticRun run, UnaryOperator<Reading> change) {
    SyntheticRun out = SyntheticRun.empty();
    run.quantities().forEach(q -> run.of(q).forEach(r -> out.add(change.apply(r))));
    return out;
  }

  private static SyntheticRun without(SyntheticRun run, String quantity) {
    SyntheticRun out = SyntheticRun.empty();
    run.quantities().stream()
        .filter(q -> !q.equals(quantity))
        .forEach(q -> run.of(q).forEach(out::add));
    return out;
  }

  private static Reading with(Reading r, String name, double value, Status status) {
    return new Reading(
        r.quantity(), r.step(), r.layer(), name, r.replica(), value, status, Double.NaN);
  }

  private static void wellFormed(Figure figure) {
    String svg = figure.standalone();
    try {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
    } catch (Exception e) {
      throw new AssertionError(figure.id(), e);
    }
    assertFalse(svg.contains("var(--"), figure.id());
    assertFalse(figure.body().matches("(?s).*=\"[^\"]*(NaN|Infinity).*"), figure.id());
    for (String text : List.of("width=\"-", "height=\"-")) {
      assertFalse(figure.body().contains(text), figure.id() + " has " + text);
    }
  }

  @Test
  void everyNetworkHasItsFiguresAndEveryFigureSaysWhatItIsWorth() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "ranks"));
    for (Map.Entry<String, SyntheticRun> run : RUNS.entrySet()) {
      List<String> expected =
          switch (run.getKey()) {
            case "sweep", "few" ->
                List.of(
                    "information-captured", "rank-depth", "task-rank", "kernel-drift", "relevance");
            case "run", "one-seed" ->
                List.of("information-captured", "rank-depth", "kernel-drift", "relevance");
            default -> List.of("rank-depth", "kernel-drift");
          };
      assertEquals(expected, ids(run.getValue()), run.getKey());
      for (Figure figure : ranks(run.getValue())) {
        wellFormed(figure);
        assertTrue(figure.body().contains("arXiv:2606.10324"), figure.id());
        assertTrue(figure.method().contains("Ours: "), figure.id());
        assertEquals(figure, only(run.getValue(), figure.id()));
        Files.writeString(
            folder.resolve(run.getKey() + "-" + figure.id() + ".svg"), figure.standalone());
      }
    }
  }

  private static long count(String text, String part) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
  }
}
