package org.tessera.omni.model;

import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Independent calls of the engine side by side, as many as it has threads, each computing with one:
 * nothing waits inside a call, and what a call works on stays in the cache of its processor.
 */
final class Lanes implements AutoCloseable {
  private final ExecutorService threads;
  private final int count = JniUtils.getNumThreads();

  /** Starts the threads; those of other callers of the engine stay as they are. */
  Lanes() {
    CountDownLatch started = new CountDownLatch(count);
    threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread =
                  new Thread(
                      () -> {
                        alone();
                        started.countDown();
                        work.run();
                      },
                      "model");
              thread.setDaemon(true);
              return thread;
            });
    for (int i = 0; i < count; i++) {
      threads.execute(() -> awaited(started));
    }
    awaited(started);
    // For threads that the engine has not seen yet.
    JniUtils.setNumThreads(count);
  }

  /** How many calls run at the same time. */
  int count() {
    return count;
  }

  /** The number that was set last reaches a thread when it is first asked for. */
  private static void alone() {
    JniUtils.setNumThreads(1);
    if (JniUtils.getNumThreads() != 1) {
      throw new IllegalStateException("The engine does not let a thread compute alone.");
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs calls.
   *
   * @return what they returned, in the same order
   */
  <T> List<T> run(List<Supplier<T>> calls) {
    List<CompletableFuture<T>> running =
        calls.stream().map(call -> CompletableFuture.supplyAsync(call, threads)).toList();
    try {
      return running.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
