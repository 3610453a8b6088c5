package org.tessera.runtime.work;

import static org.tessera.runtime.work.CaseRows.time;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.tessera.runtime.store.Database;

/**
 * Records that belong to the case of a study, or wait for it. A record belongs to a study if both
 * name the same patient (the identifier and its issuer) and the record names the study or its
 * accession number; never by a name. Safe for several threads.
 */
public final class JoinedRecords {
  /** What joins a record (k) and an object (i). */
  private static final String SAME =
      """
      i.patient_id = k.patient and upper(i.issuer_of_patient_id) = k.issuer
        and (k.target = 'study ' || i.study_instance_uid
          or (i.accession_number <> '' and k.target = 'accession ' || i.accession_number))
      """;

  /**
   * What a record is known by.
   *
   * @param patient identifier
   * @param issuer of it, as the objects of studies name it; may be empty where they name none
   * @param target {@code study UID} or {@code accession NUMBER}
   */
  public record Key(String patient, String issuer, String target) {
    public Key {
      issuer = issuer.toUpperCase(Locale.ROOT);
    }
  }

  private final Database database;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public JoinedRecords(Database database) {
    this.database = database;
  }

  /** Adds somebody who is told that a case may have changed. */
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * Takes a record. It is on the disk when this returns; the same record again changes nothing.
   *
   * @param content FHIR in JSON
   * @return names of the cases that it belongs to now; empty if it waits
   */
  public List<String> add(String content, Set<Key> keys) {
    String sha256 = sha256(content);
    Instant now = Instant.now();
    List<String> cases =
        database.durably(
            handle -> {
              Optional<Long> known = known(handle, sha256);
              long id =
                  known.isPresent() ? known.get() : insert(handle, sha256, content, keys, now);
              List<String> studies = studies(handle, id);
              List<String> names = studies.stream().map(CaseQueue::nameOf).toList();
              if (known.isEmpty()) {
                names.forEach(each -> StudyArrivals.recordArrived(handle, each, now));
              }
              return names;
            });
    listeners.forEach(Runnable::run);
    return cases;
  }

  private static String sha256(String content) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private static Optional<Long> known(Handle handle, String sha256) {
    return handle
        .createQuery("select id from case_record where sha256 = :sha256")
        .bind("sha256", sha256)
        .mapTo(Long.class)
        .findOne();
  }

  private static long insert(
      Handle handle, String sha256, String content, Set<Key> keys, Instant now) {
    long id =
        handle
            .createUpdate(
                """
                insert into case_record (sha256, received, content)
                values (:sha256, :received, :content)
                """)
            .bind("sha256", sha256)
            .bind("received", time(now))
            .bind("content", content)
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    for (Key each : keys) {
      handle.execute(
          "insert into case_record_key (record_id, patient, issuer, target) values (?, ?, ?, ?)",
          id,
          each.patient(),
          each.issuer(),
          each.target());
    }
    return id;
  }

  /** The studies that are here and that a record belongs to. */
  private static List<String> studies(Handle handle, long record) {
    return handle
        .createQuery(
            "select distinct i.study_instance_uid from case_record_key k join instance i on "
                + SAME
                + " where k.record_id = :record and i.study_instance_uid <> ''"
                + " order by i.study_instance_uid")
        .bind("record", record)
        .mapTo(String.class)
        .list();
  }

  /** The last record that belongs to a study; 0 if there is none. */
  static long newest(Handle handle, String study) {
    return handle
        .createQuery(
            "select coalesce(max(k.record_id), 0) from instance i join case_record_key k on "
                + SAME
                + " where i.study_instance_uid = :study")
        .bind("study", study)
        .mapTo(Long.class)
        .one();
  }

  /** The records of a study up to one of them, in the order of their arrival. */
  List<String> of(String study, long last) {
    return database.with(
        handle ->
            handle
                .createQuery(
                    "select content from case_record where id <= :last and id in"
                        + " (select k.record_id from instance i join case_record_key k on "
                        + SAME
                        + " where i.study_instance_uid = :study) order by id")
                .bind("study", study)
                .bind("last", last)
                .mapTo(String.class)
                .list());
  }
}
