package org.tessera.dicom.net;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Closes what takes too long: a socket has no limit of its own for writing. */
final class Watchdog {
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private Watchdog() {}

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("dimse-watchdog").unstarted(task));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** Closes it unless the future is cancelled before. */
  static ScheduledFuture<?> after(long time, TimeUnit unit, Closeable what) {
    return TIMER.schedule(() -> close(what), time, unit);
  }

  private static void close(Closeable what) {
    try {
      what.close();
    } catch (IOException e) {
      // It was closed in order to be gone; how it went does not matter.
    }
  }
}
