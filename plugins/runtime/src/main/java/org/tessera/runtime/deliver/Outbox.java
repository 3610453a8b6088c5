package org.tessera.runtime.deliver;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.tessera.runtime.store.Database;
import org.tessera.runtime.work.WorkCase;

/** What has to be sent and what became of it, in the database. Safe for several threads. */
public final class Outbox {
  private static final String SELECT =
      "select d.*, c.name as case_name from delivery d join work_case c on c.id = d.case_id ";
  private static final int LONGEST_SENTENCE = 1000;

  private final Database database;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public Outbox(Database database) {
    this.database = database;
  }

  /** Adds somebody who is told that something may have to be sent. */
  void addListener(Runnable listener) {
    listeners.add(listener);
  }

  void tell() {
    listeners.forEach(Runnable::run);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /**
   * Notes that objects have to be sent, within the transaction that notes the result. What an
   * earlier revision still had to send is superseded.
   *
   * @return how many deliveries were added; an object that a destination is to have already is not
   *     added again
   */
  int add(
      Handle handle,
      WorkCase work,
      List<ResultFiles.Sendable> objects,
      List<Destination> destinations,
      Instant now) {
    handle.execute(
        """
        update delivery set state = 'superseded', changed = ?,
          sentence = 'A later revision is sent in its place.'
        where case_id = ? and revision < ? and state in ('waiting', 'dead')
        """,
        time(now),
        work.id(),
        work.revision());
    return addBeside(handle, work, objects, destinations, now);
  }

  /** The same, but what an earlier revision still has to send is sent too, and before it. */
  int addBeside(
      Handle handle,
      WorkCase work,
      List<ResultFiles.Sendable> objects,
      List<Destination> destinations,
      Instant now) {
    int added = 0;
    for (Destination destination : destinations) {
      for (ResultFiles.Sendable object : objects) {
        if (destination.takes(object.kind())) {
          added += add(handle, work, object, destination.name(), now);
        }
      }
    }
    return added;
  }

  private static int add(
      Handle handle,
      WorkCase work,
      ResultFiles.Sendable object,
      String destination,
      Instant now) {
    return handle
        .createUpdate(
            """
            insert into delivery (case_id, revision, destination, kind, file, object, state,
              attempts, not_before, sentence, created, changed)
            select :case, :revision, :destination, :kind, :file, :object, 'waiting', 0,
              cast(:now as timestamp(6) with time zone), '',
              cast(:now as timestamp(6) with time zone), cast(:now as timestamp(6) with time zone)
            where not exists (select 1 from delivery
              where destination = :destination and kind = :kind and object = :object)
            """)
        .bind("case", work.id())
        .bind("revision", work.revision())
        .bind("destination", destination)
        .bind("kind", object.kind())
        .bind("file", object.file())
        .bind("object", object.object())
        .bind("now", time(now))
        .execute();
  }

  /**
   * After a start: what was being sent is sent again, since nobody knows whether it arrived. Cases
   * of which nothing is left to send are delivered, whatever an earlier version left them as.
   */
  void recover() {
    database.change(
        handle -> {
          handle.execute("update delivery set state = 'waiting' where state = 'sending'");
          handle.execute(
              """
              update work_case set state = 'delivered' where state = 'delivering'
                and exists (select 1 from delivery d
                  where d.case_id = work_case.id and d.revision = work_case.revision)
                and not exists (select 1 from delivery d
                  where d.case_id = work_case.id and d.revision = work_case.revision
                    and d.state <> 'delivered')
              """);
        });
  }

  /** The same for one destination, while nobody sends to it: the database was away meanwhile. */
  void recover(String destination) {
    database.change(
        handle ->
            handle.execute(
                "update delivery set state = 'waiting' where state = 'sending' and destination = ?",
                destination));
  }

  /** Takes the next object for a destination; never one while an earlier revision is under way. */
  Optional<Delivery> claim(String destination, Instant now) {
    Optional<Delivery> next =
        database.with(
            handle ->
                handle
                    .createQuery(
                        SELECT
                            + """
                            where d.destination = :destination and d.state = 'waiting'
                              and d.not_before <= :now
                              and not exists (select 1 from delivery e
                                where e.case_id = d.case_id and e.destination = d.destination
                                  and e.revision < d.revision
                                  and e.state in ('waiting', 'sending'))
                            order by d.not_before, d.id limit 1
                            """)
                    .bind("destination", destination)
                    .bind("now", time(now))
                    .map(Outbox::row)
                    .findOne());
    next.ifPresent(
        each ->
            database.change(
                handle ->
                    handle.execute(
                        "update delivery set state = 'sending', attempts = attempts + 1,"
                            + " changed = ? where id = ?",
                        time(now),
                        each.id())));
    return next.flatMap(each -> find(each.id()));
  }

  /** Notes that a destination has an object; the case is delivered when all have all. */
  void delivered(Delivery delivery, String sentence) {
    Instant now = Instant.now();
    database.change(
        handle -> {
          // Two that end at the same time would each see the other one as not delivered yet.
          handle
              .createQuery("select id from work_case where id = :id for update")
              .bind("id", delivery.caseId())
              .mapTo(Long.class)
              .list();
          move(handle, delivery, DeliveryState.DELIVERED, sentence, now);
          // It works again: what waits for it need not wait any longer.
          handle.execute(
              "update delivery set not_before = ?"
                  + " where destination = ? and state = 'waiting' and not_before > ?",
              time(now),
              delivery.destination(),
              time(now));
          handle.execute(
              """
              update work_case set state = 'delivered', changed = ?
              where id = ? and revision = ? and state = 'delivering'
                and not exists (select 1 from delivery d
                  where d.case_id = work_case.id and d.revision = work_case.revision
                    and d.state <> 'delivered')
              """,
              time(now),
              delivery.caseId(),
              delivery.revision());
        });
  }

  /** Notes that an object is to be sent again; not if a later revision is there. */
  void later(Delivery delivery, String sentence, Duration wait) {
    Instant now = Instant.now();
    database.change(
        handle -> {
          move(handle, delivery, DeliveryState.WAITING, sentence, now);
          handle.execute(
              "update delivery set not_before = ? where id = ?",
              time(now.plus(wait)),
              delivery.id());
          handle.execute(
              """
              update delivery set state = 'superseded' where id = ? and exists (
                select 1 from delivery e where e.case_id = ? and e.destination = ?
                  and e.revision > ?)
              """,
              delivery.id(),
              delivery.caseId(),
              delivery.destination(),
              delivery.revision());
        });
  }

  /** Notes that an object was given up. */
  void dead(Delivery delivery, String sentence) {
    database.change(
        handle -> move(handle, delivery, DeliveryState.DEAD, sentence, Instant.now()));
  }

  private static void move(
      Handle handle, Delivery delivery, DeliveryState to, String sentence, Instant now) {
    handle.execute(
        "update delivery set state = ?, sentence = ?, changed = ? where id = ?",
        to.wireName(),
        sentence.length() > LONGEST_SENTENCE ? sentence.substring(0, LONGEST_SENTENCE) : sentence,
        time(now),
        delivery.id());
  }

  /**
   * Sends a dead letter again.
   *
   * @return false if there is none with this id
   */
  public boolean replay(long id) {
    return replay("state = 'dead' and id = ?", id) == 1;
  }

  /** Sends all dead letters again; tells how many. */
  public int replayAll() {
    return replay("state = 'dead' and id <> ?", -1);
  }

  private int replay(String which, long id) {
    int replayed =
        database.durably(
            handle -> {
              OffsetDateTime now = time(Instant.now());
              return handle.execute(
                  "update delivery set state = 'waiting', attempts = 0, not_before = ?,"
                      + " changed = ?, sentence = 'Replayed by a person.' where "
                      + which,
                  now,
                  now,
                  id);
            });
    tell();
    return replayed;
  }

  public Optional<Delivery> find(long id) {
    return database.with(
        handle ->
            handle
                .createQuery(SELECT + "where d.id = :id")
                .bind("id", id)
                .map(Outbox::row)
                .findOne());
  }

  /** What has not ended well yet, dead letters first; then what ended last. */
  public List<Delivery> newest(int most) {
    return database.with(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + """
                        order by case d.state when 'dead' then 0 when 'sending' then 1
                          when 'waiting' then 1 else 2 end, d.changed desc, d.id desc limit :most
                        """)
                .bind("most", most)
                .map(Outbox::row)
                .list());
  }

