package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.ReportedResult;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.result.ResultReportReader;

/** A result is signed by command and withdrawn by operation, with Orthanc and a FHIR server. */
@org.junit.jupiter.api.Tag("interop")
@Timeout(900)
class ResultActsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String HEAP = "-Xmx1500m";

  @TempDir private static Path drawn = Path.of("");
  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void drawPhantoms() {
    SentStudies.drawPhantoms(drawn);
  }

  private static String await(RunningServer server, Predicate<JsonNode> wanted)
      throws Exception {
    return ServedCases.awaitOnly(server, wanted).path("id").asText();
  }

  private static void awaitPosted(FhirReceiver record, int posted) throws InterruptedException {
    while (record.posted().size() < posted) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static HttpResponse<String> withdraw(RunningServer server, String report, String why)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create(server.url() + "/fhir/DiagnosticReport/" + report + "/$withdraw"))
              .header("Content-Type", "application/fhir+json")
              .POST(
                  BodyPublishers.ofString(
                      """
                      {"resourceType":"Parameters","parameter":[
                       {"name":"practitioner","valueReference":{"display":"Dr. Lee",
                        "identifier":{"system":"urn:oid:1.2.3","value":"78"}}},
                       {"name":"reason","valueString":"%s"}]}"""
                          .formatted(why)))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private static JsonNode only(RunningServer server) throws Exception {
    JsonNode found = MAPPER.readTree(server.get("/fhir/DiagnosticReport").body());
    assertThat(found.path("entry")).hasSize(1);
    return found.path("entry").path(0).path("resource");
  }

  private static List<String> statuses(RunningOrthanc orthanc) throws Exception {
    List<String> statuses = new ArrayList<>();
    for (Attributes each : orthanc.objects("SR")) {
      statuses.add(ResultReportReader.read(each).status().wireName());
    }
    return statuses;
  }

  @Test
  void aResultIsSignedOnceAndWithdrawnEverywhere() throws Exception {
    try (RunningOrthanc orthanc = RunningOrthanc.in(folder).up();
        FhirReceiver record = FhirReceiver.start();
        RunningServer server =
            RunningServer.start(
                HEAP,
                folder.resolve("data"),
                "pipeline.mode=deliver",
                "pipeline.quiet-seconds=1",
                "deliver.pacs=" + orthanc.destination(),
                "deliver.backoff-seconds=1",
                "deliver.fhir=" + record.url())) {
      assertThat(
              Peers.storescu(
                  server.port(), List.of(drawn.resolve("train-00001").resolve("image.dcm"))))
          .isZero();
      String name = await(server, ServedCases.in("delivered", 1));
      String[] sign = {
        "sign", name, "--by", "Dr. Kim", "--practitioner", "urn:oid:1.2.3|77", "--server",
        server.url()
      };
      Shell first = Shell.run(sign);
      assertThat(first.exit()).as(first.err()).isZero();
      assertThat(first.out()).contains("Signed by Dr. Kim (urn:oid:1.2.3|77).");
      await(server, ServedCases.in("delivered", 2));
      DiagnosticReport signed = record.all(DiagnosticReport.class).getFirst();
      assertThat(record.all(DiagnosticReport.class)).hasSize(1);
      assertThat(signed.getStatus().toCode()).isEqualTo("final");
      assertThat(signed.getResultsInterpreterFirstRep().getDisplay()).isEqualTo("Dr. Kim");
      assertThat(record.all(Observation.class))
          .isNotEmpty()
          .allSatisfy(each -> assertThat(each.getStatus().toCode()).isEqualTo("final"));
      assertThat(record.all(AuditEvent.class))
          .anySatisfy(
              each ->
                  assertThat(each.getAgentFirstRep().getWho().getDisplay())
                      .isEqualTo("Dr. Kim"));
      assertThat(statuses(orthanc)).containsExactlyInAnyOrder("preliminary", "final");
      assertThat(only(server).path("status").asText()).isEqualTo("final");

      // The same again changes nothing; somebody else is refused; an unknown case too.
      assertThat(Shell.run(sign).exit()).isZero();
      Shell other = Shell.run("sign", name, "--by", "Dr. Lee", "--server", server.url());
      assertThat(other.exit()).isEqualTo(2);
      assertThat(other.err()).contains("This was done before. Signed by Dr. Kim");
      Shell unknown = Shell.run("sign", "case-0", "--by", "Dr. Lee", "--server", server.url());
      assertThat(unknown.exit()).isEqualTo(2);
      assertThat(unknown.err()).contains("There is no case of this name.");
      assertThat(record.posted()).hasSize(2);

      String report = only(server).path("id").asText();
      HttpResponse<String> withdrawn =
          withdraw(server, report, "The images are of another patient.");
      assertThat(withdrawn.statusCode()).as(withdrawn.body()).isEqualTo(200);
      assertThat(MAPPER.readTree(withdrawn.body()).path("status").asText())
          .isEqualTo("entered-in-error");
      awaitPosted(record, 3);
      await(server, ServedCases.in("withdrawn", 3));
      assertThat(record.all(DiagnosticReport.class))
          .hasSize(1)
          .allSatisfy(
              each -> assertThat(each.getStatus().toCode()).isEqualTo("entered-in-error"));
      assertThat(record.all(Observation.class))
          .allSatisfy(
              each -> assertThat(each.getStatus().toCode()).isEqualTo("entered-in-error"));
      while (orthanc.objects("SR").size() < 3) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
      assertThat(statuses(orthanc))
          .containsExactlyInAnyOrder("preliminary", "final", "entered-in-error");
      Attributes last =
          orthanc.objects("SR").stream()
              .filter(
                  each ->
                      each.string(Tag.SeriesDescription).orElse("").startsWith("Withdrawn"))
              .findFirst()
              .orElseThrow();
      ReportedResult read = ResultReportReader.read(last);
      assertThat(read.findings()).isEmpty();
      assertThat(read.reason()).contains("The images are of another patient.");
      assertThat(withdraw(server, report, "The images are of another patient.").statusCode())
          .isEqualTo(200);
      assertThat(withdraw(server, report, "Another reason.").statusCode()).isEqualTo(409);
      assertThat(server.get("/cases/" + name + "/report").statusCode()).isEqualTo(404);
      assertThat(server.get("/cases/" + name + "/status").body()).contains("withdrawn");
      assertThat(record.posted()).hasSize(3);
      assertThat(server.terminate()).isZero();
    }
  }
}
