package org.tessera.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;

/** Orthanc, the archive, in a process of its own. */
final class RunningOrthanc implements AutoCloseable {
  private static final int ATTEMPTS = 300;

  private final Path configuration;
  private final int dicomPort;
  private final int httpPort;
  private Optional<Process> process = Optional.empty();

  private RunningOrthanc(Path configuration, int dicomPort, int httpPort) {
    this.configuration = configuration;
    this.dicomPort = dicomPort;
    this.httpPort = httpPort;
  }

  /** Where the program is; Debian puts it where only administrators look. */
  static Optional<Path> program() {
    return Stream.concat(
            Arrays.stream(String.valueOf(System.getenv("PATH")).split(":")),
            Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, "Orthanc"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Its plugin for DICOMweb, where Debian puts it. */
  static Optional<Path> dicomWebPlugin() {
    return Optional.of(Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so"))
        .filter(Files::isReadable);
  }

  /** One that is not started yet, with ports of its own. */
  static RunningOrthanc in(Path folder) throws IOException {
    return in(folder, Optional.empty());
  }

  /** The same with a plugin. */
  static RunningOrthanc in(Path folder, Optional<Path> plugin) throws IOException {
    RunningOrthanc orthanc =
        new RunningOrthanc(folder.resolve("orthanc.json"), freePort(), freePort());
    Path storage = Files.createDirectories(folder.resolve("orthanc"));
    Files.writeString(
        orthanc.configuration,
        """
        {"DicomPort": %d, "HttpPort": %d, "HttpServerEnabled": true,
         "RemoteAccessAllowed": false, "AuthenticationEnabled": false, "KeepAlive": false,
         "StorageDirectory": "%s", "IndexDirectory": "%s", "DicomCheckCalledAet": false,
         "DicomAlwaysAllowStore": true, "Plugins": [%s], "OverwriteInstances": false}
        """
            .formatted(
                orthanc.dicomPort,
                orthanc.httpPort,
                storage,
                storage,
                plugin.map(each -> "\"" + each + "\"").orElse("")));
    return orthanc;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Begins, and waits until it answers. */
  RunningOrthanc up() throws IOException, InterruptedException {
    Process started =
        new ProcessBuilder(program().orElseThrow().toString(), configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process = Optional.of(started);
    for (int i = 0; i < ATTEMPTS && started.isAlive(); i++) {
      try {
        get("/system");
        return this;
      } catch (ConnectException e) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new IOException("Orthanc does not answer.");
  }

  /** Stops it as it is: connections are accepted by the system, and nobody answers. SIGSTOP. */
  void freeze() throws IOException, InterruptedException {
    String pid = Long.toString(process.orElseThrow().pid());
    new ProcessBuilder("kill", "-STOP", pid).inheritIO().start().waitFor();
  }

  /** Ends it at once; what it was receiving is cut off. SIGKILL. */
  void down() throws InterruptedException {
    process.orElseThrow().destroyForcibly().waitFor();
  }

  /** As our settings name it. */
  String destination() {
    return "ORTHANC@127.0.0.1:" + dicomPort;
  }

  /** Base address of its DICOMweb, with the plugin. */
  String dicomWeb() {
    return "http://127.0.0.1:" + httpPort + "/dicom-web";
  }

  private byte[] get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path)).build(),
              HttpResponse.BodyHandlers.ofByteArray())
          .body();
    }
  }

  private JsonNode send(String path, String method, byte[] body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
              .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      byte[] answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
      return new ObjectMapper().readTree(answer.length == 0 ? "{}".getBytes(UTF_8) : answer);
    }
  }

  JsonNode post(String path, byte[] body) throws IOException, InterruptedException {
    return send(path, "POST", body);
  }

  JsonNode post(String path, String json) throws IOException, InterruptedException {
    return post(path, json.getBytes(UTF_8));
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get(path));
  }

  /** Tells it of a modality on this machine. */
  void know(String name, String aeTitle, String port) throws IOException, InterruptedException {
    send(
        "/modalities/" + name,
        "PUT",
        "{\"AET\":\"%s\",\"Host\":\"127.0.0.1\",\"Port\":%s}"
            .formatted(aeTitle, port)
            .getBytes(UTF_8));
  }

  /** The objects of a modality that it has. */
  List<Attributes> objects(String modality)
      throws IOException, InterruptedException, RejectedInputException {
    List<Attributes> objects = new ArrayList<>();
    for (JsonNode series : new ObjectMapper().readTree(get("/series?expand"))) {
      if (series.path("MainDicomTags").path("Modality").asText().equals(modality)) {
        for (JsonNode instance : series.path("Instances")) {
          byte[] file = get("/instances/" + instance.asText() + "/file");
          objects.add(DicomFile.read(file, ParseLimits.standard()).dataset());
        }
      }
    }
    return objects;
  }

  @Override
  public void close() {
    process.ifPresent(Process::destroyForcibly);
  }
}
