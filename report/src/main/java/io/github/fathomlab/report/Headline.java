package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The top of a report: title, how much was recorded, and whether the run diverged. */
final class Headline {
  private Headline() {}

  static String of(ReportInput input, Recorded recorded, ReportPage.Kind kind) {
    return "<header class=\"headline\"><p class=\"eyebrow\">Fathom report</p><h1>"
        + Markup.escape(input.title())
        + "</h1><p class=\"run\"><code>"
        + Markup.escape(input.name())
        + "</code></p><p class=\"facts-line\">"
        + facts(input, recorded, kind)
        + "</p></header>\n"
        + banner(input.diverged());
  }

  private static String banner(ReportInput.@Nullable Diverged diverged) {
    if (diverged == null) {
      return "";
    }
    String layer =
        diverged.layer() < 0
            ? "the network"
            : "layer "
                + diverged.layer()
                + (diverged.layerName().isBlank() ? "" : " (" + diverged.layerName() + ")");
    return "<p class=\"banner\" role=\"alert\"><strong>This run diverged.</strong> Replica "
        + diverged.replica()
        + " stopped being finite in "
        + Markup.escape(layer)
        + " at step "
        + Numbers.count(diverged.step())
        + ". What was recorded before is below.</p>\n";
  }

  private static String facts(ReportInput input, Recorded recorded, ReportPage.Kind kind) {
    long readings = 0;
    long replicas = 0;
    long last = -1;
    for (String quantity : recorded.quantities()) {
      List<Reading> rows = recorded.of(quantity);
      readings += rows.size();
      for (Reading row : rows) {
        replicas = Math.max(replicas, row.replica() + 1L);
        last = Math.max(last, row.step());
      }
    }
    if (last < 0) {
      return "No readings.";
    }
    String size = " \u00b7 " + Numbers.count(readings) + " readings";
    if (kind == ReportPage.Kind.SWEEP) {
      return sweep(Sweep.of(recorded)) + size;
    }
    if (kind == ReportPage.Kind.STUDY) {
      int quantities = recorded.quantities().size();
      return Numbers.count(quantities) + (quantities == 1 ? " quantity" : " quantities") + size;
    }
    return (input.layerNames().isEmpty() ? "" : input.layerNames().size() + " layers \u00b7 ")
        + Numbers.count(replicas)
        + (replicas == 1 ? " replica" : " replicas")
        + " \u00b7 "
        + Numbers.count(last)
        + " steps"
        + size;
  }

  private static String sweep(Sweep sweep) {
    String cells = sweep.size().isEmpty() ? "" : sweep.size() + " \u00b7 ";
    return cells
        + Numbers.count(sweep.trainings)
        + (sweep.trainings == 1 ? " training" : " trainings")
        + (sweep.lost() == 0 ? ", none lost" : ", " + Numbers.count(sweep.lost()) + " lost");
  }
}
