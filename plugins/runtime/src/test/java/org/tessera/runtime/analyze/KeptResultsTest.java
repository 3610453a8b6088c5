package org.tessera.runtime.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.runtime.analyze.AnalysisJob.State;
import org.tessera.runtime.store.Database;

/** Results and jobs on H2; {@link PostgresKeptResultsTest} runs the same tests. */
class KeptResultsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path folder = Path.of("");

  /** The database of one test; empty. */
  String url() throws Exception {
    return "jdbc:h2:file:" + folder.resolve("index");
  }

  /** One report of a device, as a transaction writes it. */
  private static String bundle(String report, String status) {
    return """
        {"resourceType": "Bundle", "type": "transaction", "entry": [
          {"fullUrl": "urn:uuid:device-1", "request": {"method": "PUT",
             "url": "Device?identifier=urn:model|m1"},
           "resource": {"resourceType": "Device",
             "identifier": [{"system": "urn:model", "value": "m1"}]}},
          {"fullUrl": "urn:uuid:%s", "request": {"method": "PUT",
             "url": "DiagnosticReport?identifier=urn:case|c1"},
           "resource": {"resourceType": "DiagnosticReport", "status": "%s",
             "identifier": [{"system": "urn:case", "value": "c1"}],
             "subject": {"reference": "urn:uuid:nobody", "display": "Ünal 김"},
             "performer": [{"reference": "urn:uuid:device-1"}]}}]}
        """
        .formatted(report, status);
  }

  private static List<SearchTerm> identifier(String system, String value) {
    return List.of(
        new SearchTerm(
            "identifier",
            List.of(new SearchTerm.Token(Optional.of(system), Optional.of(value)))));
  }

  @Test
  void aConditionalUpdateIsANewVersionOfTheSameResource() throws Exception {
    String url = url();
    try (Database database = Database.open(url, "", "")) {
      ResultResources resources = new ResultResources(database);
      ResourceKey first = resources.keep(bundle("report-1", "preliminary")).get(1);
      ResourceKey second = resources.keep(bundle("report-2", "amended")).get(1);
      assertThat(second).isEqualTo(first);
    }
    try (Database database = Database.open(url, "", "")) {
      ResultResources resources = new ResultResources(database);
      ResourceSearch search =
          resources.search(
              "DiagnosticReport", identifier("urn:case", "c1"), Optional.empty(), Optional.empty());
      assertThat(search.size()).isEqualTo(1);
      KeptResource newest = search.page(0, 10).getFirst();
      assertThat(newest.version()).isEqualTo(2);
      JsonNode json = MAPPER.readTree(newest.json());
      assertThat(json.path("status").asText()).isEqualTo("amended");
      assertThat(json.path("subject").path("display").asText()).isEqualTo("Ünal 김");
      assertThat(json.path("performer").path(0).path("reference").asText())
          .isEqualTo("Device/device-1");
      String before =
          resources.find(newest.key(), Optional.of(1)).map(KeptResource::json).orElse("");
      assertThat(MAPPER.readTree(before).path("status").asText()).isEqualTo("preliminary");
      assertThat(
              resources
                  .search(
                      "DiagnosticReport",
                      identifier("urn:case", "c2"),
                      Optional.empty(),
                      Optional.empty())
                  .size())
          .isZero();
      assertThat(
              resources
                  .search("DiagnosticReport", List.of(), Optional.of(NOW), Optional.of(NOW))
                  .size())
          .isZero();
    }
  }

  @Test
  void jobsWaitInTheirOrderAndSurviveARestart() throws Exception {
    String url = url();
    Instant expires = NOW.plus(Duration.ofHours(1));
    try (Database database = Database.open(url, "", "")) {
      JobRows jobs = new JobRows(database);
      jobs.add("first", false, "", NOW, expires);
      jobs.add("second", true, "p1", NOW, expires.plusSeconds(60));
      assertThat(jobs.begin().map(AnalysisJob::id)).contains("first");
      assertThat(jobs.reached("first", "reading")).isTrue();
      assertThat(jobs.reached("cancelled", "reading")).isFalse();
      assertThat(jobs.waiting()).isEqualTo(2);
    }
    try (Database database = Database.open(url, "", "")) {
      JobRows jobs = new JobRows(database);
      jobs.requeue();
      AnalysisJob again = jobs.begin().orElseThrow();
      assertThat(again.id()).isEqualTo("first");
      assertThat(again.attempts()).isEqualTo(2);
      assertThat(jobs.begin().map(AnalysisJob::id)).contains("second");
      assertThat(jobs.begin()).isEmpty();
      assertThat(jobs.find("second").orElseThrow().state()).isEqualTo(State.RUNNING);
      assertThat(jobs.expired(expires)).containsExactly("first");
      jobs.remove("first");
      assertThat(jobs.ids()).containsExactly("second");
    }
  }
}
