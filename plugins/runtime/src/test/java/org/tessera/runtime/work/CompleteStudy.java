package org.tessera.runtime.work;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tessera.runtime.store.Database;
import org.tessera.runtime.work.StudyArrivals.Arrival;

/** Cases to work on. */
public final class CompleteStudy {
  private static final CompletenessRule AT_ONCE =
      new CompletenessRule(Duration.ZERO, Duration.ZERO);

  private CompleteStudy() {}

  /** The case of a study of one object that has arrived; made complete if there is none yet. */
  public static WorkCase in(Database database, String study) {
    CaseQueue queue = new CaseQueue(database);
    String name = CaseQueue.nameOf(study);
    Optional<WorkCase> known = queue.find(name);
    if (known.isEmpty()) {
      Instant now = Instant.now();
      long id = new StudyArrivals(database).cursor() + 1;
      arrive(database, id, study, 0, now.minusSeconds(1));
      queue.complete(AT_ONCE, now);
    }
    return queue.find(name).orElseThrow();
  }

  /** An object comes: into the index, and to the case of its study. */
  static void arrive(Database database, long id, String study, int expected, Instant when) {
    database.change(
        handle ->
            handle.execute(
                """
                insert into instance (id, sop_instance_uid, version, sha256, size_bytes,
                  sop_class_uid, transfer_syntax_uid, study_instance_uid, series_instance_uid,
                  patient_id, issuer_of_patient_id, accession_number, modality, source, received)
                values (?, ?, 1, 'x', 1, '1', '1', ?, '1', 'P', '', '', 'CT', 'S', ?)
                """,
                id,
                "2.25." + id,
                study,
                CaseRows.time(when)));
    new StudyArrivals(database).arrived(List.of(new Arrival(id, study, expected)), when);
  }
}
