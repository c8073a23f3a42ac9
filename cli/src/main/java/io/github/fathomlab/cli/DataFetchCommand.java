package io.github.fathomlab.cli;

import io.github.fathomlab.data.DatasetDownload;
import io.github.fathomlab.data.DownloadableDataset;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom data fetch}. */
@Command(
    name = "fetch",
    description = {
      "Downloads a data set, going on where an earlier attempt ended, and checks its sums.",
      ""
    },
    footer = {"", "Examples:", "  fathom data fetch fashion-mnist"})
final class DataFetchCommand implements Callable<Integer> {
  private static final int PERCENT_BETWEEN_LINES = 10;

  private final Output output;
  private String file = "";
  private long shown;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "NAME", description = "Name of the data set; see fathom data list.")
  private String name = "";

  DataFetchCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    DownloadableDataset dataset = DownloadableDataset.named(name);
    Path directory = DatasetDownload.toCache(dataset, this::advanced).fetch();
    if (common.json) {
      output.json(Map.of("name", name, "directory", directory.toString()));
    } else {
      output.result(directory.toString());
    }
    return Main.DONE;
  }

  private void advanced(String current, long bytes, long total) {
    long percent = 100 * bytes / Math.max(1, total);
    if (!current.equals(file) || percent >= shown + PERCENT_BETWEEN_LINES || bytes == total) {
      file = current;
      shown = percent;
      output.talk(
          "%s: %s of %s bytes (%d %%)"
              .formatted(current, ProgressText.count(bytes), ProgressText.count(total), percent));
    }
  }
}
