package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;

/**
 * kill -9 of the real process at random moments while it is asked over HTTP: what STOW-RS said to
 * be stored is there, byte for byte, and every analysis that was accepted ends once.
 *
 * <p>System properties tessera.web.kills, tessera.web.seconds: how often, and the longest life of a
 * server after it was ready.
 */
@Timeout(3600)
class WebKillTest {
  private static final int KILLS = Integer.getInteger("tessera.web.kills", 3);
  private static final int LONGEST_LIFE = Integer.getInteger("tessera.web.seconds", 6);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int TOGETHER = 20;
  private static final int OBJECTS = 400;

  /** A job that was killed more often is not begun again. */
  private static final int MOST_ATTEMPTS = 3;

  private static final String SERIES = "/dicomweb/studies/" + DrawnSlices.STUDY + "/series/2.25.3";

  @TempDir private Path folder = Path.of("");
  private final Random random = new Random();

  /** Kills it at a random moment after something was done: no machine is too slow for that. */
  private Thread killer(RunningServer server, CountDownLatch begun) {
    long life = random.nextInt(1000 * LONGEST_LIFE);
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                begun.await();
                TimeUnit.MILLISECONDS.sleep(life);
                server.kill();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @Test
  void whatWasSaidToBeStoredIsThere() throws Exception {
    Path drawn = Files.createDirectory(folder.resolve("drawn"));
    DrawnSlices.write(drawn, OBJECTS);
    Set<String> safe = new TreeSet<>();
    int cut = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      try (RunningServer server = RunningServer.start(folder.resolve("data"))) {
        CountDownLatch begun = new CountDownLatch(1);
        Thread killer = killer(server, begun);
        for (int next = 0; killer.isAlive(); next = (next + TOGETHER) % OBJECTS) {
          try {
            safe.addAll(stow(server, drawn, next));
            begun.countDown();
          } catch (IOException e) {
            // Killed meanwhile: of this request nothing was promised.
            cut++;
          }
        }
        killer.join();
      }
    }
    try (RunningServer server = RunningServer.start(folder.resolve("data"))) {
      assertThat(safe).hasSizeGreaterThanOrEqualTo(TOGETHER);
      for (String uid : safe) {
        assertThat(pixels(server, uid)).as(uid).isEqualTo(pixels(drawn, uid));
      }
      assertThat(stow(server, drawn, 0)).as("it goes on").hasSize(TOGETHER);
      assertThat(server.terminate()).isZero();
    }
    System.err.printf(
        "kill -9 during STOW-RS: %d kills, %d requests cut off, %d objects said to be stored and"
            + " all there%n",
        KILLS, cut, safe.size());
  }

