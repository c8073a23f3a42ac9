package io.github.fathomlab.cli;

import io.github.fathomlab.experiment.RunFiles;
import io.github.fathomlab.sweep.SweepOutcome;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a sweep says at its end. */
final class SweepSummary {
  private SweepSummary() {}

  /** Shows it and returns the exit code of a sweep that ended well. */
  static int show(SweepOutcome outcome, Output output, boolean json) {
    if (json) {
      output.json(json(outcome));
      return Main.DONE;
    }
    outcome.verdicts().forEach(verdict -> output.result(RunSummary.line(verdict)));
    int failed = outcome.failures().size();
    output.result(
        "cells    %d, failed %d, diverged trainings %d"
            .formatted(outcome.cells(), failed, outcome.diverged()));
    output.result("time     " + ProgressText.duration(outcome.seconds()));
    output.result("run      " + outcome.run().path());
    if (!outcome.interrupted()) {
      output.result("report   " + outcome.run().report());
    }
    return Main.DONE;
  }

  /** For programs. */
  static Map<String, Object> json(SweepOutcome outcome) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", outcome.run().path().toString());
    document.put("verdicts", outcome.verdicts().stream().map(RunFiles::json).toList());
    document.put("seconds", outcome.seconds());
    document.put("report", outcome.run().report().toString());
    document.put("interrupted", outcome.interrupted());
    document.put("cells", outcome.cells());
    document.put("failures", outcome.failures());
    document.put("diverged", outcome.diverged());
    return document;
  }
}
