package org.tessera.server.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.server.ServerUnderTest;

/** Documents that are not plain text, posted to be analysed, with the model that ships. */
@Timeout(600)
class DocumentsTest {
  private static final String PATIENT =
      """
      {"resource":{"resourceType":"Patient","id":"p1",
       "identifier":[{"system":"urn:oid:1.2.3","value":"4711"}],"birthDate":"1980-05-04"}}""";
  private static final String CDA =
      """
      <ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole>
      <id root="1.2.3" extension="%s"/></patientRole></recordTarget><component><structuredBody>
      <component><section><title>History</title><text>Fever and cough.</text></section></component>
      </structuredBody></component></ClinicalDocument>""";

  @TempDir private Path data = Path.of("");

  private static String document(String id, String type, byte[] bytes) {
    return """
        {"resource":{"resourceType":"DocumentReference","id":"%s","status":"current",
         "subject":{"reference":"Patient/p1"},"content":[{"attachment":
         {"contentType":"%s","data":"%s"}}]}}"""
        .formatted(id, type, Base64.getEncoder().encodeToString(bytes));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] scanned() throws Exception {
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    }
  }

  private static HttpResponse<String> analyzed(ServerUnderTest server, String... entries)
      throws Exception {
    return server.send(
        server
            .request("/fhir/$analyze")
            .header("Content-Type", "application/fhir+json")
            .POST(
                BodyPublishers.ofString(
                    "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
                        + String.join(",", entries)
                        + "]}")));
  }

  private static List<String> sentences(OperationOutcome outcome) {
    return outcome.getIssue().stream().map(each -> each.getDiagnostics()).toList();
  }

  @Test
  void documentsAreReadAndThoseThatCannotBeAreNamed() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(data)) {
      HttpResponse<String> response =
          analyzed(
              server,
              PATIENT,
              document("rtf", "application/rtf", bytes("{\\rtf1\\ansi Fever of 39 \\'b0C.}")),
              document("cda", "text/xml", bytes(CDA.formatted("4711"))),
              document("html", "text/html", bytes("<p>Productive cough</p>")),
              document("scan", "application/pdf", scanned()),
              document(
                  "bomb",
                  "application/xml",
                  bytes("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      Bundle bundle =
          FhirContext.forR4().newJsonParser().parseResource(Bundle.class, response.body());
      OperationOutcome outcome =
          (OperationOutcome) bundle.getEntry().getLast().getResource();
      assertThat(sentences(outcome))
          .containsExactlyInAnyOrder(
              "DocumentReference/scan was ignored: The PDF has no text, only pictures of it or"
                  + " nothing; it was not read (pages: 1).",
              "DocumentReference/bomb was ignored: The XML declares a document type or entities,"
                  + " which FHIR and CDA do not allow.");

      HttpResponse<String> mixed =
          analyzed(
              server, PATIENT, document("cda", "text/xml", bytes(CDA.formatted("0815"))));
      assertThat(mixed.statusCode()).isEqualTo(422);
      assertThat(
              sentences(
                  FhirContext.forR4()
                      .newJsonParser()
                      .parseResource(OperationOutcome.class, mixed.body())))
          .anySatisfy(
              each ->
                  assertThat(each)
                      .endsWith(
                          "The document names another patient than the record that holds it."));
    }
  }
}
