package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class CommandsTest {
  @TempDir private static Path folder = Path.of("");
  private static Path run = Path.of("");

  @BeforeAll
  static void runOnce() {
    run = folder.resolve("run");
    Invocation.smallRun(run).ends(0);
  }

  static Stream<CommandLine> commands() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return withSubcommands(Main.commandLine(new Output(nowhere, nowhere, List.of())));
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(CommandsTest::withSubcommands));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithExamplesAndJson(CommandLine command) {
    assertNotNull(command.getCommandSpec().findOption("--json"), command.getCommandName());
    Object[] words = (command.getCommandSpec().qualifiedName() + " --help").split(" ");
    Invocation help = Invocation.of(List.of(words).subList(1, words.length).toArray()).ends(0);
    assertTrue(help.out().contains("Examples:\n  "), help.out());
    assertEquals("", help.err());
  }

  @Test
  void versionIsALine() {
    assertTrue(Invocation.of("--version").ends(0).out().startsWith("fathom "));
    assertTrue(Invocation.of("--version", "--json").ends(0).json().has("version"));
  }

  @Test
  void withoutACommandItSaysWhatToDo() {
    assertTrue(Invocation.of().ends(2).err().contains("fathom --help"));
  }

  @Test
  void resultsThatCannotBeWrittenAreAFailure() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        Main.run(new String[] {"cite"}, new PrintStream(full, true), new PrintStream(said, true));
    assertEquals(1, code);
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("could not be written"));
  }

  @Test
  void quantitiesAreListedWithTheirCounts() {
    JsonNode list = Invocation.of("readings", run, "--json").ends(0).json();
    JsonNode loss =
        list.valueStream()
            .filter(entry -> entry.path("quantity").asString().equals("loss"))
            .findFirst()
            .orElseThrow();
    assertEquals(80, loss.path("readings").asInt());
    assertTrue(Invocation.of("readings", run).ends(0).out().contains("ledger.dissipation"));
  }

  @Test
  void readingsAreSelectedByLayerReplicaAndStep() {
    JsonNode rows =
        Invocation.of(
                "readings",
                run,
                "--quantity",
                "ledger.dissipation",
                "--layer",
                1,
                "--replica",
                1,
                "--from",
                5,
                "--to",
                8,
                "--json")
            .ends(0)
            .json();
    assertEquals(4, rows.size());
    for (JsonNode row : rows) {
      assertEquals(1, row.path("layer").asInt());
      assertEquals(1, row.path("replica").asInt());
      assertEquals("OK", row.path("status").asString());
      assertTrue(row.path("value").isNumber() && row.path("stderr").isNull());
    }
  }

  @Test
  void readingsAsCsvHaveTheirColumns() {
    List<String> lines =
        Invocation.of("readings", run, "--quantity", "loss.test", "--csv")
            .ends(0)
            .out()
            .lines()
            .toList();
    assertEquals("quantity,step,layer,layer_name,replica,value,status,stderr", lines.getFirst());
    assertTrue(lines.get(1).matches("loss\\.test,0,-1,,0,[0-9.E-]+,OK,"), lines.get(1));
    assertTrue(
        Invocation.of("readings", run, "--quantity", "los").ends(2).err().contains("loss.test"));
  }

  @Test
  void reportIsWrittenAnew() throws Exception {
    Path report = run.resolve("report.html");
    Files.delete(report);
    assertEquals(report + "\n", Invocation.of("report", run).ends(0).out());
    assertTrue(Files.size(report) > 1000);
  }

  @Test
  void citesWhatTheRunUsed() {
    String bibtex = Invocation.of("cite", run).ends(0).out();
    assertTrue(bibtex.contains("2511.02003") && bibtex.contains("2210.17020"), bibtex);
    assertTrue(!bibtex.contains("10.24432/C50P49"), "the data were generated");
    assertTrue(Invocation.of("cite").ends(0).out().contains("10.24432/C50P49"));
    assertTrue(Invocation.of("cite", "--json").ends(0).json().has("bibtex"));
  }

  @Test
  void dataAreListedAndShown() {
    assertEquals(
        "digits",
        Invocation.of("data", "list", "--json").ends(0).json().path(0).path("name").asString());
    JsonNode shown = Invocation.of("data", "show", "--json").ends(0).json();
    assertEquals(1437, shown.path("train").path("samples").asInt());
    assertEquals(10, shown.path("test").path("class_counts").size());
    assertEquals(64, shown.path("train").path("sha256").asString().length());
    String text = Invocation.of("data", "show", "src/test/resources/small.yaml").ends(0).out();
    assertTrue(text.contains("train  samples 90, features 6, classes 3"), text);
  }

  @Test
  void doctorFindsWhatTheTestsUse() {
    Invocation doctor = Invocation.of("doctor").ends(0);
    assertTrue(doctor.out().contains("OpenBLAS") && doctor.out().contains("kernels"), doctor.out());
    JsonNode checks = Invocation.of("doctor", "--json").ends(0).json().path("checks");
    assertTrue(checks.size() > 8);
    for (JsonNode check : checks) {
      assertTrue(!check.path("state").asString().equals("MISSING"), check.toString());
    }
  }

  @Test
  void completionKnowsTheCommands() {
    String script = Invocation.of("completion", "zsh").ends(0).out();
    assertTrue(script.contains("reproduce") && script.contains("--quantity"), "no commands in it");
    assertTrue(Invocation.of("completion", "bash", "--json").ends(0).json().has("script"));
  }
}
