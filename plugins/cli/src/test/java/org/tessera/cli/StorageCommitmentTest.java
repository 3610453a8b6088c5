package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.dicom.UID;

/** Orthanc asks for storage commitment and is told what came of it. */
@Tag("interop")
@Timeout(300)
class StorageCommitmentTest {
  private static final int SLICES = 4;
  private static final String NOBODY = "ORTHANC@127.0.0.1:1";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void requirePeers() throws IOException {
    assumeTrue(RunningOrthanc.program().isPresent(), "Orthanc is not installed");
    DrawnSlices.write(Files.createDirectory(folder.resolve("sent")), SLICES);
  }

  private RunningServer serve(String peers) throws IOException {
    return RunningServer.start(
        folder.resolve("data"), "commitment.peers=" + peers, "deliver.backoff-seconds=1");
  }

  private void send(RunningOrthanc orthanc, RunningServer server) throws Exception {
    orthanc.know("tessera", "TESSERA", server.port());
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < SLICES; i++) {
      byte[] file = Files.readAllBytes(DrawnSlices.file(folder.resolve("sent"), i));
      ids.append(ids.isEmpty() ? "[\"" : ",\"");
      ids.append(orthanc.post("/instances", file).path("ID").asText()).append('"');
    }
    JsonNode sent = orthanc.post("/modalities/tessera/store", ids.append(']').toString());
    assertThat(sent.path("FailedInstancesCount").asInt(-1)).as(sent.toString()).isZero();
  }

  private static String ask(RunningOrthanc orthanc, String... classesAndInstances)
      throws IOException, InterruptedException {
    StringBuilder objects = new StringBuilder();
    for (int i = 0; i < classesAndInstances.length; i += 2) {
      objects.append(objects.isEmpty() ? "" : ",");
      objects.append(
          "{\"SOPClassUID\":\"%s\",\"SOPInstanceUID\":\"%s\"}"
              .formatted(classesAndInstances[i], classesAndInstances[i + 1]));
    }
    JsonNode asked =
        orthanc.post(
            "/modalities/tessera/storage-commitment",
            "{\"DicomInstances\":[%s]}".formatted(objects));
    assertThat(asked.path("Path").asText()).as(asked.toString()).isNotEmpty();
    return asked.path("Path").asText();
  }

  private static JsonNode outcome(RunningOrthanc orthanc, String path)
      throws IOException, InterruptedException {
    JsonNode outcome = orthanc.json(path);
    while (outcome.path("Status").asText().equals("Pending")) {
      TimeUnit.MILLISECONDS.sleep(100);
      outcome = orthanc.json(path);
    }
    return outcome;
  }

  private static Map<String, Integer> failures(JsonNode outcome) {
    Map<String, Integer> failures = new TreeMap<>();
    for (JsonNode each : outcome.path("Failures")) {
      failures.put(
          each.path("SOPInstanceUID").asText(), each.path("FailureReason").asInt());
    }
    return failures;
  }

  private void damageTheBlobOf(int slice) throws Exception {
    try (Stream<Path> walk = Files.walk(folder.resolve("data").resolve("blobs"))) {
      for (Path blob : walk.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(blob, StandardCharsets.ISO_8859_1);
        if (text.contains(DrawnSlices.instance(slice))) {
          byte[] bytes = Files.readAllBytes(blob);
          bytes[bytes.length - 1] ^= 1;
          Files.write(blob, bytes);
        }
      }
    }
  }

  @Test
  void orthancIsToldWhatIsSafeAndWhatIsNot() throws Exception {
    try (RunningOrthanc orthanc = RunningOrthanc.in(folder).up();
        RunningServer server = serve(orthanc.destination())) {
      send(orthanc, server);
      String ct = UID.CTImageStorage;
      JsonNode all =
          outcome(
              orthanc,
              ask(orthanc, ct, DrawnSlices.instance(0), ct, DrawnSlices.instance(1)));
      assertThat(all.path("Status").asText()).as(all.toString()).isEqualTo("Success");
      assertThat(all.path("Success")).hasSize(2);
      assertThat(all.path("RemoteAET").asText()).isEqualTo("TESSERA");

      damageTheBlobOf(2);
      JsonNode some =
          outcome(
              orthanc,
              ask(
                  orthanc,
                  ct, DrawnSlices.instance(0),
                  ct, DrawnSlices.instance(2),
                  ct, "2.25.999",
                  UID.MRImageStorage, DrawnSlices.instance(3)));
      assertThat(some.path("Status").asText()).as(some.toString()).isEqualTo("Failure");
      assertThat(some.path("Success")).hasSize(1);
      assertThat(failures(some))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  DrawnSlices.instance(2), 0x0110,
                  "2.25.999", 0x0112,
                  DrawnSlices.instance(3), 0x0119));
      assertThat(server.terminate()).isZero();
    }
  }

  @Test
  void anOutcomeOutlivesKillMinus9() throws Exception {
    try (RunningOrthanc orthanc = RunningOrthanc.in(folder).up()) {
      String path;
      try (RunningServer server = serve(NOBODY)) {
        send(orthanc, server);
        path = ask(orthanc, UID.CTImageStorage, DrawnSlices.instance(0));
        server.kill();
      }
      assertThat(orthanc.json(path).path("Status").asText()).isEqualTo("Pending");
      try (RunningServer server = serve(orthanc.destination())) {
        assertThat(outcome(orthanc, path).path("Status").asText()).isEqualTo("Success");
        assertThat(server.terminate()).isZero();
      }
    }
  }
}
