package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Tag;

/** {@code $analyze} with a study that Orthanc has, fetched by WADO-RS from its DICOMweb plugin. */
@org.junit.jupiter.api.Tag("interop")
@Timeout(600)
class FetchedStudyTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private static String analyzed(RunningServer server, ObjectNode record) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(server.url() + "/fhir/$analyze"))
                  .header("Content-Type", "application/fhir+json")
                  .POST(BodyPublishers.ofString(record.toString()))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void aStudyOfAnArchiveOfTheSettingsIsReadAndIsNotKept() throws Exception {
    assumeTrue(RunningOrthanc.program().isPresent(), "Orthanc is not installed");
    assumeTrue(
        RunningOrthanc.dicomWebPlugin().isPresent(), "Orthanc has no plugin for DICOMweb");
    Path drawn = folder.resolve("drawn");
    assertThat(Shell.run("phantom", "--n", "1", "--seed", "3", "--out", drawn.toString()).exit())
        .isZero();
    Path image = drawn.resolve("train-00000").resolve("image.dcm");
    String study = DicomFile.read(image).dataset().string(Tag.StudyInstanceUID).orElseThrow();
    ObjectNode record =
        (ObjectNode) MAPPER.readTree(image.resolveSibling("record.json").toFile());
    for (String uid : new String[] {study, "1.2.3.4"}) {
      ObjectNode named = record.withArray("entry").addObject().putObject("resource");
      named.put("resourceType", "ImagingStudy").put("id", "s" + uid.length());
      named
          .putArray("identifier")
          .addObject()
          .put("system", "urn:dicom:uid")
          .put("value", "urn:oid:" + uid);
    }
    try (RunningOrthanc orthanc =
            RunningOrthanc.in(folder, RunningOrthanc.dicomWebPlugin()).up();
        RunningServer server =
            RunningServer.start(
                "-Xmx1500m", folder.resolve("data"), "fetch.dicomweb=" + orthanc.dicomWeb())) {
      orthanc.post("/instances", Files.readAllBytes(image));
      String answer = analyzed(server, record);
      assertThat(answer)
          .contains("\"DiagnosticReport\"", "urn:oid:" + study)
          .contains("The archive does not have the study.")
          .contains("is not in the store and was not read.");
      assertThat(server.get("/dicomweb/studies").statusCode()).isIn(200, 204);
      assertThat(server.get("/dicomweb/studies").body()).doesNotContain(study);
      assertThat(server.terminate()).isZero();
    }
    // Without the setting nobody is asked.
    try (RunningServer server =
        RunningServer.start("-Xmx1500m", folder.resolve("other"))) {
      assertThat(analyzed(server, record)).doesNotContain("urn:oid:" + study);
      assertThat(server.terminate()).isZero();
    }
  }
}
