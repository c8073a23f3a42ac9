package io.github.fathomlab.cli;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a {@link Course} is until it is closed: a bar on a terminal, else a line every few
 * seconds.
 */
final class Progress implements AutoCloseable {
  private static final String TERMINAL_COLUMNS = "fathom.columns";
  private static final Duration BAR_INTERVAL = Duration.ofMillis(200);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);

  private final Course course;
  private final Output output;
  private final Thread thread;
  private final double before;
  private final long began = System.nanoTime();

  private Progress(Course course, Output output) {
    this.course = course;
    this.output = output;
    before = course.done().getAsDouble();
    int columns = Integer.getInteger(TERMINAL_COLUMNS, 0);
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("progress")
            .unstarted(columns > 0 ? () -> bar(columns) : this::lines);
  }

  /** Begins to show how far something is. */
  static Progress of(Course course, Output output) {
    Progress progress = new Progress(course, output);
    progress.thread.start();
    return progress;
  }

  private void lines() {
    while (rest(LINE_INTERVAL)) {
      double seconds = (System.nanoTime() - began) / 1e9;
      output.talk(ProgressText.line(course, before, seconds));
    }
  }

  private void bar(int columns) {
    PrintStream terminal = output.talk();
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(course.name())
            .setInitialMax(course.total())
            .startsFrom((long) before, Duration.ZERO)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUnit(" " + course.unit() + "s", 1)
            .showSpeed()
            .setUpdateIntervalMillis((int) BAR_INTERVAL.toMillis())
            .setConsumer(new ConsoleProgressBarConsumer(terminal, columns))
            .build()) {
      boolean more = true;
      while (more) {
        more = rest(BAR_INTERVAL);
        bar.setExtraMessage(course.remark().get().replaceFirst("^, ", " "));
        bar.stepTo((long) course.done().getAsDouble());
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