  /** Sends some slices in one request; tells which were said to be stored. */
  private static Set<String> stow(RunningServer server, Path drawn, int first)
      throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = first; i < first + TOGETHER; i++) {
      body.writeBytes(
          "--b\r\nContent-Type: application/dicom\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(Files.readAllBytes(DrawnSlices.file(drawn, i)));
      body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    body.writeBytes("--b--\r\n".getBytes(StandardCharsets.US_ASCII));
    HttpResponse<byte[]> answer =
        server.bytes(
            server
                .request("/dicomweb/studies")
                .header("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=b")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    Set<String> stored = new TreeSet<>();
    if (answer.statusCode() == 200 || answer.statusCode() == 202) {
      JsonNode referenced = MAPPER.readTree(answer.body()).path("00081199").path("Value");
      for (JsonNode each : referenced) {
        stored.add(each.path("00081155").path("Value").path(0).asText());
      }
      assertThat(stored).isNotEmpty();
    }
    return stored;
  }

  private static byte[] pixels(Path drawn, String uid)
      throws IOException, RejectedInputException {
    int number = Integer.parseInt(uid.substring(uid.lastIndexOf('.') + 1));
    return pixels(Files.readAllBytes(DrawnSlices.file(drawn, number)));
  }

  private static byte[] pixels(RunningServer server, String uid) throws Exception {
    HttpResponse<byte[]> answer =
        server.bytes(
            server
                .request(SERIES + "/instances/" + uid)
                .header("Accept", "application/dicom; transfer-syntax=*"));
    assertThat(answer.statusCode()).as(uid).isEqualTo(200);
    return pixels(answer.body());
  }

  private static byte[] pixels(byte[] file) throws RejectedInputException {
    return DicomFile.read(file, ParseLimits.standard())
        .dataset()
        .bytes(Tag.PixelData)
        .orElseThrow()
        .toArray();
  }

  @Test
  void everyAnalysisThatWasAcceptedEndsOnce() throws Exception {
    Map<String, String> accepted = new LinkedHashMap<>();
    for (int kill = 0; kill < KILLS; kill++) {
      try (RunningServer server = RunningServer.start("-Xmx1500m", folder.resolve("data"))) {
        CountDownLatch begun = new CountDownLatch(1);
        Thread killer = killer(server, begun);
        for (int i = 0; i < 2; i++) {
          String patient = "kill-%d-%d".formatted(kill, i);
          try {
            accepted.put(patient, begin(server, patient));
            begun.countDown();
          } catch (IOException e) {
            // Killed before it was accepted.
            break;
          }
        }
        killer.join();
      }
    }
    assertThat(accepted).hasSizeGreaterThanOrEqualTo(KILLS);
    List<String> failed = new ArrayList<>();
    try (RunningServer server = RunningServer.start("-Xmx1500m", folder.resolve("data"))) {
      accepted.put("last", begin(server, "last"));
      for (Map.Entry<String, String> job : accepted.entrySet()) {
        HttpResponse<byte[]> answer = ended(server, job.getValue());
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        int reports = reports(server, job.getKey());
        if (answer.statusCode() == 200) {
          assertThat(text).contains("DiagnosticReport").contains(job.getKey());
          assertThat(reports).as("reports of %s", job.getKey()).isEqualTo(1);
        } else {
          assertThat(text).contains("it is not tried again");
          assertThat(KILLS).isGreaterThanOrEqualTo(MOST_ATTEMPTS);
          failed.add(job.getKey());
        }
      }
      assertThat(failed).doesNotContain("last");
      assertThat(server.terminate()).isZero();
    }
    System.err.printf(
        "kill -9 during analyses: %d kills, %d accepted, each ended once (%d given up after %d"
            + " attempts)%n",
        KILLS, accepted.size(), failed.size(), MOST_ATTEMPTS);
  }

  /** Asks for an analysis without waiting; the address of its status. */
  private static String begin(RunningServer server, String patient)
      throws IOException, InterruptedException {
    String record =
        """
        {"resourceType":"Bundle","type":"collection","entry":[
         {"resource":{"resourceType":"Patient","id":"p","gender":"female",
          "birthDate":"1950-02-03","identifier":[{"system":"urn:site","value":"%s"}]}}]}"""
            .formatted(patient);
    HttpResponse<byte[]> answer =
        server.bytes(
            server
                .request("/fhir/$analyze")
                .header("Content-Type", "application/fhir+json")
                .header("Prefer", "respond-async")
                .POST(BodyPublishers.ofString(record)));
    assertThat(answer.statusCode()).isEqualTo(202);
    URI status = URI.create(answer.headers().firstValue("Content-Location").orElseThrow());
    return status.getRawPath() + "?" + status.getRawQuery();
  }

  private static HttpResponse<byte[]> ended(RunningServer server, String status)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = server.bytes(server.request(status));
    while (answer.statusCode() == 202) {
      TimeUnit.MILLISECONDS.sleep(200);
      answer = server.bytes(server.request(status));
    }
    return answer;
  }

  private static int reports(RunningServer server, String patient)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> found =
        server.bytes(
            server
                .request(
                    "/fhir/DiagnosticReport?patient:identifier=urn:site%7C" + patient)
                .header("Accept", "application/fhir+json"));
    assertThat(found.statusCode()).isEqualTo(200);
    return MAPPER.readTree(found.body()).path("entry").size();
  }
}
