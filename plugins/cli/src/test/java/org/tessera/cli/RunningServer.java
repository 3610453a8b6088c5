package org.tessera.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code tessera serve} in a process of its own. */
final class RunningServer implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(
          "ready http=(http://127\\.0\\.0\\.1:\\d+) dimse=TESSERA@127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final String http;
  private final String port;

  private RunningServer(Process process, String http, String port) {
    this.process = process;
    this.http = http;
    this.port = port;
  }

  /** Starts it on free ports and waits until it is ready. */
  static RunningServer start(Path data, String... settings) throws IOException {
    return start("-Xmx256m", data, settings);
  }

  /**
   * Starts it with so much memory.
   *
   * @param heap option of the virtual machine
   */
  static RunningServer start(String heap, Path data, String... settings) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Tessera.class.getName(),
                "serve"));
    List<String> all =
        new ArrayList<>(
            List.of(
                "http.port=0", "dimse.port=0", "data.dir=" + data, "drain.seconds=2",
                "data.reserve-mb=0", "pipeline.mode=off"));
    all.addAll(List.of(settings));
    for (String setting : all) {
      command.add("--set");
      command.add(setting);
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Matcher ready = READY.matcher(String.valueOf(out.readLine()));
    if (!ready.matches()) {
      process.destroyForcibly();
      throw new IOException("It did not say that it is ready.");
    }
    return new RunningServer(process, ready.group(1), ready.group(2));
  }

  /** Address of HTTP. */
  String url() {
    return http;
  }

  String port() {
    return port;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /** As a program asks. */
  HttpResponse<String> json(String path) throws IOException, InterruptedException {
    return send(request(path).header("Accept", "application/json"));
  }

  HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
  }

  /** A request to be filled in. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(http + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Sends it; bytes of any kind come back. */
  HttpResponse<byte[]> bytes(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), handler);
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; returns the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
