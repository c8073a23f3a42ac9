package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.network.MlpSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentationTest {
  private static final Pattern TABLE =
      Pattern.compile("<!-- keys -->\n(.*)\n<!-- end of keys -->", Pattern.DOTALL);
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private final String page;

  DocumentationTest() throws Exception {
    page = Files.readString(Path.of("../docs/experiment.md"));
  }

  static List<Path> examples() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("../examples"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("chain.yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsAnExperimentOrAGrid(Path file) throws Exception {
    String text = Files.readString(file);
    boolean grid = text.contains("\naxes:") || text.contains("\ncases:");
    Experiment experiment =
        grid
            ? Grid.read(file, List.of()).base()
            : ExperimentFile.read(file, List.of()).experiment();
    assertEquals(file.getFileName().toString(), experiment.name() + ".yaml");
    assertTrue(experiment.plan(1437).steps() > 0);
  }

  @ParameterizedTest
  @MethodSource("io.github.fathomlab.experiment.ExperimentFile#builtIns")
  void everyBuiltInIsAnExperimentThatFitsItsData(String name) {
    Experiment experiment = ExperimentFile.open(name, List.of()).experiment();
    assertEquals(name, experiment.name());
    assertNotNull(experiment.network(experiment.data().load()));
  }

  @Test
  void theFirstExperimentHasNothingButDefaults() {
    Experiment first = ExperimentFile.open(ExperimentFile.FIRST, List.of()).experiment();
    assertEquals(Reading.of("name: first-light"), first);
  }

  @Test
  void ownDataLoads() {
    Experiment own =
        ExperimentFile.read(Path.of("../examples/own-data.yaml"), List.of()).experiment();
    MlpSpec network = assertInstanceOf(MlpSpec.class, own.network(own.data().load()));
    assertEquals(List.of(2, 16, 16, 16, 2), network.widths());
  }

  @Test
  void theTableOfKeysIsTheSchema() {
    String expected =
        Stream.concat(
                Stream.of("| key | meaning | value | default |", "|---|---|---|---|"),
                SchemaRow.all(new ExperimentSchema().root()).stream().map(SchemaRow::markdown))
            .collect(Collectors.joining("\n"));
    Matcher table = TABLE.matcher(page);
    assertTrue(table.find(), "the page has no table of keys");
    assertEquals(expected, table.group(1));
  }

  @Test
  void theFullExampleShowsTheDefaults() {
    Matcher yaml = YAML.matcher(page);
    assertTrue(yaml.find(), "the page has no example");
    assertEquals(Reading.of("name: first-light"), Reading.of(yaml.group(1)));
    while (yaml.find()) {
      String text = yaml.group(1);
      assertNotNull(
          text.contains("axes:") ? Grid.read("page", text, List.of()).base() : Reading.of(text));
    }
  }
}
