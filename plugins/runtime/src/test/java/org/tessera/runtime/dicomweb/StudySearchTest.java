package org.tessera.runtime.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;
import org.tessera.runtime.store.Incoming;
import org.tessera.runtime.store.ObjectIdentity;
import org.tessera.runtime.store.ObjectStore;

/** Searches over the store on H2; {@link PostgresStudySearchTest} runs the same tests. */
class StudySearchTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TransferSyntax SYNTAX = TransferSyntax.EXPLICIT_LITTLE;

  /** The database of one test; empty is H2 in the folder of the store. */
  String url() throws Exception {
    return "";
  }

  private ObjectStore open(Path folder, String url) throws Exception {
    return ObjectStore.open(new ObjectStore.Settings(folder, url, "", "", 0));
  }

  private static Attributes image(int study, int series, int instance, String name) {
    return new Attributes()
        .setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192")
        .setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage)
        .setString(Tag.SOPInstanceUID, VR.UI, "2.25.%d%d%d".formatted(study, series, instance))
        .setString(Tag.StudyDate, VR.DA, "2026010" + study)
        .setString(Tag.Modality, VR.CS, series == 1 ? "CT" : "SR")
        .setString(Tag.PatientName, VR.PN, name)
        .setString(Tag.PatientID, VR.LO, "P_" + study)
        .setString(Tag.StudyInstanceUID, VR.UI, "2.25." + study)
        .setString(Tag.SeriesInstanceUID, VR.UI, "2.25.%d%d".formatted(study, series))
        .setString(Tag.InstanceNumber, VR.IS, Integer.toString(instance));
  }

  private static void store(ObjectStore store, Attributes image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DicomOutputStream(bytes).writeDataset(image, SYNTAX);
    String instance = image.string(Tag.SOPInstanceUID).orElseThrow();
    ObjectIdentity identity = new ObjectIdentity(UID.CTImageStorage, instance, SYNTAX);
    try (Incoming incoming = store.begin(identity, "SENDER")) {
      incoming.write(bytes.toByteArray());
      store.finish(incoming).join();
    }
  }

  private static List<String> found(
      StudySearch search, QueryLevel level, int tag, String... parameters) throws Exception {
    Map<String, List<String>> given = new TreeMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      given.put(parameters[i], List.of(parameters[i + 1]));
    }
    String json = search.search(level, Optional.empty(), Optional.empty(), given, "base").json();
    List<String> values = new ArrayList<>();
    for (JsonNode each : MAPPER.readTree(json)) {
      values.add(each.path("%08X".formatted(tag)).path("Value").path(0).asText());
    }
    return values;
  }

  @Test
  void findsStudiesSeriesAndInstancesByWhatTheySay(@TempDir Path folder) throws Exception {
    String url = url();
    try (ObjectStore store = open(folder, url)) {
      for (int instance = 12; instance >= 9; instance--) {
        store(store, image(1, 1, instance, "Müller^Anna"));
      }
      store(store, image(1, 2, 1, "Müller^Anna"));
      store(store, image(2, 1, 1, "Kim%_^Minjun"));
      StudySearch search = new StudySearch(new StudyIndex(store));
      int study = Tag.StudyInstanceUID;
      assertThat(found(search, QueryLevel.STUDY, study)).containsExactly("2.25.2", "2.25.1");
      assertThat(found(search, QueryLevel.STUDY, study, "PatientName", "müller*"))
          .containsExactly("2.25.1");
      assertThat(found(search, QueryLevel.STUDY, study, "PatientName", "kim%_^minjun"))
          .containsExactly("2.25.2");
      assertThat(found(search, QueryLevel.STUDY, study, "PatientID", "P?2*"))
          .containsExactly("2.25.2");
      assertThat(found(search, QueryLevel.STUDY, study, "PatientID", "P%")).isEmpty();
      assertThat(found(search, QueryLevel.STUDY, study, "StudyDate", "20260102-"))
          .containsExactly("2.25.2");
      assertThat(found(search, QueryLevel.STUDY, study, "ModalitiesInStudy", "SR"))
          .containsExactly("2.25.1");
      assertThat(found(search, QueryLevel.STUDY, Tag.NumberOfStudyRelatedInstances))
          .containsExactly("1", "5");
      assertThat(found(search, QueryLevel.SERIES, Tag.SeriesInstanceUID))
          .containsExactly("2.25.11", "2.25.12", "2.25.21");
      assertThat(
              found(
                  search,
                  QueryLevel.INSTANCE,
                  Tag.InstanceNumber,
                  "SeriesInstanceUID",
                  "2.25.11"))
          .containsExactly("9", "10", "11", "12");
      assertThat(
              found(search, QueryLevel.INSTANCE, Tag.SOPInstanceUID, "limit", "2", "offset", "1"))
          .containsExactly("2.25.1110", "2.25.1111");
    }
  }

  @Test
  void whatCameBeforeIsFoundAfterARestartAndOddBytesDoNoHarm(@TempDir Path folder)
      throws Exception {
    String url = url();
    try (ObjectStore store = open(folder, url)) {
      store(store, image(1, 1, 1, "A\0B^C"));
      new StudyIndex(store).update();
      store(store, image(3, 1, 1, "x".repeat(70) + "^" + "\u00e9".repeat(60)));
    }
    try (ObjectStore store = open(folder, url)) {
      StudySearch search = new StudySearch(new StudyIndex(store));
      assertThat(found(search, QueryLevel.STUDY, Tag.StudyInstanceUID))
          .containsExactly("2.25.3", "2.25.1");
    }
  }
}
