package org.tessera.runtime.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tessera.runtime.work.CaseQueue;

/** {@code tessera serve} in a process of its own, as it is shipped. */
final class ServedPipeline implements AutoCloseable {
  static final String NAME = "tessera serve";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration STEP = Duration.ofMillis(50);
  private static final int MOST_STEPS = 2400;

  private final StorePeer process;
  private final RestClient rest;

  private ServedPipeline(StorePeer process, RestClient rest) {
    this.process = process;
    this.rest = rest;
  }

  /** A Java process with the class path and the memory of all sides. */
  static List<String> java(String main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * Starts it.
   *
   * @param settings beside ports and folder, each as KEY=VALUE
   */
  static ServedPipeline start(Path work, List<String> settings) throws IOException {
    int port = StorePeer.freePort();
    int http = StorePeer.freePort();
    Path folder = Files.createDirectory(work.resolve("served"));
    List<String> command = new ArrayList<>(java("org.tessera.cli.Tessera", "serve"));
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of("http.port=" + http, "dimse.port=" + port, "data.dir=" + folder));
    for (String setting : all) {
      command.addAll(List.of("--set", setting));
    }
    return new ServedPipeline(
        StorePeer.start(NAME, command, Map.of(), port, folder), new RestClient(http));
  }

  /** Sends a study by storescu; returns when it has ended. */
  void send(PhantomStudies.Study study) throws IOException {
    process.receive(study.files(), 1, Map.of());
  }

  private JsonNode json(PhantomStudies.Study study, String what) throws IOException {
    return MAPPER.readTree(rest.get("/cases/" + CaseQueue.nameOf(study.uid()) + what));
  }

  /** The seal of the result, as {@code result.json} has it. */
  String seal(PhantomStudies.Study study) throws IOException {
    return json(study, "").path("seal").path("result").asText();
  }

  /** Waits until every object of the result was sent. */
  void awaitDelivered(PhantomStudies.Study study) throws IOException {
    for (int i = 0; i < MOST_STEPS; i++) {
      if (json(study, "/status").path("state").asText().equals("delivered")) {
        return;
      }
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while a case was awaited.", e);
      }
    }
    throw new IOException("A case was not delivered within two minutes.");
  }

  @Override
  public void close() {
    process.close();
    rest.close();
  }
}
