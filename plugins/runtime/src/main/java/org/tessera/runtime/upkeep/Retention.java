package org.tessera.runtime.upkeep;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.runtime.store.ObjectStore;

/**
 * Removes the objects of studies whose time is over: the case is delivered, it has not changed and
 * no object of the study has come since. Never those of a case in any other state, nor objects
 * without a case. Results and the rows of cases stay.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int TOGETHER = 100;

  private final ObjectStore store;
  private final Duration age;

  /**
   * The rule.
   *
   * @param age since the last change of the case and the last object
   */
  public Retention(ObjectStore store, Duration age) {
    this.store = store;
    this.age = age;
  }

  private record Over(long id, String name, String study, long arrived) {}

  /**
   * Removes what is over at that time.
   *
   * @param end is asked before each study
   * @return how many objects were removed
   */
  public int sweep(Instant now, BooleanSupplier end) throws IOException {
    OffsetDateTime before = now.minus(age).atOffset(ZoneOffset.UTC);
    int removed = 0;
    List<Over> over = over(before);
    while (!over.isEmpty() && !end.getAsBoolean()) {
      int more = 0;
      for (Over each : over) {
        if (!end.getAsBoolean()) {
          more += remove(each, before, now);
        }
      }
      removed += more;
      // A case that somebody else has taken up meanwhile is looked at the next time.
      over = more == 0 ? List.of() : over(before);
    }
    removeFiles(end);
    return removed;
  }

  private List<Over> over(OffsetDateTime before) {
    return store
        .database()
        .with(
            handle ->
                handle
                    .createQuery(
                        """
                        select id, name, subject, arrived_id from work_case c
                        where state = 'delivered' and changed < :before and last_seen < :before
                          and exists (select 1 from instance i
                            where i.study_instance_uid = c.subject)
                          and not exists (select 1 from instance i
                            where i.study_instance_uid = c.subject and i.received >= :before)
                        order by id limit :most
                        """)
                    .bind("before", before)
                    .bind("most", TOGETHER)
                    .map(
                        (row, context) ->
                            new Over(
                                row.getLong("id"),
                                row.getString("name"),
                                row.getString("subject"),
                                row.getLong("arrived_id")))
                    .list());
  }

  private int remove(Over over, OffsetDateTime before, Instant now) {
    int removed =
        store.database().durably(handle -> isStillOver(handle, over) ? rows(handle, over, now) : 0);
    if (removed > 0) {
      LOG.info("Retention removed {} objects of {}: delivered before {}.", removed, over.name(),
          before);
    }
    return removed;
  }

  /** Also takes the row, so that nobody moves the case before this transaction ends. */
  private static boolean isStillOver(Handle handle, Over over) {
    return handle.execute(
            "update work_case set changed = changed"
                + " where id = ? and state = 'delivered' and arrived_id = ?",
            over.id(),
            over.arrived())
        == 1;
  }

  private static int rows(Handle handle, Over over, Instant now) {
    String study = over.study();
    int objects =
        handle
            .createQuery(
                "select count(distinct sop_instance_uid) from instance"
                    + " where study_instance_uid = :study")
            .bind("study", study)
            .mapTo(Integer.class)
            .one();
    handle.execute("delete from removed_study where study_uid = ?", study);
    handle.execute(
        "insert into removed_study values (?, ?, ?)",
        study,
        objects,
        now.atOffset(ZoneOffset.UTC));
    handle.execute(
        """
        insert into removed_blob select distinct sha256 from instance i
        where study_instance_uid = ?
          and not exists (select 1 from removed_blob b where b.sha256 = i.sha256)
        """,
        study);
    handle.execute("delete from web_instance where study_uid = ?", study);
    return handle.execute("delete from instance where study_instance_uid = ?", study);
  }

  /** What an earlier process had no time for is removed as well. */
  private void removeFiles(BooleanSupplier end) throws IOException {
    List<String> names = names();
    while (!names.isEmpty() && !end.getAsBoolean()) {
      store.removeFiles(names);
      List<String> done = names;
      store
          .database()
          .change(
              handle ->
                  handle
                      .createUpdate("delete from removed_blob where sha256 in (<names>)")
                      .bindList("names", done)
                      .execute());
      names = names();
    }
  }

  private List<String> names() {
    return store
        .database()
        .with(
            handle ->
                handle
                    .createQuery("select sha256 from removed_blob order by sha256 limit :most")
                    .bind("most", TOGETHER)
                    .mapTo(String.class)
                    .list());
  }
}
