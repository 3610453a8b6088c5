package org.tessera.runtime.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The rows of the objects, in H2 or PostgreSQL. Safe for several threads; only one process writes.
 */
public final class InstanceIndex {
  private final Database database;

  InstanceIndex(Database database) {
    this.database = database;
  }

  /**
   * An object that has a row.
   *
   * @param isNew false if it had one already
   */
  record Added(StoredInstance instance, boolean isNew) {}

  /**
   * Adds objects in one transaction, which is on the disk after {@link Database#sync}. The new rows
   * of one transaction have the same time.
   */
  List<Added> add(List<NewInstance> objects) {
    Instant now = Instant.now();
    return database.inTransaction(
        transaction -> {
          List<Added> added = new ArrayList<>();
          for (NewInstance object : objects) {
            added.add(add(transaction, object, now));
          }
          return added;
        });
  }

  private static Added add(Handle handle, NewInstance object, Instant now) {
    List<StoredInstance> known = find(handle, object.header().sopInstanceUid());
    Optional<StoredInstance> same =
        known.stream().filter(each -> each.sha256().equals(object.sha256())).findFirst();
    // The first versions may have been removed.
    int next = known.isEmpty() ? 1 : known.getLast().version() + 1;
    return same.map(row -> new Added(row, false))
        .orElseGet(() -> new Added(insert(handle, object, next, now), true));
  }

  private static StoredInstance insert(
      Handle handle, NewInstance object, int version, Instant now) {
    InstanceHeader header = object.header();
    long id =
        handle
            .createUpdate(
                """
                insert into instance (sop_instance_uid, version, sha256, size_bytes,
                  sop_class_uid, transfer_syntax_uid, study_instance_uid, series_instance_uid,
                  patient_id, issuer_of_patient_id, accession_number, modality, source, received)
                values (:instance, :version, :sha256, :size, :class, :syntax, :study, :series,
                  :patient, :issuer, :accession, :modality, :source, :received)
                """)
            .bind("instance", header.sopInstanceUid())
            .bind("version", version)
            .bind("sha256", object.sha256())
            .bind("size", object.size())
            .bind("class", header.sopClassUid())
            .bind("syntax", header.transferSyntaxUid())
            .bind("study", header.studyInstanceUid())
            .bind("series", header.seriesInstanceUid())
            .bind("patient", header.patientId())
            .bind("issuer", header.issuerOfPatientId())
            .bind("accession", header.accessionNumber())
            .bind("modality", header.modality())
            .bind("source", object.source())
            .bind("received", now.atOffset(ZoneOffset.UTC))
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    return new StoredInstance(
        id, version, object.sha256(), object.size(), header, object.source(), now);
  }

  /** True if a row names this file. */
  boolean names(String sha256) {
    return database.with(
        handle ->
            handle
                .createQuery("select count(*) from instance where sha256 = :sha256")
                .bind("sha256", sha256)
                .mapTo(Integer.class)
                .one()
                > 0);
  }

  /** All versions of an object, the first one first. */
  public List<StoredInstance> find(String sopInstanceUid) {
    return database.with(handle -> find(handle, sopInstanceUid));
  }

  private static List<StoredInstance> find(Handle handle, String sopInstanceUid) {
    return handle
        .createQuery("select * from instance where sop_instance_uid = :uid order by version")
        .bind("uid", sopInstanceUid)
        .map(InstanceIndex::row)
        .list();
  }

  /** Objects with an id beyond that one, in order. */
  public List<StoredInstance> after(long id, int most) {
    return database.with(
        handle ->
            handle
                .createQuery("select * from instance where id > :id order by id limit :most")
                .bind("id", id)
                .bind("most", most)
                .map(InstanceIndex::row)
                .list());
  }

  /** The objects that came last, the newest first. */
  List<StoredInstance> newest(int most) {
    return database.with(
        handle ->
            handle
                .createQuery("select * from instance order by id desc limit :most")
                .bind("most", most)
                .map(InstanceIndex::row)
                .list());
  }

  /** How many objects there are. */
  public long size() {
    return database.with(
        handle -> handle.createQuery("select count(*) from instance").mapTo(Long.class).one());
  }

  void remove(StoredInstance instance) {
    database.durably(
        handle -> {
          handle.execute("delete from web_instance where instance_id = ?", instance.id());
          return handle.execute("delete from instance where id = ?", instance.id());
        });
  }

  /**
   * The objects of a study in the order of their series and SOP Instance UIDs, each as it came
   * first.
   *
   * @param through no object that came after the one with this id
   */
  public List<StoredInstance> study(String studyInstanceUid, long through, int most) {
    return database.with(
        handle ->
            handle
                .createQuery(
                    """
                    select * from instance
                    where study_instance_uid = :study and id <= :through and version = 1
                    order by series_instance_uid, sop_instance_uid limit :most
                    """)
                .bind("study", studyInstanceUid)
                .bind("through", through)
                .bind("most", most)
                .map(InstanceIndex::row)
                .list());
  }

  /** The objects of a study that came under a SOP Instance UID which another one had already. */
  public int differing(String studyInstanceUid) {
    return database.with(
        handle ->
            handle
                .createQuery(
                    "select count(*) from instance"
                        + " where study_instance_uid = :study and version > 1")
                .bind("study", studyInstanceUid)
                .mapTo(Integer.class)
                .one());
  }

  private static StoredInstance row(ResultSet row, StatementContext context)
      throws SQLException {
    InstanceHeader header =
        new InstanceHeader(
            row.getString("sop_class_uid"),
            row.getString("sop_instance_uid"),
            row.getString("transfer_syntax_uid"),
            row.getString("study_instance_uid"),
            row.getString("series_instance_uid"),
            row.getString("patient_id"),
            row.getString("issuer_of_patient_id"),
            row.getString("accession_number"),
            row.getString("modality"));
    return new StoredInstance(
        row.getLong("id"),
        row.getInt("version"),
        row.getString("sha256"),
        row.getLong("size_bytes"),
        header,
        row.getString("source"),
        row.getObject("received", OffsetDateTime.class).toInstant());
  }
}
