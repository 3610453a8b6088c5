package org.tessera.server.dicomweb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.server.ServerUnderTest;

/** Orthanc's DICOMweb plugin as our client, and DCMTK reading what we give out. */
@Tag("interop")
@Timeout(300)
class OrthancTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path ORTHANC = Path.of("/usr/sbin/Orthanc");
  private static final Path PLUGIN =
      Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");
  private static final int SLICES = 8;

  @TempDir private Path folder = Path.of("");
  private final HttpClient client = HttpClient.newHttpClient();
  private Process orthanc = new ProcessBuilder().command("true").start();
  private String peer = "";
  private ServerUnderTest server = start();

  OrthancTest() throws Exception {}

  private static ServerUnderTest start() throws Exception {
    assumeTrue(
        Files.isExecutable(ORTHANC) && Files.exists(PLUGIN),
        "Orthanc with its DICOMweb plugin is not installed");
    return ServerUnderTest.start(Files.createTempDirectory("tessera-orthanc"));
  }

  @BeforeEach
  void startOrthanc() throws Exception {
    int http = freePort();
    peer = "http://127.0.0.1:" + http;
    Path configuration = folder.resolve("orthanc.json");
    Files.writeString(
        configuration,
        """
        {"StorageDirectory":"%s","IndexDirectory":"%s","HttpPort":%d,"DicomPort":%d,
         "AuthenticationEnabled":false,"KeepAlive":false,"Plugins":["%s"],
         "DicomWeb":{"Enable":true,"Servers":{"tessera":{"Url":"%s/dicomweb/"}}}}
        """
            .formatted(folder, folder, http, freePort(), PLUGIN, server.base()));
    orthanc =
        new ProcessBuilder(ORTHANC.toString(), configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    for (int i = 0; i < 100 && !answers(); i++) {
      Thread.sleep(200);
    }
    assertThat(answers()).as("Orthanc answers").isTrue();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      return client
              .send(HttpRequest.newBuilder(URI.create(peer + "/system")).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stop() throws Exception {
    orthanc.destroy();
    assertThat(orthanc.waitFor(30, TimeUnit.SECONDS)).isTrue();
    server.close();
    client.close();
  }

  private HttpResponse<String> post(String path, byte[] body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(peer + path))
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private JsonNode orthanc(String path) throws IOException, InterruptedException {
    return MAPPER.readTree(
        client
            .send(
                HttpRequest.newBuilder(URI.create(peer + path)).build(), BodyHandlers.ofString())
            .body());
  }

  @Test
  void orthancSendsFindsAndFetchesAndDcmtkReads() throws Exception {
    DrawnStudy study = new DrawnStudy(SLICES);
    for (int i = 0; i < SLICES; i++) {
      assertThat(post("/instances", study.file(i)).statusCode()).isEqualTo(200);
    }
    String id = orthanc("/studies").path(0).asText();
    HttpResponse<String> sent =
        post(
            "/dicom-web/servers/tessera/stow",
            "{\"Resources\":[\"%s\"],\"Synchronous\":true}".formatted(id).getBytes(UTF_8));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    JsonNode here = MAPPER.readTree(server.get("/dicomweb/instances").body());
    assertThat(here).hasSize(SLICES);

    HttpResponse<String> found =
        post(
            "/dicom-web/servers/tessera/qido",
            "{\"Uri\":\"/studies\",\"Arguments\":{\"PatientID\":\"WEB-1\"}}".getBytes(UTF_8));
    assertThat(found.body()).contains(DrawnStudy.STUDY);

    client.send(
        HttpRequest.newBuilder(URI.create(peer + "/studies/" + id)).DELETE().build(),
        BodyHandlers.discarding());
    assertThat(orthanc("/instances")).isEmpty();
    HttpResponse<String> fetched =
        post(
            "/dicom-web/servers/tessera/retrieve",
            "{\"Resources\":[{\"Study\":\"%s\"}],\"Synchronous\":true}"
                .formatted(DrawnStudy.STUDY)
                .getBytes(UTF_8));
    assertThat(fetched.statusCode()).as(fetched.body()).isEqualTo(200);
    assertThat(orthanc("/instances")).hasSize(SLICES);
    for (int i = 0; i < SLICES; i++) {
      assertThat(dumped(i)).contains("PixelData").contains(DrawnStudy.instance(i));
    }
    metadataAgree();
  }

  /** What DCMTK says of an object that we gave out; skipped where it is not installed. */
  private String dumped(int number) throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/dcmdump")), "DCMTK is not installed");
    Path file = folder.resolve(number + ".dcm");
    Files.write(
        file,
        server
            .sendForBytes(
                server.request(DrawnStudy.address(number)).header("Accept", "application/dicom"))
            .body());
    Process dump =
        new ProcessBuilder("dcmdump", file.toString()).redirectErrorStream(true).start();
    String text = new String(dump.getInputStream().readAllBytes(), UTF_8);
    assertThat(dump.waitFor()).as(text).isZero();
    assertThat(text).doesNotContain("W: ").doesNotContain("E: ");
    return text;
  }

  /** The metadata of both servers, attribute by attribute, but for where pixels are. */
  private void metadataAgree() throws Exception {
    String path = "/studies/" + DrawnStudy.STUDY + "/metadata";
    List<JsonNode> ours = sorted(MAPPER.readTree(server.get("/dicomweb" + path).body()));
    List<JsonNode> theirs = sorted(orthanc("/dicom-web" + path));
    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.size(); i++) {
      for (var each : ours.get(i).properties()) {
        if (!List.of("7FE00010", "00080005").contains(each.getKey())) {
          JsonNode other = theirs.get(i).path(each.getKey());
          assertThat(each.getValue().path("vr")).as(each.getKey()).isEqualTo(other.path("vr"));
          assertThat(each.getValue().path("Value").toString())
              .as(each.getKey())
              .isEqualTo(other.path("Value").toString());
        }
      }
    }
  }

  private static List<JsonNode> sorted(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    all.sort(
        (one, other) ->
            one.path("00080018").toString().compareTo(other.path("00080018").toString()));
    return all;
  }
}
