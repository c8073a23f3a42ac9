package io.github.fathomlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The finished table.
 *
 * @param mode full, or quick: fewer rounds
 * @param loadBefore load averages when it began
 * @param loadAfter and when it ended
 */
record Results(
    Machine machine,
    String mode,
    String loadBefore,
    String loadAfter,
    long seconds,
    List<Comparison> comparisons) {

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, %s, %d cores; load %s before, %s after; %s run of %d s.%n%n"
            .formatted(
                machine.date(),
                machine.cpu(),
                machine.cores(),
                loadBefore,
                loadAfter,
                mode,
                seconds));
    text.append(
        "Java %s; %s.%nPeer: %s.%n%n".formatted(machine.java(), machine.engine(), machine.peer()));
    text.append("Each cell: best / median.\n\n");
    text.append("| row | Fathom | against | ratio | required | met | note |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (Comparison c : comparisons) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s: %s | %.3f / %.3f | %s | %s | %s |%n",
              c.row(),
              c.unit().text(c.measured()),
              c.against(),
              c.unit().text(c.reference()),
              c.ratio().best(),
              c.ratio().median(),
              c.bound().text(),
              c.verdict(),
              c.note()));
    }
    return text.toString();
  }

  /** Writes the table and its numbers side by side, whole files only. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    String name = machine.date() + (mode.equals("full") ? "" : "-" + mode);
    publish(folder.resolve(name + ".md"), markdown());
    publish(
        folder.resolve(name + ".json"),
        JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document()) + "\n");
  }

  private Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("machine", machine);
    document.put("mode", mode);
    document.put("load", Map.of("before", loadBefore, "after", loadAfter));
    document.put("seconds", seconds);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Comparison c : comparisons) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("row", c.row());
      row.put("unit", c.unit().stored());
      row.put("measured", c.measured());
      row.put("against", c.against());
      row.put("reference", c.reference());
      row.put("ratio", c.ratio());
      row.put("required", c.bound().text());
      row.put("met", c.verdict().replace("*", ""));
      row.put("note", c.note());
      rows.add(row);
    }
    document.put("rows", rows);
    return document;
  }

  private static void publish(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, text);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
