package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Tag;

/** Notes and records join a study that DCMTK sends, before and after it was analysed. */
@org.junit.jupiter.api.Tag("interop")
@Timeout(900)
class RecordJoinTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PATIENT =
      """
      {"resourceType":"Patient","id":"p","birthDate":"%s","identifier":[
       {"value":"%s","assigner":{"display":"TESSERA-PHANTOM"}}]}""";

  @TempDir private Path folder = Path.of("");

  private static HttpResponse<String> join(RunningServer server, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server.url() + "/fhir/$join"))
              .header("Content-Type", "application/fhir+json")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private static String note(String patient, String study, String text) {
    return """
        {"resourceType":"Bundle","type":"collection","entry":[{"resource":%s},
         {"resource":{"resourceType":"DocumentReference","id":"d","status":"current",
          "subject":{"reference":"Patient/p"},
          "context":{"related":[{"identifier":{"system":"urn:dicom:uid","value":"%s"}}]},
          "content":[{"attachment":{"contentType":"text/plain","data":"%s"}}]}}]}"""
        .formatted(
            patient,
            study,
            Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String await(RunningServer server, String state, int revision)
      throws IOException, InterruptedException {
    while (true) {
      JsonNode cases = ServedCases.all(server);
      if (cases.size() == 1
          && cases.get(0).path("state").asText().equals(state)
          && cases.get(0).path("revision").asInt() == revision) {
        return cases.get(0).path("id").asText();
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static List<String> kinds(RunningServer server, String name)
      throws IOException, InterruptedException {
    return MAPPER
        .readTree(server.get("/cases/" + name).body())
        .path("case")
        .path("inputs")
        .findValuesAsText("kind");
  }

  @Test
  void whatNamesThePatientAndTheStudyBecomesPartOfTheCase() throws Exception {
    assumeTrue(Peers.isInstalled("storescu"), "storescu is not installed");
    Path drawn = folder.resolve("drawn");
    assertThat(Shell.run("phantom", "--n", "1", "--seed", "77", "--out", drawn.toString()).exit())
        .isZero();
    Path image = drawn.resolve("train-00000").resolve("image.dcm");
    String study = DicomFile.read(image).dataset().string(Tag.StudyInstanceUID).orElseThrow();
    String id = "PHANTOM-TRAIN0000";
    String born = "1972-09-27";
    try (FhirReceiver record = FhirReceiver.start();
        RunningServer server =
            RunningServer.start(
                "-Xmx1500m",
                folder.resolve("data"),
                "pipeline.mode=deliver",
                "pipeline.quiet-seconds=1",
                "deliver.fhir=" + record.url())) {
      // Before the study: the note waits for it.
      HttpResponse<String> early =
          join(server, note(PATIENT.formatted(born, id), study, "Fever and cough for a week."));
      assertThat(early.statusCode()).as(early.body()).isEqualTo(202);
      assertThat(Peers.storescu(server.port(), List.of(image))).isZero();
      String name = await(server, "delivered", 1);
      assertThat(kinds(server, name)).contains("image", "note").doesNotContain("record");

      // Afterwards: the result is amended.
      ObjectNode later =
          (ObjectNode) MAPPER.readTree(image.resolveSibling("record.json").toFile());
      later
          .withArray("entry")
          .addObject()
          .putObject("resource")
          .put("resourceType", "ImagingStudy")
          .put("id", "s")
          .putArray("identifier")
          .addObject()
          .put("system", "urn:dicom:uid")
          .put("value", "urn:oid:" + study);
      HttpResponse<String> joined = join(server, later.toString());
      assertThat(joined.statusCode()).as(joined.body()).isEqualTo(200);
      assertThat(joined.body()).contains(name);
      await(server, "delivered", 2);
      assertThat(kinds(server, name)).contains("image", "note", "record");
      assertThat(record.all(DiagnosticReport.class))
          .extracting(each -> each.getStatus().toCode())
          .containsExactly("amended");

      // Of somebody else, or by a name alone: nothing joins.
      assertThat(
              join(server, note(PATIENT.formatted(born, "OTHER"), study, "Of another."))
                  .statusCode())
          .isEqualTo(202);
      HttpResponse<String> nameless =
          join(
              server,
              note(
                  "{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"text\":"
                      + "\"PHANTOM TRAIN0000\"}],\"birthDate\":\"" + born + "\"}",
                  study,
                  "By name."));
      assertThat(nameless.statusCode()).isEqualTo(422);
      assertThat(nameless.body()).contains("by a name alone nothing is joined");
      HttpResponse<String> nowhere =
          join(server, note(PATIENT.formatted(born, id), "", "Of no study."));
      assertThat(nowhere.statusCode()).isEqualTo(422);
      await(server, "delivered", 2);

      // The identity check stays: the same identifier with another birth date stops the case.
      assertThat(
              join(server, note(PATIENT.formatted("1999-01-01", id), study, "Mixed up."))
                  .statusCode())
          .isEqualTo(200);
      await(server, "quarantined", 3);
      assertThat(record.posted()).hasSize(2);
      Shell taken =
          Shell.run(
              "withdraw", name, "--by", "Dr. Kim", "--reason", "The identity is in doubt.",
              "--server", server.url());
      assertThat(taken.exit()).as(taken.err()).isZero();
      await(server, "withdrawn", 4);
      assertThat(server.terminate()).isZero();
    }
  }
}
