package org.tessera.runtime.deliver;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.dicom.net.AssociationException;
import org.tessera.runtime.deliver.Destination.Answer;
import org.tessera.runtime.deliver.Destination.Outcome;
import org.tessera.runtime.work.CaseFolders;
import org.tessera.runtime.work.Faults;

/** Send what the outbox holds: one thread for each destination, so that none waits for another. */
public final class DeliveryWorkers implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorkers.class);
  private static final long STEP_MILLIS = 1000;

  private final Outbox outbox;
  private final CaseFolders folders;
  private final DeliverySettings settings;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Semaphore> news = new ArrayList<>();
  private final Map<String, String> troubles = new ConcurrentHashMap<>();
  private volatile boolean closing;

  private DeliveryWorkers(Outbox outbox, CaseFolders folders, DeliverySettings settings) {
    this.outbox = outbox;
    this.folders = folders;
    this.settings = settings;
  }

  /** Takes up what an earlier process left, and begins. */
  public static DeliveryWorkers start(
      Outbox outbox,
      CaseFolders folders,
      List<Destination> destinations,
      DeliverySettings settings) {
    DeliveryWorkers workers = new DeliveryWorkers(outbox, folders, settings);
    outbox.recover();
    for (Destination destination : destinations) {
      Semaphore bell = new Semaphore(0);
      workers.news.add(bell);
      outbox.addListener(bell::release);
      workers.threads.add(
          Thread.ofPlatform()
              .name("delivery-" + workers.threads.size())
              .daemon()
              .start(() -> workers.run(destination, bell)));
    }
    return workers;
  }

  /** Destinations that do not answer, each with one sentence. */
  public Map<String, String> troubles() {
    return new LinkedHashMap<>(troubles);
  }

  private void run(Destination destination, Semaphore bell) {
    boolean doubtful = false;
    while (!closing) {
      try {
        if (doubtful) {
          // Whether it had taken something is not known; nothing is being sent at this moment.
          outbox.recover(destination.name());
          doubtful = false;
        }
        if (!sendNext(destination) && bell.tryAcquire(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        Faults.log(LOG, "The outbox cannot be read or written; it is tried again", e);
        doubtful = true;
        Faults.pause();
      }
    }
  }

  private boolean sendNext(Destination destination) {
    Optional<Delivery> next = outbox.claim(destination.name(), Instant.now());
    next.ifPresent(each -> send(destination, each));
    return next.isPresent();
  }

  private void send(Destination destination, Delivery delivery) {
    Answer answer = ask(destination, delivery);
    while (true) {
      try {
        note(destination, delivery, answer);
        return;
      } catch (RuntimeException e) {
        // The database may be away for a while: what was sent is noted when it is back.
        if (closing) {
          throw e;
        }
        Faults.log(LOG, "A delivery cannot be noted; it is tried again", e);
        Faults.pause();
      }
    }
  }

  private Answer ask(Destination destination, Delivery delivery) {
    Path file =
        folders.revision(delivery.caseName(), delivery.revision()).resolve(delivery.file());
    if (!Files.isReadable(file)) {
      return new Answer(Outcome.LATER, "The result cannot be read from the disk.");
    }
    try {
      return destination.send(delivery, file);
    } catch (AssociationException e) {
      return new Answer(Outcome.LATER, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Answer(Outcome.LATER, "The destination does not answer.");
    } catch (RuntimeException e) {
      Faults.log(LOG, "Delivery %d failed".formatted(delivery.id()), e);
      return new Answer(
          Outcome.LATER, "Sending failed with %s.".formatted(e.getClass().getSimpleName()));
    }
  }

  private void note(Destination destination, Delivery delivery, Answer answer) {
    switch (answer.outcome()) {
      case DELIVERED -> {
        outbox.delivered(delivery, answer.sentence());
        troubles.remove(destination.name());
      }
      case LATER -> {
        troubles.put(destination.name(), answer.sentence());
        if (delivery.attempts() >= settings.attempts()) {
          LOG.warn("Delivery {} was given up.", delivery.id());
          outbox.dead(
              delivery,
              "Given up after %d attempts. %s".formatted(delivery.attempts(), answer.sentence()));
        } else {
          outbox.later(
              delivery,
              answer.sentence(),
              Faults.pauseAfter(delivery.attempts(), settings.pause()));
        }
      }
      case NEVER -> {
        LOG.warn("Delivery {} was refused.", delivery.id());
        outbox.dead(delivery, answer.sentence());
      }
    }
  }

  /** Sends nothing more, and waits a little for what is being sent. */
  public void drain(Duration grace) {
    closing = true;
    news.forEach(Semaphore::release);
    Faults.join(threads, grace);
  }

  @Override
  public void close() {
    drain(Duration.ofSeconds(10));
  }
}
