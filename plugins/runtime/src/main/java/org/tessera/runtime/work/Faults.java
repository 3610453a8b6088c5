package org.tessera.runtime.work;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;

/** What a loop does when a step of it fails. */
public final class Faults {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private Faults() {}

  /** Logs kinds and SQL states only: messages of libraries quote what they choke on. */
  public static void log(Logger log, String what, Throwable thrown) {
    log.warn("{}: {}", what, kinds(thrown));
    log.debug("{}", what, thrown);
  }

  /** The kinds of a failure and of its causes. */
  public static String kinds(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      text.append(text.isEmpty() ? "" : ", ").append(each.getClass().getSimpleName());
      if (each instanceof SQLException sql) {
        text.append(' ').append(sql.getSQLState());
      }
    }
    return text.toString();
  }

  /** Waits a little before the next step. */
  public static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long to wait after so many attempts: twice as long each time, up to 15 minutes. */
  public static Duration pauseAfter(int attempts, Duration first) {
    Duration pause = first.multipliedBy(1L << Math.min(20, attempts - 1));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  /** Waits for the end of some threads, no longer than this in all. */
  public static void join(List<Thread> threads, Duration grace) {
    Instant end = Instant.now().plus(grace);
    try {
      for (Thread thread : threads) {
        Duration left = Duration.between(Instant.now(), end);
        if (left.isPositive()) {
          thread.join(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the end of a thread. */
  public static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
