package org.tessera.server.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.server.ServerUnderTest;

/** The endpoint as an EHR sees it, with the model that ships. */
@Timeout(600)
class FhirEndpointTest {
  private static final FhirContext FHIR = FhirContext.forR4();
  private static final String JSON = "application/fhir+json";
  private static final String XML = "application/fhir+xml";

  private static final String PATIENT =
      """
      {"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:site","value":"%s"}],
       "gender":"female","birthDate":"1950-02-03"}""";
  private static final String CONDITION =
      """
      {"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},
       "code":{"coding":[{"system":"http://snomed.info/sct","code":"386661006"}],"text":"Fever"},
       "recordedDate":"2026-01-02"}""";

  @TempDir private static Path data = Path.of("");
  private static ServerUnderTest server;

  @BeforeAll
  static void start() throws Exception {
    server = ServerUnderTest.start(data);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static String bundle(String patient) {
    return """
        {"resourceType":"Bundle","type":"collection","entry":[{"resource":%s},{"resource":%s}]}"""
        .formatted(PATIENT.formatted(patient), CONDITION);
  }

  private static HttpRequest.Builder post(String path, String type, String body) {
    return server
        .request(path)
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString(body));
  }

  private static <T extends Resource> T parsed(Class<T> type, HttpResponse<String> response) {
    boolean xml = response.headers().firstValue("Content-Type").orElse("").startsWith(XML);
    return (xml ? FHIR.newXmlParser() : FHIR.newJsonParser()).parseResource(type, response.body());
  }

  private static Bundle analyzed(String body) throws IOException, InterruptedException {
    HttpResponse<String> response = server.send(post("/fhir/$analyze", JSON, body));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return parsed(Bundle.class, response);
  }

