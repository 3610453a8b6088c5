package org.tessera.runtime.upkeep;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.backup.Backup;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.work.Faults;

/** One thread that makes backups and then removes what is over, each when it is time. */
public final class Upkeep implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration SWEEP = Duration.ofHours(1);
  private static final Duration STEP = Duration.ofMinutes(10);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /**
   * What is done.
   *
   * @param backup where backups go; empty for none
   * @param every how often a backup is made
   * @param age of objects that are removed; empty for never
   */
  public record Settings(
      Optional<Backup.Settings> backup, Duration every, Optional<Duration> age) {}

  private final Settings settings;
  private final ObjectStore store;
  private final Optional<Retention> retention;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile String remark = "";
  private volatile Instant backedUp = Instant.EPOCH;

  private Upkeep(Settings settings, ObjectStore store) {
    this.settings = settings;
    this.store = store;
    this.retention = settings.age().map(age -> new Retention(store, age));
    this.thread = Thread.ofPlatform().name("upkeep").daemon().unstarted(this::run);
  }

  /** Begins, if there is anything to be done. */
  public static Upkeep start(Settings settings, ObjectStore store, MeterRegistry meters) {
    Upkeep upkeep = new Upkeep(settings, store);
    if (settings.backup().isPresent()) {
      upkeep.backedUp = newest(settings.backup().get().out());
      Gauge.builder("tessera.backup.age", upkeep, Upkeep::secondsSinceBackup)
          .description("Since the last whole backup; since 1970 if there is none")
          .baseUnit("seconds")
          .register(meters);
    }
    if (settings.backup().isPresent() || settings.age().isPresent()) {
      upkeep.thread.start();
    }
    return upkeep;
  }

  private static Instant newest(Path out) {
    try {
      return Backup.newest(out).orElse(Instant.EPOCH);
    } catch (IOException e) {
      // The backup that is then made says what is wrong.
      return Instant.EPOCH;
    }
  }

  private double secondsSinceBackup() {
    return Duration.between(backedUp, Instant.now()).toSeconds();
  }

  /** What an administrator should know, a line each. */
  public List<String> remarks() {
    return remark.isEmpty() ? List.of() : List.of(remark);
  }

  private boolean ends() {
    return closing.getCount() == 0;
  }

  private void run() {
    Instant swept = Instant.EPOCH;
    try {
      do {
        if (settings.backup().isPresent()
            && backedUp.plus(settings.every()).isBefore(Instant.now())) {
          backUp(settings.backup().get());
        }
        if (retention.isPresent() && swept.plus(SWEEP).isBefore(Instant.now())) {
          swept = Instant.now();
          sweep(retention.get());
        }
      } while (!closing.await(STEP.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void backUp(Backup.Settings backup) {
    Instant begun = Instant.now();
    try {
      Backup.Summary made = Backup.ofServer(store, backup);
      backedUp = begun;
      remark = "backup %s".formatted(made.snapshot());
      LOG.info("Backup {}: {} of {} files are new.", made.snapshot(), made.copied(), made.files());
      if (!made.damaged().isEmpty()) {
        remark = "backup %s: %d objects are damaged on the disk and not in it"
            .formatted(made.snapshot(), made.damaged().size());
        LOG.error("{} objects are damaged on the disk: {}", made.damaged().size(), made.damaged());
      }
    } catch (RejectedInputException e) {
      remark = "backup failed: " + e.sentence();
      LOG.error("The backup failed: {}", e.sentence());
    } catch (IOException | RuntimeException e) {
      remark = "backup failed: " + Faults.kinds(e);
      Faults.log(LOG, "The backup failed; it is tried again", e);
    }
  }

  private void sweep(Retention rule) {
    try {
      rule.sweep(Instant.now(), this::ends);
    } catch (IOException | RuntimeException e) {
      Faults.log(LOG, "Objects could not be removed; it is tried again", e);
    }
  }

  /** Waits a little for what is under way; a backup that is not whole leaves no snapshot. */
  @Override
  public void close() {
    closing.countDown();
    if (thread.isAlive()) {
      Faults.join(List.of(thread), GRACE);
    }
  }
}
