package org.tessera.server.dicomweb;

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
import java.util.Map;

/** Chromium without a window, driven by WebDriver (W3C recommendation). */
final class Browser implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final List<String> ARGUMENTS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--use-angle=swiftshader",
          "--enable-unsafe-swiftshader",
          "--window-size=1400,900");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String base;
  private final String session;

  private Browser(Process driver, String base, Path profile)
      throws IOException, InterruptedException {
    this.driver = driver;
    this.base = base;
    for (int i = 0; i < 100 && !answers(); i++) {
      Thread.sleep(100);
    }
    List<String> arguments = new ArrayList<>(ARGUMENTS);
    arguments.add("--user-data-dir=" + profile);
    JsonNode made =
        post(
            "/session",
            Map.of(
                "capabilities",
                Map.of("alwaysMatch", Map.of("goog:chromeOptions", Map.of("args", arguments)))));
    this.session = "/session/" + made.path("sessionId").asText();
  }

  static boolean isInstalled() {
    return Files.isExecutable(DRIVER);
  }

  /**
   * Starts it.
   *
   * @param folder for its profile and log
   */
  static Browser start(Path folder) throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Process driver =
        new ProcessBuilder(DRIVER.toString(), "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("driver.log").toFile())
            .start();
    try {
      return new Browser(driver, "http://127.0.0.1:" + port, folder.resolve("profile"));
    } catch (IOException | RuntimeException e) {
      driver.destroy();
      throw e;
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      return client
              .send(
                  HttpRequest.newBuilder(URI.create(base + "/status")).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private JsonNode post(String path, Object body) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(MAPPER.writeValueAsString(body)))
                .build(),
            BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.body());
    }
    return MAPPER.readTree(response.body()).path("value");
  }

  void open(String address) throws IOException, InterruptedException {
    post(session + "/url", Map.of("url", address));
  }

  /** What a function body of JavaScript returns on the page. */
  JsonNode run(String script) throws IOException, InterruptedException {
    return post(session + "/execute/sync", Map.of("script", script, "args", List.of()));
  }

  @Override
  public void close() throws Exception {
    client.send(
        HttpRequest.newBuilder(URI.create(base + session)).DELETE().build(),
        BodyHandlers.discarding());
    driver.destroy();
    driver.waitFor();
    client.close();
  }
}
