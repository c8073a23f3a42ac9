package io.github.fathomlab.cli;

import io.github.fathomlab.experiment.ExperimentRun;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a run is until it is closed: a bar on a terminal, else a line every few seconds.
 */
final class Progress implements AutoCloseable {
  private static final String TERMINAL_COLUMNS = "fathom.columns";
  private static final Duration BAR_INTERVAL = Duration.ofMillis(200);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);

  private final ExperimentRun run;
  private final Output output;
  private final Thread thread;
  private final long firstStep;
  private final long began = System.nanoTime();

  private Progress(ExperimentRun run, Output output) {
    this.run = run;
    this.output = output;
    firstStep = run.stepsDone();
    int columns = Integer.getInteger(TERMINAL_COLUMNS, 0);
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("progress")
            .unstarted(columns > 0 ? () -> bar(columns) : this::lines);
  }

  /** Begins to show the progress of a run. */
  static Progress of(ExperimentRun run, Output output) {
    Progress progress = new Progress(run, output);
    progress.thread.start();
    return progress;
  }

  private void lines() {
    while (rest(LINE_INTERVAL)) {
      double seconds = (System.nanoTime() - began) / 1e9;
      long done = run.stepsDone();
      output.talk(ProgressText.line(done, run.stepsTotal(), done - firstStep, seconds, run.loss()));
    }
  }

  private void bar(int columns) {
    PrintStream terminal = output.talk();
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(run.experiment().name())
            .setInitialMax(run.stepsTotal())
            .startsFrom(firstStep, Duration.ZERO)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUnit(" steps", 1)
            .showSpeed()
            .setUpdateIntervalMillis((int) BAR_INTERVAL.toMillis())
            .setConsumer(new ConsoleProgressBarConsumer(terminal, columns))
            .build()) {
      boolean more = true;
      while (more) {
        more = rest(BAR_INTERVAL);
        bar.setExtraMessage(ProgressText.lossPart(run.loss()).replaceFirst("^, ", " "));
        bar.stepTo(run.stepsDone());
      }
    }
  }

  private static boolean rest(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