  /** The deliveries of a case, in the order of their making. */
  public List<Delivery> of(long caseId) {
    return database.with(
        handle ->
            handle
                .createQuery(SELECT + "where d.case_id = :case order by d.id")
                .bind("case", caseId)
                .map(Outbox::row)
                .list());
  }

  /** The cases of which something was given up. */
  public Set<Long> casesWithDeadLetters() {
    return database.with(
        handle ->
            Set.copyOf(
                handle
                    .createQuery("select distinct case_id from delivery where state = 'dead'")
                    .mapTo(Long.class)
                    .list()));
  }

  /** When the dead letter was given up that waits longest for a person; empty if there is none. */
  public Optional<Instant> oldestDead() {
    return database.with(
        handle ->
            handle
                .createQuery(
                    "select changed from delivery where state = 'dead' order by changed limit 1")
                .map((row, context) -> row.getObject("changed", OffsetDateTime.class).toInstant())
                .findOne());
  }

  /** How many deliveries are in each state. */
  public Map<DeliveryState, Long> counts() {
    Map<DeliveryState, Long> counts = new EnumMap<>(DeliveryState.class);
    for (DeliveryState state : DeliveryState.values()) {
      counts.put(state, 0L);
    }
    database.with(
        handle -> {
          handle
              .createQuery("select state, count(*) as n from delivery group by state")
              .map((row, context) ->
                  counts.put(DeliveryState.of(row.getString("state")), row.getLong("n")))
              .list();
          return counts;
        });
    return counts;
  }

  private static Delivery row(ResultSet row, StatementContext context) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getLong("case_id"),
        row.getString("case_name"),
        row.getInt("revision"),
        row.getString("destination"),
        row.getString("kind"),
        row.getString("file"),
        row.getString("object"),
        DeliveryState.of(row.getString("state")),
        row.getInt("attempts"),
        row.getObject("not_before", OffsetDateTime.class).toInstant(),
        row.getString("sentence"),
        row.getObject("changed", OffsetDateTime.class).toInstant());
  }
}
