package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedResult;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.VR;
import org.tessera.dicom.result.ResultReportReader;
import org.tessera.fhir.FhirResultReader;

/** The whole loop with its peers: DCMTK sends, Orthanc and a FHIR server receive the results. */
@org.junit.jupiter.api.Tag("interop")
@Timeout(900)
class CaseLoopTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String HEAP = "-Xmx1500m";

  /** The first has an opacity that the gate supports on the radiograph alone. */
  private static final List<String> PHANTOMS =
      List.of("train-00001", "train-00000", "train-00002");

  @TempDir private static Path drawn = Path.of("");
  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void drawPhantoms() {
    SentStudies.drawPhantoms(drawn);
  }

  private static Path image(int number) {
    return drawn.resolve(PHANTOMS.get(number)).resolve("image.dcm");
  }

  private static void send(RunningServer server, Path... files)
      throws IOException, InterruptedException {
    assertThat(Peers.storescu(server.port(), List.of(files))).isZero();
  }

  private RunningServer start(RunningOrthanc orthanc, String... more) throws IOException {
    List<String> settings =
        Stream.concat(
                Stream.of(
                    "pipeline.mode=deliver",
                    "pipeline.quiet-seconds=1",
                    "deliver.pacs=" + orthanc.destination(),
                    "deliver.backoff-seconds=1"),
                Stream.of(more))
            .toList();
    return RunningServer.start(
        HEAP, folder.resolve("data"), settings.toArray(String[]::new));
  }

  /** Supported findings of result.json: code and probability to six decimals. */
  private static Map<String, Double> supported(JsonNode result) {
    Map<String, Double> findings = new TreeMap<>();
    for (JsonNode each : result.path("findings")) {
      if (each.path("status").asText().equals("supported")) {
        findings.put(
            each.path("code").path("code").asText(), each.path("probability").asDouble());
      }
    }
    return findings;
  }

  private static Map<String, Double> reported(ReportedResult result) {
    Map<String, Double> findings = new TreeMap<>();
    for (ReportedFinding each : result.findings()) {
      findings.put(each.code().code(), each.probability().orElseThrow());
    }
    return findings;
  }

  private static void requireSame(JsonNode result, ReportedResult reported) {
    Map<String, Double> expected = supported(result);
    Map<String, Double> actual = reported(reported);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (code, probability) ->
            assertThat(actual.get(code)).isCloseTo(probability, Offset.offset(1e-6)));
    assertThat(reported.seal()).isEqualTo(result.path("seal").path("result").asText());
    assertThat(reported.caseId()).isEqualTo(result.path("case").path("id").asText());
  }

  @Test
  void aStudyThatIsSentComesBackToPacsAndRecordAndALateImageAmendsIt() throws Exception {
    try (RunningOrthanc orthanc = RunningOrthanc.in(folder).up();
        FhirReceiver record = FhirReceiver.start();
        RunningServer server = start(orthanc, "deliver.fhir=" + record.url())) {
      send(server, image(0));
      String name =
          ServedCases.awaitOnly(server, ServedCases.in("delivered", 1)).path("id").asText();
      JsonNode result = MAPPER.readTree(server.get("/cases/" + name).body());
      assertThat(supported(result)).as("supported findings of the phantom").isNotEmpty();
      ReportedResult sr = ResultReportReader.read(orthanc.objects("SR").getFirst());
      requireSame(result, sr);
      assertThat(sr.status()).isEqualTo(ReportedResult.Status.PRELIMINARY);
      ReportedResult posted = FhirResultReader.read(record.posted().getFirst());
      requireSame(result, posted);
      assertThat(record.all(DiagnosticReport.class))
          .extracting(each -> each.getStatus().toCode())
          .containsExactly("preliminary");
      assertThat(record.all(Observation.class)).hasSameSizeAs(supported(result).keySet());
      assertThat(orthanc.objects("SEG")).hasSize(1);
      assertThat(orthanc.objects("DOC")).hasSize(1);
      String page = server.get("/cases/" + name + "/report").body();
      for (JsonNode each : result.path("findings")) {
        if (each.path("status").asText().equals("supported")) {
          assertThat(page).contains(each.path("code").path("display").asText());
        }
      }
      assertThat(page).contains(result.path("seal").path("result").asText());

      assertThat(statuses(server)).containsExactly("preliminary");

      send(server, image(0));
      send(server, lateImage());
      ServedCases.awaitOnly(server, ServedCases.in("delivered", 2));
      JsonNode second = MAPPER.readTree(server.get("/cases/" + name).body());
      assertThat(second.path("case").path("inputs")).hasSize(2);
      List<Attributes> reports = orthanc.objects("SR");
      assertThat(reports).hasSize(2);
      Attributes amended =
          reports.stream().filter(CaseLoopTest::replaces).findFirst().orElseThrow();
      ReportedResult replacing = ResultReportReader.read(amended);
      requireSame(second, replacing);
      assertThat(replacing.status()).isEqualTo(ReportedResult.Status.AMENDED);
      assertThat(replacing.predecessor()).contains(sr.seal());
      assertThat(record.all(DiagnosticReport.class))
          .extracting(each -> each.getStatus().toCode())
          .containsExactly("amended");
      assertThat(record.posted()).hasSize(2);
      assertThat(statuses(server)).containsExactly("amended");
      assertThat(server.get("/health").body()).startsWith("ok\n").contains("no trouble known");
      assertThat(server.get("/cases").body()).contains(name).contains("delivered");
      assertThat(server.terminate()).isZero();
    }
  }

  @Test
  void aKillBetweenSendingAndNotingSendsTheSameAgainAndNothingIsThereTwice() throws Exception {
    try (RunningOrthanc orthanc = RunningOrthanc.in(folder).up();
        FhirReceiver record = FhirReceiver.start()) {
      record.hold();
      try (RunningServer server = start(orthanc, "deliver.fhir=" + record.url())) {
        send(server, image(1));
        while (record.posted().isEmpty()) {
          TimeUnit.MILLISECONDS.sleep(100);
        }
        server.kill();
      }
      record.release();
      try (RunningServer server = start(orthanc, "deliver.fhir=" + record.url())) {
        ServedCases.awaitOnly(server, ServedCases.in("delivered", 1));
        assertThat(server.terminate()).isZero();
      }
      assertThat(record.posted()).hasSize(2);
      assertThat(record.posted().getLast()).isEqualTo(record.posted().getFirst());
      assertThat(record.all(DiagnosticReport.class)).hasSize(1);
      assertThat(orthanc.objects("SR")).hasSize(1);
    }
  }

  /** Waits until everything was given up; tells how many deliveries that are. */
  private static int awaitDead(RunningServer server) throws IOException, InterruptedException {
    while (true) {
      List<String> states = ServedCases.deliveries(server).findValuesAsText("state");
      if (!states.isEmpty() && states.stream().allMatch("dead"::equals)) {
        return states.size();
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Of the reports that our own FHIR endpoint gives. */
  private static List<String> statuses(RunningServer server)
      throws IOException, InterruptedException {
    return MAPPER
        .readTree(server.get("/fhir/DiagnosticReport").body())
        .path("entry")
        .findValuesAsText("status");
  }

  private static boolean replaces(Attributes report) {
    return !report.items(Tag.PredecessorDocumentsSequence).isEmpty();
  }

  /** Another image of the same study: that of another phantom, under the same identities. */
  private Path lateImage() throws IOException, RejectedInputException {
    Attributes first = DicomFile.read(image(0)).dataset();
    Attributes other = DicomFile.read(image(1)).dataset();
    for (int tag :
        new int[] {Tag.PatientID, Tag.IssuerOfPatientID, Tag.PatientName, Tag.PatientBirthDate,
            Tag.PatientSex}) {
      first
          .element(tag)
          .ifPresent(each -> other.setString(tag, each.vr(), first.string(tag).orElse("")));
    }
    other.setString(
        Tag.StudyInstanceUID, VR.UI, first.string(Tag.StudyInstanceUID).orElseThrow());
    Path file = folder.resolve("late.dcm");
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(other, TransferSyntax.EXPLICIT_LITTLE);
    }
    return file;
  }

  @Test
  void aResultThatWasGivenUpIsAnAlarmUntilAPersonSendsItAgain() throws Exception {
    try (RunningOrthanc orthanc = RunningOrthanc.in(folder);
        RunningServer server = start(orthanc, "deliver.attempts=1")) {
      assertThat(server.get("/metrics").body()).contains("tessera_dead_letters 0.0");
      send(server, image(2));
      ServedCases.awaitOnly(server, ServedCases.in("delivering", 1));
      int dead = awaitDead(server);
      assertThat(server.get("/health").body()).startsWith("degraded: " + dead + " deliver");
      assertThat(server.get("/health").statusCode()).isEqualTo(200);
      assertThat(server.get("/metrics").body())
          .contains("tessera_dead_letters " + dead + ".0", "tessera_dead_letter_age_seconds");
      orthanc.up();
      assertThat(server.post("/deliveries/replay").statusCode()).isEqualTo(200);
      ServedCases.awaitOnly(server, ServedCases.in("delivered", 1));
      assertThat(server.get("/health").body()).startsWith("ok\n");
      assertThat(server.get("/metrics").body()).contains("tessera_dead_letters 0.0");
      assertThat(server.terminate()).isZero();
    }
  }

  @Test
  void aPacsThatIsDownGetsEverythingOnceWhenItIsUp() throws Exception {
    try (RunningOrthanc orthanc = RunningOrthanc.in(folder);
        RunningServer server = start(orthanc)) {
      send(server, image(2));
      JsonNode waiting = ServedCases.awaitOnly(server, ServedCases.in("delivering", 1));
      while (!server.get("/health").body().contains("does not answer")) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
      // The next case would be accepted all the same.
      assertThat(server.get("/health").statusCode()).isEqualTo(200);
      assertThat(server.json("/deliveries").body()).contains("waiting");
      orthanc.up();
      JsonNode delivered = ServedCases.awaitOnly(server, ServedCases.in("delivered", 1));
      assertThat(delivered.path("id")).isEqualTo(waiting.path("id"));
      assertThat(orthanc.objects("SR")).hasSize(1);
      assertThat(orthanc.objects("DOC")).hasSize(1);
      assertThat(server.terminate()).isZero();
    }
  }
}
