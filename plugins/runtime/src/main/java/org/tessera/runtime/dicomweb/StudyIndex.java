package org.tessera.runtime.dicomweb;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;
import org.tessera.runtime.store.Database;
import org.tessera.runtime.store.InstanceHeader;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoredInstance;

/**
 * What searches look at: made of the objects of the store, behind its index, and brought up to date
 * before every search; so receiving does not wait for it, and nothing that was acknowledged is
 * missed. Safe for several threads.
 */
public final class StudyIndex {
  private static final Logger LOG = LoggerFactory.getLogger(StudyIndex.class);
  private static final int TOGETHER = 200;
  private static final int LONGEST = 256;

  private final ObjectStore store;
  private final Database database;
  private long through = -1;

  public StudyIndex(ObjectStore store) {
    this.store = store;
    this.database = store.database();
  }

  Database database() {
    return database;
  }

  /** Takes in what the store has received meanwhile. */
  public synchronized void update() {
    if (through < 0) {
      through =
          database.with(
              handle ->
                  handle
                      .createQuery("select coalesce(max(instance_id), 0) from web_instance")
                      .mapTo(Long.class)
                      .one());
    }
    List<StoredInstance> next = store.index().after(through, TOGETHER);
    while (!next.isEmpty()) {
      add(next);
      through = next.getLast().id();
      next = store.index().after(through, TOGETHER);
    }
  }

  private void add(List<StoredInstance> instances) {
    List<StoredInstance> first =
        instances.stream().filter(each -> each.version() == 1).toList();
    if (first.isEmpty()) {
      return;
    }
    database.change(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  """
                  insert into web_instance values (:id, :study, :series, :sop, :class, :modality,
                    :name, :patient, :issuer, :date, :time, :accession, :referring, :studyId,
                    :studyDescription, :seriesNumber, :seriesDescription, :number, :attributes)
                  """);
          for (StoredInstance each : first) {
            bind(batch, each);
          }
          batch.execute();
        });
  }

  private void bind(PreparedBatch batch, StoredInstance instance) {
    InstanceHeader header = instance.header();
    Attributes dataset = dataset(instance);
    batch
        .bind("id", instance.id())
        .bind("study", header.studyInstanceUid())
        .bind("series", header.seriesInstanceUid())
        .bind("sop", header.sopInstanceUid())
        .bind("class", header.sopClassUid())
        .bind("modality", header.modality())
        .bind("name", folded(text(dataset, Tag.PatientName)))
        .bind("patient", header.patientId())
        .bind("issuer", header.issuerOfPatientId())
        .bind("date", cut(text(dataset, Tag.StudyDate), 16))
        .bind("time", cut(text(dataset, Tag.StudyTime), 16))
        .bind("accession", header.accessionNumber())
        .bind("referring", folded(text(dataset, Tag.ReferringPhysicianName)))
        .bind("studyId", text(dataset, Tag.StudyID))
        .bind("studyDescription", folded(text(dataset, Tag.StudyDescription)))
        .bind("seriesNumber", cut(text(dataset, Tag.SeriesNumber), 16))
        .bind("seriesDescription", folded(text(dataset, Tag.SeriesDescription)))
        .bind("number", cut(text(dataset, Tag.InstanceNumber), 16))
        .bind("attributes", IndexedAttributes.json(dataset).replace("\0", ""))
        .add();
  }

  private Attributes dataset(StoredInstance instance) {
    try {
      return DicomFile.read(store.file(instance)).dataset();
    } catch (IOException | RejectedInputException | RuntimeException e) {
      LOG.warn("Object {} cannot be read again; searches know its UIDs only.", instance.id());
      InstanceHeader header = instance.header();
      return new Attributes()
          .setString(Tag.SOPClassUID, VR.UI, header.sopClassUid())
          .setString(Tag.SOPInstanceUID, VR.UI, header.sopInstanceUid())
          .setString(Tag.StudyInstanceUID, VR.UI, header.studyInstanceUid())
          .setString(Tag.SeriesInstanceUID, VR.UI, header.seriesInstanceUid());
    }
  }

  private static String text(Attributes dataset, int tag) {
    return cut(dataset.string(tag).orElse("").strip().replace("\0", ""), LONGEST);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  /** Names and descriptions are found whatever the case of their letters (PS3.4 C.2.2.2.1). */
  static String folded(String text) {
    return cut(text.toUpperCase(Locale.ROOT), LONGEST);
  }
}
