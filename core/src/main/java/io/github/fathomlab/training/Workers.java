package io.github.fathomlab.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tasks that are carried out at the same time, each by a thread of its own. */
public final class Workers {
  private Workers() {}

  /**
   * Returns when all tasks have; where one fails, or the waiting thread is interrupted, the others
   * are asked to stop and the failure is thrown as it was.
   *
   * @param stop asks all tasks to return soon
   */
  public static void run(List<Runnable> tasks, Runnable stop) {
    try (ExecutorService pool = Executors.newFixedThreadPool(tasks.size())) {
      List<Future<?>> running = new ArrayList<>();
      tasks.forEach(task -> running.add(pool.submit(task)));
      for (Future<?> task : running) {
        await(task, stop);
      }
    }
  }

  private static void await(Future<?> task, Runnable stop) {
    try {
      task.get();
    } catch (InterruptedException e) {
      stop.run();
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      stop.run();
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