  private static void assertRefused(HttpResponse<String> response, int status, String words) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    OperationOutcome outcome = parsed(OperationOutcome.class, response);
    assertThat(outcome.getIssue())
        .anySatisfy(issue -> assertThat(issue.getDiagnostics()).contains(words).endsWith("."));
  }

  @Test
  void theCapabilityStatementNamesTheOperationsAndTheOperationDefinitionIsServed()
      throws Exception {
    CapabilityStatement statement =
        parsed(CapabilityStatement.class, server.get("/fhir/metadata?_format=xml"));
    assertThat(statement.getFhirVersion().toCode()).isEqualTo("4.0.1");
    String address =
        statement.getRestFirstRep().getOperation().stream()
            .filter(each -> each.getName().equals("analyze"))
            .findFirst()
            .orElseThrow()
            .getDefinition();
    OperationDefinition definition =
        parsed(
            OperationDefinition.class,
            server.send(HttpRequest.newBuilder(URI.create(address))));
    assertThat(definition.getSystem()).isTrue();
    assertThat(definition.getInstance()).isTrue();
    assertThat(definition.getParameter())
        .extracting(each -> each.getName())
        .containsExactly("bundle", "resource", "return");
    assertThat(statement.getRestFirstRep().getResource())
        .extracting(each -> each.getType())
        .contains("DiagnosticReport", "Observation", "Device", "Provenance", "AuditEvent");
  }

  @Test
  void everySyntheaBundleGoesThroughAndThoseWithoutAPatientAreRefusedWithASentence()
      throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(ServerUnderTest.sharedData().resolve("fhir-synthea"))) {
      files = all.filter(each -> each.toString().endsWith(".json")).sorted().toList();
    }
    assertThat(files).hasSize(20);
    int reports = 0;
    for (Path file : files) {
      String body = Files.readString(file);
      if (body.contains("\"resourceType\": \"Patient\"")
          || body.contains("\"resourceType\":\"Patient\"")) {
        Bundle bundle = analyzed(body);
        assertThat(bundle.getEntry())
            .filteredOn(each -> each.getResource() instanceof DiagnosticReport)
            .hasSize(1);
        reports++;
      } else {
        assertRefused(
            server.send(post("/fhir/$analyze", JSON, body)),
            422,
            "says nothing about a patient");
      }
    }
    assertThat(reports).isEqualTo(18);
  }

  @Test
  void aResultIsReadAndSearchedInBothFormatsWithPagesAndEntityTags() throws Exception {
    analyzed(bundle("search-1"));
    Bundle second = analyzed(bundle("search-2"));
    DiagnosticReport report =
        (DiagnosticReport)
            second.getEntry().stream()
                .filter(each -> each.getResource() instanceof DiagnosticReport)
                .findFirst()
                .orElseThrow()
                .getResource();
    String address = "/fhir/DiagnosticReport/" + report.getIdElement().getIdPart();
    HttpResponse<String> read = server.get(address);
    assertThat(read.headers().firstValue("ETag")).contains("W/\"1\"");
    assertThat(parsed(DiagnosticReport.class, read).getStatus())
        .isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
    assertThat(
            server.send(server.request(address).header("If-None-Match", "W/\"1\"")).statusCode())
        .isEqualTo(304);
    HttpResponse<String> xml = server.send(server.request(address).header("Accept", XML));
    assertThat(parsed(DiagnosticReport.class, xml).getIdentifierFirstRep().getValue())
        .isEqualTo(report.getIdentifierFirstRep().getValue());

    Bundle byPatient =
        parsed(
            Bundle.class,
            server.get("/fhir/DiagnosticReport?patient:identifier=urn:site%7Csearch-2"));
    assertThat(byPatient.getTotal()).isEqualTo(1);
    assertThat(byPatient.getEntryFirstRep().getResource().getIdElement().getIdPart())
        .isEqualTo(report.getIdElement().getIdPart());
    assertThat(
            parsed(Bundle.class, server.get("/fhir/DiagnosticReport?patient.identifier=search-2"))
                .getTotal())
        .isEqualTo(1);

    Bundle page = parsed(Bundle.class, server.get("/fhir/DiagnosticReport?_count=1"));
    assertThat(page.getTotal()).isGreaterThanOrEqualTo(2);
    assertThat(page.getEntry()).hasSize(1);
    Bundle next =
        parsed(
            Bundle.class,
            server.send(
                HttpRequest.newBuilder(
                    URI.create(page.getLink("next").getUrl().replace("|", "%7C")))));
    assertThat(next.getEntry()).hasSize(1);
    assertThat(next.getEntryFirstRep().getFullUrl())
        .isNotEqualTo(page.getEntryFirstRep().getFullUrl());
    assertRefused(server.get("/fhir/DiagnosticReport?colour=blue"), 400, "/fhir/metadata");
    assertRefused(server.get("/fhir/DiagnosticReport/nobody"), 404, "no such resource");
    assertRefused(server.get(address + "/_history/2"), 404, "no such resource");
  }

  @Test
  void theSameRecordTwiceIsOneResult() throws Exception {
    Bundle first = analyzed(bundle("twice"));
    Bundle second = analyzed(bundle("twice"));
    assertThat(second.getEntry().stream().map(each -> each.getFullUrl()))
        .containsExactlyElementsOf(
            first.getEntry().stream().map(each -> each.getFullUrl()).toList());
    assertThat(
            parsed(
                    Bundle.class,
                    server.get("/fhir/DiagnosticReport?subject:identifier=urn:site%7Ctwice"))
                .getTotal())
        .isEqualTo(1);
  }

  @Test
  void parametersMayHoldABundleOrResourcesInAnyOrderOfTheirMembers() throws Exception {
    String reversed = CONDITION.replace("\"resourceType\":\"Condition\",", "");
    String condition = reversed.substring(0, reversed.length() - 1)
        + ",\"resourceType\":\"Condition\"}";
    Bundle loose =
        analyzed(
            """
            {"parameter":[{"resource":%s,"name":"resource"},{"name":"resource","resource":%s}],
             "resourceType":"Parameters"}"""
                .formatted(PATIENT.formatted("parameters"), condition));
    Bundle bundled =
        analyzed(
            """
            {"resourceType":"Parameters","parameter":[{"name":"bundle","resource":%s}]}"""
                .formatted(bundle("parameters")));
    assertThat(seal(loose)).isEqualTo(seal(bundled));
  }

  private static String seal(Bundle bundle) {
    return bundle.getEntry().stream()
        .map(each -> each.getResource())
        .filter(DiagnosticReport.class::isInstance)
        .map(each -> ((DiagnosticReport) each).getSubject().getIdentifier().getValue())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aNoteInTheRecordIsReadAndWhatCannotBeReadIsSaid() throws Exception {
    String document =
        """
        {"resourceType":"DocumentReference","id":"d%s","status":"current",
         "subject":{"reference":"Patient/p1"},
         "content":[{"attachment":{"contentType":"%s","data":"%s"}}]}""";
    String note = "Rm9ydHktdHdvIHllYXJzIG9sZCwgZmV2ZXIgYW5kIGNvdWdoIGZvciB0aHJlZSBkYXlzLg==";
    Bundle bundle =
        analyzed(
            """
            {"resourceType":"Bundle","type":"collection","entry":[{"resource":%s},
             {"resource":%s},{"resource":%s},
             {"resource":{"resourceType":"Claim","id":"x"}}]}"""
                .formatted(
                    PATIENT.formatted("notes"),
                    document.formatted(1, "text/plain", note),
                    document.formatted(2, "application/x-unheard-of", note)));
    List<String> warnings =
        bundle.getEntry().stream()
            .map(each -> each.getResource())
            .filter(OperationOutcome.class::isInstance)
            .flatMap(each -> ((OperationOutcome) each).getIssue().stream())
            .map(each -> each.getDiagnostics())
            .toList();
    assertThat(warnings)
        .anySatisfy(each -> assertThat(each).contains("DocumentReference/d2", "not read"))
        .anySatisfy(each -> assertThat(each).contains("Claim (1)"))
        .noneSatisfy(each -> assertThat(each).contains("DocumentReference/d1"));
  }

  @Test
  void anAnalysisOfAPatientIsAboutThatPatient() throws Exception {
    HttpResponse<String> right =
        server.send(post("/fhir/Patient/p1/$analyze", JSON, bundle("instance")));
    assertThat(right.statusCode()).as(right.body()).isEqualTo(200);
    assertRefused(
        server.send(post("/fhir/Patient/p2/$analyze", JSON, bundle("instance"))),
        422,
        "not about the patient of the address");
  }

  @Test
  void whoDoesNotWaitAsksLaterAndMayCancel() throws Exception {
    HttpResponse<String> accepted =
        server.send(
            post("/fhir/$analyze", JSON, bundle("async")).header("Prefer", "respond-async"));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    URI status = URI.create(accepted.headers().firstValue("Content-Location").orElseThrow());
    HttpResponse<String> answer = server.send(HttpRequest.newBuilder(status));
    while (answer.statusCode() == 202) {
      assertThat(answer.headers().firstValue("X-Progress")).isPresent();
      Thread.sleep(200);
      answer = server.send(HttpRequest.newBuilder(status));
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Expires")).isPresent();
    assertThat(seal(parsed(Bundle.class, answer))).isEqualTo("async");
    assertThat(server.send(HttpRequest.newBuilder(status).DELETE()).statusCode()).isEqualTo(202);
    assertRefused(server.send(HttpRequest.newBuilder(status)), 404, "no such analysis");
    assertRefused(server.send(HttpRequest.newBuilder(status).DELETE()), 404, "no such analysis");
  }

  @Test
  void aRefusedRecordIsRefusedLaterTooWithTheSameSentence() throws Exception {
    HttpResponse<String> accepted =
        server.send(
            post("/fhir/$analyze", JSON, "{\"resourceType\":\"Basic\"}")
                .header("Prefer", "handling=strict, respond-async"));
    URI status = URI.create(accepted.headers().firstValue("Content-Location").orElseThrow());
    HttpResponse<String> answer = server.send(HttpRequest.newBuilder(status));
    while (answer.statusCode() == 202) {
      Thread.sleep(100);
      answer = server.send(HttpRequest.newBuilder(status));
    }
    assertRefused(answer, 422, "A Bundle, a Patient, a DocumentReference or Parameters");
  }

  @Test
  void whatIsNoRecordIsRefusedWithASentence() throws Exception {
    assertRefused(server.send(post("/fhir/$analyze", JSON, "garbage")), 422, "not valid JSON");
    assertRefused(server.send(post("/fhir/$analyze", JSON, "")), 400, "empty");
    assertRefused(
        server.send(post("/fhir/$analyze", JSON, "{\"resourceType\":\"Bundle\"}")),
        422,
        "no resource in it");
    assertRefused(
        server.send(
            post(
                "/fhir/$analyze",
                JSON,
                "{\"resourceType\":\"Bundle\",\"entry\":" + "[".repeat(200_000))),
        422,
        "nested deeper");
    assertRefused(
        server.send(post("/fhir/$analyze", "application/pdf", "%PDF")), 415, "fhir+json");
    assertRefused(
        server.send(
            post(
                "/fhir/$analyze",
                XML,
                """
                <!DOCTYPE Patient [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
                <Patient xmlns="http://hl7.org/fhir"><id value="&b;"/></Patient>""")),
        422,
        "document type or entities");
    assertRefused(
        server.send(
            post(
                "/fhir/$analyze",
                XML,
                """
                <!DOCTYPE Patient [<!ENTITY f SYSTEM "file:///etc/passwd">]>
                <Patient xmlns="http://hl7.org/fhir"><language value="&f;"/></Patient>""")),
        422,
        "document type or entities");
    assertRefused(
        server.send(post("/fhir/$analyze", XML, "<a>".repeat(100_000))), 422, "nested deeper");
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void aBombOfGzipIsCutOff() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < 100; i++) {
        out.write(block);
      }
    }
    assertThat(bytes.size()).isLessThan(1 << 20);
    HttpResponse<String> response =
        server.send(
            server
                .request("/fhir/$analyze")
                .header("Content-Type", JSON)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bytes.toByteArray())));
    assertRefused(response, 413, "more than the 67,108,864 bytes");
  }

  @Test
  void gzipThatBreaksOffIsRefused() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write("{\"resourceType\": \"Bundle\"}".getBytes(StandardCharsets.UTF_8));
    }
    HttpResponse<String> response =
        server.send(
            server
                .request("/fhir/$analyze")
                .header("Content-Type", JSON)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bytes.toByteArray(), 0, bytes.size() / 2)));
    assertRefused(response, 400, "The body is not whole");
  }

  /** A gigabyte is announced in chunks; the answer comes long before it was sent. */
  @Test
  void aGigabyteIsCutOffEarly() throws Exception {
    Cut cut = gigabyte("/fhir/$analyze");
    assertThat(cut.answer()).startsWith("HTTP/1.1 413");
    assertThat(cut.sent()).isLessThan(256L << 20);
    try (Stream<Path> left = Files.list(data.resolve("fhir").resolve("posted"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aLargeBodyWhereNoneIsTakenIsNotRead() throws Exception {
    Cut cut = gigabyte("/fhir/Observation");
    assertThat(cut.answer()).startsWith("HTTP/1.1 400");
    assertThat(cut.sent()).isLessThan(64L << 20);
  }

  private record Cut(String answer, long sent) {}

  private static Cut gigabyte(String path) throws IOException {
    URI base = URI.create(server.base());
    long sent = 0;
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      OutputStream out = socket.getOutputStream();
      String head =
          """
          POST %s HTTP/1.1\r
          Host: localhost\r
          Content-Type: application/fhir+json\r
          Transfer-Encoding: chunked\r
          \r
          """;
      out.write(head.formatted(path).getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = new byte[1 << 20];
      InputStream in = socket.getInputStream();
      try {
        while (sent < 1L << 30 && in.available() == 0) {
          out.write("100000\r\n".getBytes(StandardCharsets.US_ASCII));
          out.write(chunk);
          out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
          sent += chunk.length;
        }
      } catch (IOException e) {
        // The server has closed its side; what it said is still to be read.
        assertThat(sent).isNotNegative();
      }
      return new Cut(new String(in.readNBytes(64), StandardCharsets.US_ASCII), sent);
    }
  }
}
