package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import java.util.List;

/** The report of a run: one HTML file that needs no network and, to be read, no script. */
public final class Report {

  private Report() {}

  /**
   * The whole page; the same input gives the same bytes.
   *
   * @param input what to say about the run
   * @param readings its recorded numbers
   * @param verdicts what the claims say, in the order to show
   */
  public static String html(ReportInput input, Readings readings, List<Verdict> verdicts) {
    return page(input, readings, verdicts, ReportPage.Kind.RUN);
  }

  /**
   * The page of a study: without the sections of a training that have nothing to show, because
   * nothing was trained.
   */
  public static String ofStudy(ReportInput input, Readings readings, List<Verdict> verdicts) {
    return page(input, readings, verdicts, ReportPage.Kind.STUDY);
  }

  /**
   * The page of a sweep: its phase diagrams, the chain's diagram under them and all cells.
   *
   * @param readings every training of the grid as one replica, with {@code axis.KEY} beside what
   *     was measured
   */
  public static String ofSweep(ReportInput input, Readings readings, List<Verdict> verdicts) {
    return page(input, readings, verdicts, ReportPage.Kind.SWEEP);
  }

  private static String page(
      ReportInput input, Readings readings, List<Verdict> verdicts, ReportPage.Kind kind) {
    Recorded recorded = new Recorded(readings, input.layerNames());
    return new ReportPage(input, recorded, List.copyOf(verdicts), kind).render();
  }
}
