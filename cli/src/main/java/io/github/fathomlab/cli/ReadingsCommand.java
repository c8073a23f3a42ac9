package io.github.fathomlab.cli;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.record.ReadingsQuery;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom readings}. */
@Command(
    name = "readings",
    description = {"Prints what was measured in a run, also in a running or killed one.", ""},
    footer = {
      "",
      "Examples:",
      "  fathom readings runs/mine                                  quantities and their counts",
      "  fathom readings runs/mine --quantity loss.test",
      "  fathom readings runs/mine --quantity separation.log --replica 0 --from 100 --csv"
    })
final class ReadingsCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("quantity", "step", "layer", "layer_name", "replica", "value", "status", "stderr");

  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "RUN", description = "Directory of the run.")
  private Path run = Path.of("");

  @Option(
      names = "--quantity",
      paramLabel = "Q",
      description = "Its name; without it the quantities are listed.")
  private @Nullable String quantity;

  @Option(
      names = "--layer",
      paramLabel = "M",
      description = "Only this depth, -1 for the whole network.")
  private @Nullable Integer layer;

  @Option(names = "--replica", paramLabel = "R", description = "Only this replica.")
  private @Nullable Integer replica;

  @Option(names = "--from", paramLabel = "STEP", description = "First step.")
  private long first = Long.MIN_VALUE;

  @Option(names = "--to", paramLabel = "STEP", description = "Last step.")
  private long last = Long.MAX_VALUE;

  @Option(names = "--csv", description = "Print comma-separated values.")
  private boolean csv;

  ReadingsCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    if (csv && common.json) {
      throw new UsageException("expected --json or --csv, found both");
    }
    try (RecordedReadings readings = RecordedReadings.open(RunDirectory.open(run))) {
      if (quantity == null) {
        list(readings);
      } else {
        print(readings, quantity);
      }
    }
    return Main.DONE;
  }

  private void list(RecordedReadings readings) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    readings.quantities().forEach(name -> counts.put(name, readings.of(name).size()));
    if (common.json) {
      output.json(
          counts.entrySet().stream()
              .map(count -> Map.of("quantity", count.getKey(), "readings", count.getValue()))
              .toList());
    } else if (csv) {
      output.result("quantity,readings");
      counts.forEach((name, count) -> output.result(name + "," + count));
    } else {
      TextTable table = new TextTable("quantity", "readings");
      counts.forEach(table::add);
      table.lines().forEach(output::result);
    }
  }

  private void print(RecordedReadings readings, String name) {
    List<Reading> found = readings.query(new ReadingsQuery(name, layer, replica, first, last));
    if (found.isEmpty()) {
      requireKnown(readings, name);
    }
    if (common.json) {
      output.json(found.stream().map(ReadingsCommand::json).toList());
    } else if (csv) {
      output.result(String.join(",", COLUMNS));
      found.forEach(reading -> output.result(csv(reading)));
    } else {
      TextTable table = new TextTable(COLUMNS.subList(1, COLUMNS.size()).toArray(String[]::new));
      for (Reading r : found) {
        table.add(
            r.step(),
            r.layer(),
            r.layerName(),
            r.replica(),
            r.value(),
            r.status(),
            r.standardError());
      }
      table.lines().forEach(output::result);
    }
  }

  private void requireKnown(RecordedReadings readings, String name) {
    List<String> known = readings.quantities();
    if (!known.contains(name)) {
      throw new UsageException(
          "%s has no quantity \"%s\"; it has: %s"
              .formatted(run, name, known.isEmpty() ? "no readings" : String.join(", ", known)));
    }
  }

  private static Map<String, Object> json(Reading reading) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("quantity", reading.quantity());
    row.put("step", reading.step());
    row.put("layer", reading.layer());
    row.put("layer_name", reading.layerName());
    row.put("replica", reading.replica());
    row.put("value", reading.value());
    row.put("status", reading.status().name());
    row.put("stderr", reading.standardError());
    return row;
  }

  private static String csv(Reading reading) {
    return "%s,%d,%d,%s,%d,%s,%s,%s"
        .formatted(
            reading.quantity(),
            reading.step(),
            reading.layer(),
            csv(reading.layerName()),
            reading.replica(),
            csv(reading.value()),
            reading.status(),
            csv(reading.standardError()));
  }

  /** Quoted where a comma or a quote would be taken for an end (RFC 4180). */
  private static String csv(String text) {
    return text.contains(",") || text.contains("\"")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  private static String csv(double number) {
    return Double.isNaN(number) ? "" : Double.toString(number);
  }
}
