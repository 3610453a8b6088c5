package org.tessera.cli;

import java.time.Duration;

/**
 * A progress bar on standard error: drawn only on a terminal, and only once a command takes longer
 * than two seconds. Safe for several threads.
 */
final class Terminal implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int CELLS = 24;

  private final boolean shown;
  private final long started = System.nanoTime();
  private final Thread ticker;
  private String label = "";
  private double fraction = -1;
  private boolean drawn;
  private boolean closed;

  Terminal() {
    this(Boolean.getBoolean("tessera.terminal"));
  }

  Terminal(boolean shown) {
    this.shown = shown;
    ticker = Thread.ofVirtual().unstarted(this::tick);
    if (shown) {
      ticker.start();
    }
  }

  /** Says what is being done; how much of it is not known. */
  synchronized void doing(String what) {
    label = what;
    fraction = -1;
  }

  /** Says how much is done. */
  synchronized void done(String what, long done, long total) {
    label = what;
    fraction = total > 0 ? Math.clamp((double) done / total, 0, 1) : -1;
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(250);
        draw();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void draw() {
    long elapsed = System.nanoTime() - started;
    if (closed || elapsed < PATIENCE.toNanos()) {
      return;
    }
    drawn = true;
    System.err.print("\r\033[K" + line(elapsed / 1_000_000_000L));
    System.err.flush();
  }

  private String line(long seconds) {
    if (fraction < 0) {
      return "%3d s  %s".formatted(seconds, label);
    }
    int full = (int) Math.round(fraction * CELLS);
    return "%3d s  [%s%s] %3.0f %%  %s"
        .formatted(seconds, "#".repeat(full), ".".repeat(CELLS - full), fraction * 100, label);
  }

  @Override
  public synchronized void close() {
    closed = true;
    ticker.interrupt();
    if (shown && drawn) {
      System.err.print("\r\033[K");
      System.err.flush();
    }
  }
}
