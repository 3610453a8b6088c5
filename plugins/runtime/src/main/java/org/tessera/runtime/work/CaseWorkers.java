package org.tessera.runtime.work;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.store.Database;

/**
 * Analyse cases of the queue, so many at a time. A failure that the case may be the cause of is
 * tried again a few times, then the case is quarantined; one of disk, database or model is tried
 * again until it passes, at intervals that grow to a minute.
 */
public final class CaseWorkers implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(CaseWorkers.class);
  private static final long STEP_MILLIS = 1000;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final String NO_DISK =
      "Results cannot be written, or the model cannot be opened";

  /**
   * How cases are worked on.
   *
   * @param workers cases at a time
   * @param attempts before a case is quarantined
   * @param pause before the second attempt; doubled for each further one
   */
  public record Settings(int workers, int attempts, Duration pause) {}

  private final CaseQueue queue;
  private final CaseFolders folders;
  private final CaseAnalysis analysis;
  private final CaseQueue.Handover handover;
  private final Settings settings;
  private final Semaphore news = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private final Set<WorkCase> current = ConcurrentHashMap.newKeySet();
  private final Lock claiming = new ReentrantLock();
  private final AtomicInteger outages = new AtomicInteger();
  private boolean doubtful;
  private volatile boolean closing;
  private volatile Optional<String> trouble = Optional.empty();

  private CaseWorkers(
      CaseQueue queue,
      CaseFolders folders,
      CaseAnalysis analysis,
      CaseQueue.Handover handover,
      Settings settings) {
    this.queue = queue;
    this.folders = folders;
    this.analysis = analysis;
    this.handover = handover;
    this.settings = settings;
  }

  /** Takes up what an earlier process left, and begins. */
  public static CaseWorkers start(
      CaseQueue queue,
      CaseFolders folders,
      CaseAnalysis analysis,
      CaseQueue.Handover handover,
      Settings settings) {
    CaseWorkers workers = new CaseWorkers(queue, folders, analysis, handover, settings);
    queue.recover(settings.attempts());
    queue.addListener(workers.news::release);
    for (int i = 0; i < settings.workers(); i++) {
      workers.threads.add(Thread.ofPlatform().name("case-worker-" + i).start(workers::run));
    }
    return workers;
  }

  /** Why no case can be analysed at present, in one sentence; empty if all is well. */
  public Optional<String> trouble() {
    return trouble;
  }

  private void run() {
    while (!closing) {
      try {
        if (!workOnNext() && news.tryAcquire(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        Faults.log(LOG, "The queue cannot be read or written; it is tried again", e);
        doubt();
        Faults.pause();
      }
    }
  }

  /** Works on the next case; false if there is none. */
  boolean workOnNext() {
    Optional<WorkCase> claimed = claim();
    claimed.ifPresent(
        work -> {
          try {
            workOn(work);
          } finally {
            current.remove(work);
          }
        });
    return claimed.isPresent();
  }

  private Optional<WorkCase> claim() {
    claiming.lock();
    try {
      if (doubtful) {
        queue.recover(current);
        doubtful = false;
      }
      Optional<WorkCase> claimed = queue.claim(Instant.now());
      claimed.ifPresent(current::add);
      return claimed;
    } finally {
      claiming.unlock();
    }
  }

  /** The database was away: whether a case had been claimed is not known. */
  private void doubt() {
    claiming.lock();
    try {
      doubtful = true;
    } finally {
      claiming.unlock();
    }
  }

  private void workOn(WorkCase work) {
    CaseRevision revision = queue.claimed(work);
    CaseAnalysis.Result result;
    try {
      Path draft = folders.draft(work.name(), work.revision());
      result = analysis.analyse(work, revision, draft);
      folders.keep(draft, work.name(), work.revision());
      trouble = Optional.empty();
      outages.set(0);
    } catch (RejectedInputException e) {
      noted(() -> queue.quarantine(work, e.sentence()));
      return;
    } catch (IOException e) {
      folders.discard(work.name(), work.revision());
      outage(work, NO_DISK, e);
      return;
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError e) {
      if (Database.isOutage(e)) {
        outage(work, "The database did not answer during the analysis", e);
      } else {
        noted(() -> failed(work, e));
      }
      return;
    }
    noted(() -> queue.analysed(work, revision, result, handover));
    handover.noted();
  }

  /** Not the fault of the case: this attempt does not count. */
  private void outage(WorkCase work, String what, Throwable thrown) {
    Faults.log(LOG, work.name() + " waits", thrown);
    trouble = Optional.of(what + ".");
    Duration pause = settings.pause().multipliedBy(1L << Math.min(16, outages.getAndIncrement()));
    noted(
        () ->
            queue.postpone(
                work,
                work.attempts() - 1,
                what + "; it is tried again.",
                pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
  }

  /** The database may be away for a while: what was decided is noted when it is back. */
  private void noted(Runnable note) {
    while (true) {
      try {
        note.run();
        return;
      } catch (RuntimeException e) {
        if (closing) {
          // The next process finds the case as one that was being analysed.
          throw e;
        }
        Faults.log(LOG, "The state of a case cannot be noted; it is tried again", e);
        Faults.pause();
      }
    }
  }

  private void failed(WorkCase work, Throwable thrown) {
    Faults.log(LOG, work.name() + " failed", thrown);
    if (work.attempts() >= settings.attempts()) {
      queue.quarantine(
          work,
          "The analysis failed %d times, at last with %s."
              .formatted(work.attempts(), thrown.getClass().getSimpleName()));
    } else {
      queue.postpone(
          work,
          work.attempts(),
          "The analysis failed with %s; it is tried again."
              .formatted(thrown.getClass().getSimpleName()),
          settings.pause().multipliedBy(1L << Math.min(16, work.attempts() - 1)));
    }
  }

  /**
   * Takes no further case, and waits for those that are being analysed; what is not done in time is
   * analysed again by the next process, and this attempt does not count.
   */
  public void drain(Duration grace) {
    closing = true;
    news.release(threads.size());
    Faults.join(threads, grace);
    for (WorkCase left : current) {
      queue.postpone(left, left.attempts() - 1, "The server ended.", Duration.ZERO);
    }
  }

  @Override
  public void close() {
    drain(Duration.ofSeconds(10));
  }
}
