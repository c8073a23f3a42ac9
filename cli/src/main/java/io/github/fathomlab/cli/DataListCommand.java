package io.github.fathomlab.cli;

import io.github.fathomlab.data.DataDirectories;
import io.github.fathomlab.data.DataException;
import io.github.fathomlab.data.DownloadableDataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fathom data list}. */
@Command(
    name = "list",
    description = {"Lists the data sets that have a name, and where they were found.", ""},
    footer = {"", "Examples:", "  fathom data list", "  fathom data list --json"})
final class DataListCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();

  DataListCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    List<Map<String, Object>> found = new ArrayList<>();
    found.add(
        row(
            "digits",
            "built in",
            "Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, CC BY 4.0"));
    for (String name : DownloadableDataset.names()) {
      found.add(row(name, place(name), DownloadableDataset.named(name).licence()));
    }
    if (common.json) {
      output.json(found);
    } else {
      TextTable table = new TextTable("name", "found", "source and licence");
      found.forEach(row -> table.add(row.values().toArray()));
      table.lines().forEach(output::result);
    }
    return Main.DONE;
  }

  private static Map<String, Object> row(String name, @Nullable String place, String source) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("found", place == null ? "no" : place);
    row.put("source", source);
    return row;
  }

  private static @Nullable String place(String name) {
    try {
      return DataDirectories.standard().find(name).toString();
    } catch (DataException _) {
      return null;
    }
  }
}
