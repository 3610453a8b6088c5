package org.tessera.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The whole server in this process, on free ports, and a client for it. */
public final class ServerUnderTest implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready http=(\\S+) dimse=.*:(\\d+)");

  private final TesseraServer server;
  private final String base;
  private final String dimsePort;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ServerUnderTest(TesseraServer server, String base, String dimsePort) {
    this.server = server;
    this.base = base;
    this.dimsePort = dimsePort;
  }

  /**
   * Starts it.
   *
   * @param settings key, value, key, value
   */
  public static ServerUnderTest start(Path data, String... settings) throws Exception {
    Map<String, String> given = new TreeMap<>();
    given.put("http.port", "0");
    given.put("dimse.port", "0");
    given.put("data.reserve-mb", "0");
    given.put("drain.seconds", "1");
    given.put("pipeline.mode", "off");
    given.put("data.dir", data.toString());
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    TesseraServer server = TesseraServer.start(ServerSettings.of(given));
    Matcher ready = READY.matcher(server.ready());
    if (!ready.matches()) {
      server.drain();
      throw new IOException("It did not say where it listens.");
    }
    return new ServerUnderTest(server, ready.group(1), ready.group(2));
  }

  public String base() {
    return base;
  }

  public String dimsePort() {
    return dimsePort;
  }

  /** A request to be completed. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  @Override
  public void close() throws Exception {
    server.drain();
    client.close();
  }

  /** The folder {@code shared/data} beside the repository; without it the test is skipped. */
  public static Path sharedData() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.isDirectory(at.resolve("shared").resolve("data"))) {
      at = at.getParent();
    }
    Assumptions.assumeTrue(at != null, "shared/data is not beside the repository");
    return Path.of(String.valueOf(at)).resolve("shared").resolve("data");
  }
}
