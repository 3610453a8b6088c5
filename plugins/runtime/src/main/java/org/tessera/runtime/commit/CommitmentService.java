package org.tessera.runtime.commit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.dicom.net.AssociationException;
import org.tessera.dicom.net.CommitmentHandler;
import org.tessera.dicom.net.CommitmentRequest;
import org.tessera.dicom.net.DimseStatus;
import org.tessera.dicom.net.SopReference;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.work.Faults;

/**
 * Takes requests for storage commitment, looks at the objects, and reports the outcome: to a peer
 * whose address is known on a new association, to another one on an association that it has open.
 */
public final class CommitmentService implements CommitmentHandler, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(CommitmentService.class);
  private static final long STEP_MILLIS = 1000;
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** How long it is known what became of a request. */
  private static final Duration KEPT = Duration.ofDays(30);

  private static final Duration SWEEP = Duration.ofHours(1);

  private final CommitmentSettings settings;
  private final CommitmentRequests requests;
  private final CommitmentCheck check;
  private final NewAssociation known;
  private final Semaphore asked = new Semaphore(0);
  private final Semaphore due = new Semaphore(0);
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private Instant swept = Instant.EPOCH;
  private volatile boolean closing;

  /**
   * Takes requests; nothing is done about them before {@link #start}.
   *
   * @param aeTitle our own
   */
  public CommitmentService(CommitmentSettings settings, String aeTitle, ObjectStore store) {
    this.settings = settings;
    this.requests = new CommitmentRequests(store.database());
    this.check = new CommitmentCheck(store);
    this.known = new NewAssociation(aeTitle, settings.peers());
  }

  /**
   * Begins to check and to report; takes up what an earlier process left.
   *
   * @param open reports on an association that the requester has open
   */
  public void start(ReportLine open) {
    threads.add(Thread.ofPlatform().name("commit-check").daemon().start(this::checkAll));
    threads.add(
        Thread.ofPlatform().name("commit-report").daemon().start(() -> reportAll(open)));
  }

  /** Gives figures of requests by their states. */
  public void measure(MeterRegistry meters) {
    for (CommitmentState state : CommitmentState.values()) {
      Gauge.builder("tessera.commitments", requests, each -> each.count(state))
          .tag("state", state.wireName())
          .register(meters);
    }
  }

  @Override
  public DimseStatus commit(CommitmentRequest request, String callingAet) {
    try {
      DimseStatus status =
          switch (requests.take(callingAet, request, Instant.now())) {
            case NOTED -> DimseStatus.SUCCESS;
            case IN_USE ->
                DimseStatus.processingFailure("The Transaction UID is used for other objects.");
            case TOO_MANY -> DimseStatus.resourceLimitation("Too many requests are under way.");
          };
      asked.release();
      due.release();
      return status;
    } catch (RuntimeException e) {
      Faults.log(LOG, "A request for storage commitment cannot be noted", e);
      return DimseStatus.processingFailure("The database does not answer.");
    }
  }

  private void repeat(Semaphore bell, Runnable step) {
    while (!closing) {
      try {
        step.run();
        if (bell.tryAcquire(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        Faults.log(LOG, "Requests for storage commitment cannot be read or noted", e);
        Faults.pause();
      }
    }
  }

  private void checkAll() {
    repeat(asked, this::checkWaiting);
  }

  private void checkWaiting() {
    Optional<Commitment> next = requests.nextToCheck();
    while (next.isPresent() && !closing) {
      List<SopReference> objects = requests.objects(next.get());
      List<Integer> reasons = check.reasons(objects, () -> closing);
      if (reasons.size() == objects.size()) {
        requests.checked(next.get(), reasons);
        due.release();
      }
      next = requests.nextToCheck();
    }
  }

  private void reportAll(ReportLine open) {
    repeat(due, () -> reportDue(open));
  }

  /** One report at a time to each peer; none waits for another peer. */
  private void reportDue(ReportLine open) {
    if (swept.isBefore(Instant.now().minus(SWEEP))) {
      swept = Instant.now();
      requests.forget(swept.minus(KEPT));
    }
    for (Commitment next : requests.due(Instant.now())) {
      if (!closing && busy.add(next.requester())) {
        Thread thread =
            Thread.ofVirtual().name("commit-report").unstarted(() -> report(next, open));
        threads.add(thread);
        thread.start();
      }
    }
  }

  private void report(Commitment commitment, ReportLine open) {
    try {
      Optional<String> trouble = tell(commitment, open);
      if (trouble.isEmpty()) {
        requests.reported(commitment);
      } else if (commitment.attempts() + 1 >= settings.attempts()) {
        LOG.warn("The report on storage commitment {} was given up.", commitment.id());
        requests.dead(commitment, trouble.get());
      } else {
        requests.later(
            commitment,
            trouble.get(),
            Faults.pauseAfter(commitment.attempts() + 1, settings.pause()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      Faults.log(LOG, "A report on storage commitment cannot be noted; it is sent again", e);
      Faults.pause();
    } finally {
      busy.remove(commitment.requester());
      threads.remove(Thread.currentThread());
      due.release();
    }
  }

  /** Tells the outcome; empty if the requester has heard it, else why not, in one sentence. */
  private Optional<String> tell(Commitment commitment, ReportLine open)
      throws InterruptedException {
    boolean address = settings.peers().containsKey(commitment.requester());
    ReportLine line = address ? known : open;
    try {
      Optional<DimseStatus> status =
          line.tell(
              commitment.requester(), requests.report(commitment), settings.timeout());
      return status.isEmpty()
          ? Optional.of("It has no association open, and its address is not known.")
          : trouble(status.get());
    } catch (AssociationException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Optional.of("The peer does not answer.");
    }
  }

  private static Optional<String> trouble(DimseStatus status) {
    return status.isSuccess() || status.isWarning()
        ? Optional.empty()
        : Optional.of("The peer answered %04X.".formatted(status.code()));
  }

  /** Reports nothing more, and waits a little for what is under way; the rest is done later. */
  @Override
  public void close() {
    closing = true;
    asked.release();
    due.release();
    Faults.join(List.copyOf(threads), GRACE);
  }
}
