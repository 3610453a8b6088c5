package org.tessera.runtime.service;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.tessera.runtime.work.CaseQueue;
import org.tessera.runtime.work.CaseState;

/** Takes no object while too many cases wait for a worker; looks once in a second. */
final class Admission implements Supplier<Optional<String>> {
  private static final long STEP_NANOS = Duration.ofSeconds(1).toNanos();

  private final CaseQueue queue;
  private final int most;
  private long looked = System.nanoTime() - STEP_NANOS;
  private Optional<String> refusal = Optional.empty();

  Admission(CaseQueue queue, int most) {
    this.queue = queue;
    this.most = most;
  }

  @Override
  public synchronized Optional<String> get() {
    long now = System.nanoTime();
    if (now - looked >= STEP_NANOS) {
      looked = now;
      refusal = look();
    }
    return refusal;
  }

  private Optional<String> look() {
    try {
      long waiting = queue.counts().getOrDefault(CaseState.COMPLETE, 0L);
      return waiting >= most ? Optional.of("Too many studies wait.") : Optional.empty();
    } catch (RuntimeException e) {
      // The store itself says that the database is away.
      return Optional.empty();
    }
  }
}
