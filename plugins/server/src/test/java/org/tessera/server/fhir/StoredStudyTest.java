package org.tessera.server.fhir;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Tag;
import org.tessera.runtime.Phantoms;
import org.tessera.server.ServerUnderTest;
import org.tessera.validation.phantom.PhantomConditions;

/** A record that names a study of the store is analysed together with it. */
@Timeout(300)
class StoredStudyTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path data = Path.of("");
  @TempDir private Path phantoms = Path.of("");

  @Test
  void anImagingStudyBringsTheImagesThatWereStored() throws Exception {
    Phantoms.write(phantoms, 3, 4, PhantomConditions.Odds.NONE, number -> {});
    Path image;
    try (Stream<Path> files = Files.walk(phantoms)) {
      image = files.filter(each -> each.endsWith("image.dcm")).sorted().findFirst().orElseThrow();
    }
    String study = DicomFile.read(image).dataset().string(Tag.StudyInstanceUID).orElseThrow();
    try (ServerUnderTest server = ServerUnderTest.start(data)) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes("--b\r\nContent-Type: application/dicom\r\n\r\n".getBytes(US_ASCII));
      body.writeBytes(Files.readAllBytes(image));
      body.writeBytes("\r\n--b--".getBytes(US_ASCII));
      HttpResponse<String> stored =
          server.send(
              server
                  .request("/dicomweb/studies")
                  .header(
                      "Content-Type", "multipart/related; type=\"application/dicom\"; boundary=b")
                  .POST(BodyPublishers.ofByteArray(body.toByteArray())));
      assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);

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
      HttpResponse<String> answer =
          server.send(
              server
                  .request("/fhir/$analyze")
                  .header("Content-Type", "application/fhir+json")
                  .POST(BodyPublishers.ofString(record.toString())));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body())
          .contains("urn:oid:" + study)
          .contains("is not in the store and was not read.");
    }
  }
}
