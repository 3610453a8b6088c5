package org.tessera.cli;

import java.io.PrintWriter;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tessera.runtime.WorkListener;

/**
 * Lets long work end between two of its steps when the process is told to end (SIGTERM, Ctrl-C): a
 * process that ends while native code computes in it crashes.
 */
final class StepwiseEnd implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean asked;

  /**
   * From now on.
   *
   * @param err told the advice when the end is asked for
   * @param advice how to go on, one sentence
   */
  StepwiseEnd(PrintWriter err, String advice) {
    hook =
        new Thread(
            () -> {
              asked = true;
              err.println(advice);
              err.flush();
              awaitStep();
            },
            "stepwise-end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void awaitStep() {
    try {
      boolean stopped = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!stopped) {
        Runtime.getRuntime().halt(Failures.INTERNAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A listener whose steps are also where the work ends.
   *
   * @return throws {@link CancellationException} at the first step after the end was asked for
   */
  WorkListener with(WorkListener listener) {
    return (what, done, total) -> {
      if (asked) {
        throw new CancellationException("The process was told to end.");
      }
      listener.at(what, done, total);
    };
  }

  /** The work is over. */
  @Override
  public void close() {
    over.countDown();
    if (!asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process ends just now: the hook has nothing to wait for.
        return;
      }
    }
  }
}
