package org.tessera.runtime.work;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;
import org.tessera.runtime.store.InstanceListener;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoredInstance;
import org.tessera.runtime.work.StudyArrivals.Arrival;

/**
 * Makes cases of the studies that arrive. Only images do: reports, masks and presentation states,
 * those of this program among them, begin no case and no revision.
 */
public final class StudyIntake implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(StudyIntake.class);
  private static final int MOST_TOGETHER = 256;
  private static final long STEP_MILLIS = 500;

  private final ObjectStore store;
  private final StudyArrivals arrivals;
  private final CaseQueue queue;
  private final CompletenessRule rule;
  private final Semaphore news = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closing;

  private StudyIntake(ObjectStore store, CaseQueue queue, CompletenessRule rule) {
    this.store = store;
    this.arrivals = new StudyArrivals(store.database());
    this.queue = queue;
    this.rule = rule;
    this.thread = Thread.ofPlatform().name("study-intake").unstarted(this::run);
  }

  /** Begins behind the last object that was dealt with. */
  public static StudyIntake start(ObjectStore store, CaseQueue queue, CompletenessRule rule) {
    StudyIntake intake = new StudyIntake(store, queue, rule);
    intake.arrivals.lookAgain(Instant.now());
    InstanceListener listener = instance -> intake.news.release();
    store.addListener(listener);
    intake.thread.start();
    return intake;
  }

  private void run() {
    while (!closing) {
      try {
        step();
        if (news.tryAcquire(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        Faults.log(LOG, "New objects could not be made cases; it is tried again", e);
        store.database().reconnect();
        Faults.pause();
      }
    }
  }

  /** Deals with what is there, and looks which studies are complete. */
  void step() {
    List<StoredInstance> objects = store.index().after(arrivals.cursor(), MOST_TOGETHER);
    while (!objects.isEmpty()) {
      List<Arrival> seen = new ArrayList<>();
      objects.forEach(each -> seen.add(arrival(each)));
      arrivals.arrived(seen, Instant.now());
      objects = store.index().after(objects.getLast().id(), MOST_TOGETHER);
    }
    queue.complete(rule, Instant.now());
  }

  private Arrival arrival(StoredInstance object) {
    if (!isImage(object.header().sopClassUid())) {
      return new Arrival(object.id(), "", 0);
    }
    return new Arrival(object.id(), object.header().studyInstanceUid(), expected(object));
  }

  static boolean isImage(String sopClass) {
    String name = UidDictionary.name(sopClass).orElse("Private Image Storage");
    return name.contains("Image Storage") || name.contains("Volume Storage");
  }

  private int expected(StoredInstance object) {
    try {
      return Math.max(
          0,
          DicomFile.read(store.file(object))
              .dataset()
              .integer(Tag.NumberOfStudyRelatedInstances, 0));
    } catch (IOException | RejectedInputException | RuntimeException e) {
      // Whether it can be read is asked again, by the analysis.
      return 0;
    }
  }

  /** Looks at once which studies are complete. */
  public void wake() {
    news.release();
  }

  /** Ends after the step that is under way. */
  @Override
  public void close() {
    closing = true;
    news.release();
    Faults.join(thread);
  }
}
