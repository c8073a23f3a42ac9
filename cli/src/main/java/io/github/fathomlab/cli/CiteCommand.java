package io.github.fathomlab.cli;

import io.github.fathomlab.claims.Bibliography;
import io.github.fathomlab.experiment.Citations;
import io.github.fathomlab.record.RunDirectory;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom cite}. */
@Command(
    name = "cite",
    description = {"Prints BibTeX of the works behind a run, or of all that Fathom builds on.", ""},
    footer = {
      "",
      "Examples:",
      "  fathom cite > fathom.bib",
      "  fathom cite runs/first-light-1a2b3c4d"
    })
final class CiteCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "Directory of a run.")
  private @Nullable Path run;

  CiteCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    String bibtex = run == null ? Bibliography.all() : Citations.of(RunDirectory.open(run));
    if (common.json) {
      output.json(Map.of("bibtex", bibtex));
    } else {
      output.result(bibtex.stripTrailing());
    }
    return Main.DONE;
  }
}
