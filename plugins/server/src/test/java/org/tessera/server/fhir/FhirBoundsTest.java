package org.tessera.server.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.server.ServerUnderTest;

/** What happens beyond the bounds, and after the end. */
@Timeout(300)
class FhirBoundsTest {
  private static final String RECORD =
      """
      {"resourceType":"Bundle","type":"collection","entry":[
       {"resource":{"resourceType":"Patient","id":"p","gender":"female","birthDate":"1950-02-03",
        "identifier":[{"system":"urn:site","value":"bounds"}]}}]}""";

  @TempDir private Path data = Path.of("");

  private static HttpRequest.Builder analyze(ServerUnderTest server) {
    return server
        .request("/fhir/$analyze")
        .header("Content-Type", "application/fhir+json")
        .POST(BodyPublishers.ofString(RECORD));
  }

  @Test
  void whoComesWhenAllPlacesAreTakenIsAskedToComeAgain() throws Exception {
    int clients = 6;
    try (ServerUnderTest server = ServerUnderTest.start(data, "fhir.max-waiting", "0");
        ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      Callable<HttpResponse<String>> asking = () -> server.send(analyze(server));
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        answers.add(threads.submit(asking));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<HttpResponse<String>> each : answers) {
        HttpResponse<String> answer = each.get();
        statuses.add(answer.statusCode());
        if (answer.statusCode() == 503) {
          assertThat(answer.headers().firstValue("Retry-After")).contains("30");
          assertThat(answer.body()).contains("OperationOutcome").contains("try again later.");
        }
      }
      assertThat(statuses).contains(200, 503).containsOnly(200, 503);
    }
  }

  @Test
  void theQueueOfThoseThatNobodyWaitsForIsBoundedToo() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(data, "fhir.max-jobs", "0")) {
      HttpResponse<String> answer =
          server.send(analyze(server).header("Prefer", "respond-async"));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void whatWasAcceptedIsDoneAfterARestart() throws Exception {
    String query;
    try (ServerUnderTest server = ServerUnderTest.start(data)) {
      HttpResponse<String> accepted =
          server.send(analyze(server).header("Prefer", "respond-async"));
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      String location = accepted.headers().firstValue("Content-Location").orElseThrow();
      query = String.valueOf(URI.create(location).getRawQuery());
    }
    try (ServerUnderTest server = ServerUnderTest.start(data)) {
      HttpResponse<String> answer = server.get("/fhir/$analyze-status?" + query);
      while (answer.statusCode() == 202) {
        Thread.sleep(200);
        answer = server.get("/fhir/$analyze-status?" + query);
      }
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("DiagnosticReport").contains("bounds");
    }
  }
}
