package org.tessera.runtime.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** Archives that behave, and those that do not. */
@Timeout(120)
class StudyFetcherTest {
  private static final String STUDY = "1.2.3.4.5";

  @TempDir private Path folder = Path.of("");
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server = unstarted();

  @SuppressWarnings({"NullAway", "DataFlowIssue"})
  private static HttpServer unstarted() {
    return null;
  }

  /** What the archive does. */
  @FunctionalInterface
  private interface Archive {
    void answer(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void at(String path, Archive archive) {
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          try (exchange) {
            archive.answer(exchange);
          }
        });
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private StudyFetcher.Fetched fetched(long mostBytes, int mostObjects, String... archives)
      throws Exception {
    return new StudyFetcher(
            new StudyFetcher.Settings(
                StudyFetcher.Settings.archives(List.of(archives)),
                "Bearer x",
                mostBytes,
                mostObjects,
                Duration.ofSeconds(3)))
        .fetch(STUDY, folder.resolve("fetched"));
  }

  private byte[] object(String study, String uid) throws IOException {
    Attributes object = new Attributes();
    object.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    object.setString(Tag.SOPInstanceUID, VR.UI, uid);
    object.setString(Tag.StudyInstanceUID, VR.UI, study);
    Path file = folder.resolve(uid);
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(object, TransferSyntax.EXPLICIT_LITTLE);
    }
    return Files.readAllBytes(file);
  }

  private static byte[] multipart(List<byte[]> parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] each : parts) {
      body.writeBytes("--b\r\nContent-Type: application/dicom\r\n\r\n".getBytes(US_ASCII));
      body.writeBytes(each);
      body.writeBytes("\r\n".getBytes(US_ASCII));
    }
    body.writeBytes("--b--".getBytes(US_ASCII));
    return body.toByteArray();
  }

  private static Archive sends(byte[] body) {
    return exchange -> {
      exchange
          .getResponseHeaders()
          .set("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=b");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    };
  }

  @Test
  void theObjectsOfTheStudyComeAndOthersAreLeftOut() throws Exception {
    List<byte[]> parts = new ArrayList<>();
    parts.add(object(STUDY, "1.1"));
    parts.add(object("9.9.9", "1.2"));
    parts.add("no DICOM".getBytes(US_ASCII));
    parts.add(object(STUDY, "1.3"));
    at("/web/studies/" + STUDY, sends(multipart(parts)));
    StudyFetcher.Fetched fetched = fetched(1 << 20, 10, url("/web"));
    assertThat(fetched.files()).hasSize(2);
    assertThat(fetched.files().getLast()).hasBinaryContent(object(STUDY, "1.3"));
    assertThat(fetched.notices())
        .containsExactly(
            "2 of 4 objects that the archive sent are not DICOM objects of the study.");
    assertThat(asked).containsExactly("/web/studies/" + STUDY);
  }

  @Test
  void theNextArchiveIsAskedWhereOneDoesNotHaveIt() throws Exception {
    at("/a/", exchange -> exchange.sendResponseHeaders(404, -1));
    at("/b/", sends(multipart(List.of(object(STUDY, "1.1")))));
    assertThat(fetched(1 << 20, 10, url("/a"), url("/b/")).files()).hasSize(1);
  }

  @Test
  void noRedirectIsFollowed() throws Exception {
    at("/secret", exchange -> exchange.sendResponseHeaders(200, -1));
    at(
        "/web/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", url("/secret"));
          exchange.sendResponseHeaders(302, -1);
        });
    assertThat(fetched(1 << 20, 10, url("/web")).notices())
        .containsExactly("The archive sent us elsewhere (302), where nobody goes.");
    assertThat(asked).containsExactly("/web/studies/" + STUDY);
  }

  @Test
  void bytesObjectsAndTimeAreBounded() throws Exception {
    byte[] one = object(STUDY, "1.1");
    at("/web/", sends(multipart(List.of(one, one, one))));
    assertThat(fetched(one.length + 10, 10, url("/web")).notices())
        .containsExactly("The study has more bytes than may be fetched.");
    assertThat(fetched(1 << 20, 2, url("/web")).notices())
        .containsExactly("The study has more than 2 objects.");
    at(
        "/slow/",
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("Content-Type", "multipart/related; boundary=b");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 200; i++) {
              out.write('x');
              out.flush();
              Thread.sleep(100);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThat(fetched(1 << 20, 10, url("/slow")).notices())
        .containsExactly("The archive did not send the study within 3 seconds.");
  }

  @Test
  void whatIsNoStudyIsSaidToBeNone() throws Exception {
    at("/html/", exchange -> exchange.sendResponseHeaders(200, -1));
    assertThat(fetched(1 << 20, 10, url("/html")).notices())
        .containsExactly("The archive answered with something that is no study.");
    byte[] whole = multipart(List.of(object(STUDY, "1.1")));
    at("/cut/", sends(Arrays.copyOf(whole, whole.length - 20)));
    assertThat(fetched(1 << 20, 10, url("/cut")).notices()).hasSize(1);
    assertThat(fetched(1 << 20, 10, "http://127.0.0.1:1/").notices())
        .containsExactly("The archive does not answer, or stopped in the middle of the study.");
    assertThat(
            new StudyFetcher(
                    new StudyFetcher.Settings(
                        List.of(URI.create(url("/web/"))), "", 1, 1, Duration.ofSeconds(1)))
                .fetch("../../secret", folder)
                .files())
        .isEmpty();
    assertThat(asked).noneMatch(each -> each.contains("secret"));
  }

  @Test
  void onlyPlainAddressesAreTaken() throws Exception {
    for (String bad :
        List.of(
            "file:///etc", "http://user@host/", "http://host/?q=", "ftp://host/", "host/web",
            "http://host/#x")) {
      assertThatThrownBy(() -> StudyFetcher.Settings.archives(List.of(bad)))
          .as(bad)
          .isInstanceOf(RejectedInputException.class);
    }
    assertThat(StudyFetcher.Settings.archives(List.of("https://a.example:8042/dicom-web")))
        .containsExactly(URI.create("https://a.example:8042/dicom-web/"));
  }
}
