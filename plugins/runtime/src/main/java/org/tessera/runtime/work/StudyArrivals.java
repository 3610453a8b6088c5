package org.tessera.runtime.work;

import static org.tessera.runtime.work.CaseRows.time;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.tessera.runtime.store.Database;
import org.tessera.runtime.work.CaseRevision.Outcome;

/** What new objects do to the cases of their studies. */
final class StudyArrivals {
  private static final String READER = "studies";

  private final Database database;

  /**
   * A new object.
   *
   * @param id in the index
   * @param study Study Instance UID; empty if it makes no case
   * @param expected objects of its study, as it says itself; 0 if it does not
   */
  record Arrival(long id, String study, int expected) {}

  StudyArrivals(Database database) {
    this.database = database;
  }

  /** The last object that was dealt with. */
  long cursor() {
    return database.with(
        handle ->
            handle
                .createQuery("select last_id from work_cursor where reader = :reader")
                .bind("reader", READER)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
  }

  /** Deals with objects, and notes that it was done, in one transaction. */
  void arrived(List<Arrival> objects, Instant now) {
    database.change(
        handle -> {
          for (Arrival each : objects) {
            if (!each.study().isEmpty()) {
              arrived(handle, each, now);
            }
          }
          long last = objects.getLast().id();
          int known =
              handle.execute(
                  "update work_cursor set last_id = ? where reader = ?", last, READER);
          if (known == 0) {
            handle.execute("insert into work_cursor (reader, last_id) values (?, ?)", READER, last);
          }
        });
  }

  private static void arrived(Handle handle, Arrival object, Instant now) {
    String name = CaseQueue.nameOf(object.study());
    Optional<WorkCase> known = CaseRows.named(handle, name);
    if (known.isEmpty()) {
      CaseRows.insert(handle, fresh(object.study(), now));
    }
    WorkCase work = known.or(() -> CaseRows.named(handle, name)).orElseThrow();
    handle.execute(
        "update work_case set arrived_id = ?, last_seen = ?, expected = ? where id = ?",
        object.id(),
        time(now),
        Math.max(work.expected(), object.expected()),
        work.id());
    switch (work.state()) {
      // The worker has its images; it looks for later ones when it is done.
      // What was withdrawn waits for a person.
      case RECEIVING, ANALYSING, WITHDRAWN -> {}
      case COMPLETE, ANALYSED, DELIVERING, DELIVERED, QUARANTINED, SHADOW ->
          reopen(handle, work, now);
    }
  }

  private static WorkCase fresh(String study, Instant now) {
    return new WorkCase(
        0,
        CaseQueue.nameOf(study),
        study,
        CaseState.RECEIVING,
        1,
        0,
        now,
        "",
        0,
        0,
        0,
        0,
        now,
        now,
        now);
  }

  /** Begins the next revision, or the same anew where it has no result. */
  private static void reopen(Handle handle, WorkCase work, Instant now) {
    boolean analysed =
        CaseRows.revisions(handle, work.id()).stream()
            .anyMatch(
                each ->
                    each.revision() == work.revision() && each.outcome() != Outcome.NONE);
    CaseRows.move(
        handle,
        work,
        CaseState.RECEIVING,
        analysed ? "An object or a record came after the case was analysed." : "",
        now);
    handle.execute(
        "update work_case set revision = ?, attempts = 0, instances = 0, frozen_id = 0"
            + " where id = ?",
        analysed ? work.revision() + 1 : work.revision(),
        work.id());
  }

  /** Begins the next revision if objects came while a worker had the case. */
  static void reopenIfLate(Handle handle, WorkCase claimed, Instant now) {
    CaseRows.named(handle, claimed.name())
        .filter(each -> each.state() != CaseState.RECEIVING)
        .filter(each -> each.state() != CaseState.WITHDRAWN)
        .filter(each -> each.arrivedId() > each.frozenId() || recordIsLate(handle, each))
        .ifPresent(each -> reopen(handle, each, now));
  }

  private static boolean recordIsLate(Handle handle, WorkCase work) {
    long known =
        CaseRows.revisions(handle, work.id()).stream()
            .filter(each -> each.revision() == work.revision())
            .mapToLong(CaseRevision::frozenRecord)
            .findFirst()
            .orElse(0);
    return JoinedRecords.newest(handle, work.subject()) > known;
  }

  /** A record came that belongs to the study of a case, if that is there already. */
  static void recordArrived(Handle handle, String name, Instant now) {
    // Takes the row: whoever notes a result of the case at this moment does so before or after.
    handle.execute("update work_case set changed = changed where name = ?", name);
    Optional<WorkCase> work = CaseRows.named(handle, name);
    if (work.isPresent()) {
      switch (work.get().state()) {
        case RECEIVING, ANALYSING, WITHDRAWN -> {}
        case COMPLETE, ANALYSED, DELIVERING, DELIVERED, QUARANTINED, SHADOW ->
            reopen(handle, work.get(), now);
      }
    }
  }

  /** Analyses a case again: the same revision, or the next one where this one has a result. */
  static boolean restart(Handle handle, WorkCase work, String sentence, Instant now) {
    reopen(handle, work, now);
    WorkCase opened = CaseRows.named(handle, work.name()).orElseThrow();
    CaseRows.freeze(handle, opened, work.instances(), now);
    return CaseRows.move(handle, opened, CaseState.COMPLETE, sentence, now);
  }

  /** How many objects of a study are there. */
  static int present(Handle handle, WorkCase work) {
    return handle
        .createQuery(
            """
            select count(distinct sop_instance_uid) from instance
            where study_instance_uid = :study and id <= :last
            """)
        .bind("study", work.subject())
        .bind("last", work.arrivedId())
        .mapTo(Integer.class)
        .one();
  }

  /** After a start: whoever was sending is given the quiet time again. */
  void lookAgain(Instant now) {
    database.change(
        handle ->
            handle.execute(
                "update work_case set last_seen = ? where state = ?",
                time(now),
                CaseState.RECEIVING.wireName()));
  }
}
