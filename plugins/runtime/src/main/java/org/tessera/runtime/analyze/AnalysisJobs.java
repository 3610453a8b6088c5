package org.tessera.runtime.analyze;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.runtime.store.Database;

/**
 * Analyses that nobody waits for, durably: one that was accepted is done after a crash as well. One
 * at a time. What was posted is deleted when its job is done, cancelled or expired.
 */
public final class AnalysisJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnalysisJobs.class);
  private static final int MOST_ATTEMPTS = 3;
  private static final long STEP_SECONDS = 60;

  /**
   * Bounds.
   *
   * @param mostQueued how many may wait
   * @param kept how long a job is known after it was accepted
   */
  public record Settings(int mostQueued, Duration kept) {}

  private final JobRows rows;
  private final RecordAnalysis analysis;
  private final Path folder;
  private final Settings settings;
  private final Semaphore hints = new Semaphore(0);
  private final Thread worker;
  private volatile boolean closing;

  private AnalysisJobs(JobRows rows, RecordAnalysis analysis, Path folder, Settings settings) {
    this.rows = rows;
    this.analysis = analysis;
    this.folder = folder;
    this.settings = settings;
    this.worker = Thread.ofPlatform().name("analyses").daemon().unstarted(this::work);
  }

  /**
   * Starts, and takes up what an earlier run left.
   *
   * @param folder where what was posted is kept
   */
  public static AnalysisJobs start(
      Database database, RecordAnalysis analysis, Path folder, Settings settings)
      throws IOException {
    Files.createDirectories(folder);
    AnalysisJobs jobs = new AnalysisJobs(new JobRows(database), analysis, folder, settings);
    jobs.rows.requeue();
    jobs.removeOrphans();
    jobs.worker.start();
    return jobs;
  }

  private void removeOrphans() throws IOException {
    Set<String> known = new HashSet<>(rows.ids());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!known.contains(String.valueOf(file.getFileName()))) {
          Files.delete(file);
        }
      }
    }
  }

  /**
   * Accepts a job; durable when it returns.
   *
   * @param body what was posted; taken over
   * @param xml whether it is XML
   * @param patient id of the patient that it has to be about
   * @return its id
   * @throws BusyException if as many are waiting as may wait
   */
  public String submit(Path body, boolean xml, Optional<String> patient)
      throws IOException, BusyException {
    if (rows.waiting() >= settings.mostQueued()) {
      throw new BusyException("As many analyses are queued as may be; try again later.");
    }
    String id = UUID.randomUUID().toString();
    Path file = folder.resolve(id);
    Files.move(body, file, StandardCopyOption.ATOMIC_MOVE);
    sync(file);
    sync(folder);
    try {
      Instant now = Instant.now();
      rows.add(id, xml, patient.orElse(""), now, now.plus(settings.kept()));
    } catch (RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    hints.release();
    return id;
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** A job that is neither cancelled nor expired. */
  public Optional<AnalysisJob> find(String id) {
    return rows.find(id).filter(job -> job.expires().isAfter(Instant.now()));
  }

  /**
   * Forgets a job; one that is running ends at its next stage.
   *
   * @return false if there is none
   */
  public boolean cancel(String id) {
    if (find(id).isEmpty()) {
      return false;
    }
    forget(id);
    return true;
  }

  private void forget(String id) {
    rows.remove(id);
    removeBody(id);
  }

  private void removeBody(String id) {
    try {
      Files.deleteIfExists(folder.resolve(id));
    } catch (IOException e) {
      LOG.warn("What was posted for an analysis could not be deleted; it is at the next start.");
    }
  }

  private void work() {
    while (!closing) {
      try {
        rows.expired(Instant.now()).forEach(this::forget);
        Optional<AnalysisJob> next = rows.begin();
        if (next.isPresent()) {
          analyze(next.get());
        } else {
          boolean hinted = hints.tryAcquire(STEP_SECONDS, TimeUnit.SECONDS);
          LOG.trace("Looked again, hinted: {}", hinted);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("The queue of analyses does not answer: {}", e.getClass().getSimpleName());
        pause();
      }
    }
  }

  private void pause() {
    try {
      boolean hinted = hints.tryAcquire(1, TimeUnit.SECONDS);
      LOG.trace("Paused, hinted: {}", hinted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  private void analyze(AnalysisJob job) throws InterruptedException {
    String id = job.id();
    try {
      AnalysisAnswer answer =
          job.attempts() > MOST_ATTEMPTS
              ? AnalysisAnswer.failed(
                  "The server ended %d times while it analysed this; it is not tried again."
                      .formatted(MOST_ATTEMPTS))
              : analysis.analyze(
                  folder.resolve(id), job.xml(), job.patient(), stage -> reached(id, stage));
      rows.finish(id, answer);
      removeBody(id);
    } catch (CancellationException e) {
      LOG.debug("An analysis was cancelled.");
    }
  }

  private void reached(String id, String stage) {
    // What is cancelled has no row any more; what is begun while closing is begun anew.
    if (closing || !rows.reached(id, stage)) {
      throw new CancellationException();
    }
  }

  /** How many wait or are analysed. */
  public int waiting() {
    return rows.waiting();
  }

  /** Stops at the next stage of the running job, which is begun anew at the next start. */
  @Override
  public void close() {
    closing = true;
    hints.release();
    try {
      worker.join(Duration.ofSeconds(STEP_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
