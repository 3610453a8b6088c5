package org.tessera.server.dicomweb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.server.ServerUnderTest;

/**
 * The OHIF viewer as it is published, in a browser, on another origin than the server: it lists
 * what is stored and shows it.
 */
@Tag("interop")
@Timeout(300)
class OhifTest {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html", "js", "text/javascript", "css", "text/css", "wasm",
          "application/wasm", "json", "application/json", "svg", "image/svg+xml");

  /** Seconds until a study stands on the screen, on a machine that does other things as well. */
  private static final int PATIENCE = 150;

  /** Grey of the quarters of every slice: upper left and right, lower left and right. */
  private static final int[] QUARTERS = {1000, 0, 330, 660};

  private static final String CONFIGURATION =
      """
      window.config = {routerBasename: null, extensions: [], modes: [], customizationService: {},
        showStudyList: true, maxNumberOfWebWorkers: 2, showLoadingIndicator: true,
        maxNumRequests: {interaction: 20, thumbnail: 5, prefetch: 10},
        defaultDataSourceName: 'tessera', dataSources: [{
          namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
          sourceName: 'tessera', configuration: {friendlyName: 'Tessera', name: 'tessera',
            qidoRoot: '%1$s', wadoRoot: '%1$s', wadoUriRoot: '%1$s',
            qidoSupportsIncludeField: true, imageRendering: 'wadors',
            thumbnailRendering: 'wadors', enableStudyLazyLoad: true, supportsWildcard: true,
            singlepart: 'bulkdata,video'}}]};
      """;

  private static final String CANVAS =
      "const c = document.querySelector('canvas.cornerstone-canvas');"
          + " return c ? c.toDataURL('image/png') : '';";

  @TempDir private Path folder = Path.of("");
  private final Path viewer = viewer();
  private final HttpServer pages =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final String origin = "http://localhost:" + pages.getAddress().getPort();
  private ServerUnderTest server = start();
  private Browser browser = Browser.start(Files.createTempDirectory("tessera-browser"));

  OhifTest() throws Exception {}

  /** Where {@code .ci/run} puts it. */
  private static Path viewer() {
    Path peer = Path.of(".ci", "peers", "ohif", "package", "dist");
    Path at = Path.of("").toAbsolutePath();
    while (at.getParent() != null && !Files.isDirectory(at.resolve(peer))) {
      at = Path.of(String.valueOf(at.getParent()));
    }
    assumeTrue(
        Browser.isInstalled() && Files.isDirectory(at.resolve(peer)),
        "OHIF and chromium-driver are not installed");
    return at.resolve(peer);
  }

  private ServerUnderTest start() throws Exception {
    return ServerUnderTest.start(
        Files.createTempDirectory("tessera-ohif"), "http.allowed-origins", origin);
  }

  @BeforeEach
  void servePages() throws Exception {
    pages.createContext("/", this::page);
    pages.start();
    DrawnStudy study = DrawnStudy.ofQuarters(3, QUARTERS);
    assertThat(
            server
                .send(
                    server
                        .request("/dicomweb/studies")
                        .header(
                            "Content-Type",
                            "multipart/related; type=\"application/dicom\"; boundary="
                                + DrawnStudy.BOUNDARY)
                        .POST(BodyPublishers.ofByteArray(study.body())))
                .statusCode())
        .isEqualTo(200);
  }

  private void page(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Path file = viewer.resolve(path.substring(1)).normalize();
    boolean found = file.startsWith(viewer) && Files.isRegularFile(file);
    Path shown = found ? file : viewer.resolve("index.html");
    byte[] body =
        path.equals("/app-config.js")
            ? CONFIGURATION.formatted(server.base() + "/dicomweb").getBytes(UTF_8)
            : Files.readAllBytes(shown);
    String name = String.valueOf(shown.getFileName());
    String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "image/png");
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cross-Origin-Opener-Policy", "same-origin");
    exchange.getResponseHeaders().set("Cross-Origin-Embedder-Policy", "require-corp");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @AfterEach
  void stop() throws Exception {
    browser.close();
    pages.stop(0);
    server.close();
  }

  @Test
  void listsAStudyAndShowsItsPixels() throws Exception {
    browser.open(origin + "/");
    assertThat(await("return document.body.innerText", "Müller, Anna")).contains("Thorax", "CT");

    browser.open(origin + "/viewer?StudyInstanceUIDs=" + DrawnStudy.STUDY);
    Optional<int[]> greys = Optional.empty();
    for (int second = 0; second < PATIENCE && greys.isEmpty(); second++) {
      Thread.sleep(1000);
      greys = quarters(browser.run(CANVAS).asText()).filter(each -> each[0] > 200);
    }
    assertThat(greys).as("a slice is on the screen").isPresent();
    int[] shown = greys.orElseThrow();
    for (int i = 0; i < shown.length; i++) {
      assertThat(shown[i]).isCloseTo(255 * QUARTERS[i] / QUARTERS[0], within(12));
    }
  }

  private String await(String script, String wanted) throws Exception {
    String text = "";
    for (int second = 0; second < PATIENCE && !text.contains(wanted); second++) {
      Thread.sleep(1000);
      JsonNode found = browser.run(script);
      text = found.asText();
    }
    assertThat(text).contains(wanted);
    return text;
  }

  /** Mean grey of a spot in each quarter of the picture in the middle of a canvas. */
  private static Optional<int[]> quarters(String url) throws IOException {
    if (!url.contains(",")) {
      return Optional.empty();
    }
    BufferedImage canvas =
        ImageIO.read(
            new ByteArrayInputStream(
                Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1))));
    if (canvas == null || canvas.getWidth() < 100 || canvas.getHeight() < 100) {
      return Optional.empty();
    }
    int off = Math.min(canvas.getWidth(), canvas.getHeight()) / 6;
    int[] greys = new int[4];
    for (int i = 0; i < greys.length; i++) {
      int x = canvas.getWidth() / 2 + (i % 2 == 0 ? -off : off);
      int y = canvas.getHeight() / 2 + (i < 2 ? -off : off);
      greys[i] = canvas.getRGB(x, y) & 255;
    }
    return Optional.of(greys);
  }
}
