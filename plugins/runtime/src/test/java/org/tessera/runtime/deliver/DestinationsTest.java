package org.tessera.runtime.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;
import org.tessera.dicom.net.DicomListener;
import org.tessera.dicom.net.DimseStatus;
import org.tessera.dicom.net.NetLimits;
import org.tessera.dicom.net.StoreHandler;
import org.tessera.runtime.deliver.Destination.Outcome;

/** What archives and record systems may answer, and what is made of it. */
@Timeout(60)
class DestinationsTest {
  @TempDir private Path folder = Path.of("");

  private static DeliverySettings settings(List<String> pacs, String fhir) {
    return settings(pacs, fhir, Duration.ofSeconds(30));
  }

  /** The timeout is short only for those who never answer. */
  private static DeliverySettings settings(List<String> pacs, String fhir, Duration timeout) {
    return new DeliverySettings(
        pacs, Set.of("sr"), fhir, "Bearer x", 3, Duration.ofSeconds(1), timeout);
  }

  private Delivery delivery() {
    return new Delivery(
        1, 1, "case-1", 1, "there", "sr", "report.dcm", "2.25.1", DeliveryState.SENDING, 1,
        Instant.EPOCH, "", Instant.EPOCH);
  }

  private Path report() throws IOException {
    Attributes report =
        new Attributes()
            .setString(Tag.SOPClassUID, VR.UI, UID.Comprehensive3DSRStorage)
            .setString(Tag.SOPInstanceUID, VR.UI, "2.25.1")
            .setString(Tag.StudyInstanceUID, VR.UI, "2.25.2");
    Path file = folder.resolve("report.dcm");
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(report, TransferSyntax.EXPLICIT_LITTLE);
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000, DELIVERED", "0x0111, DELIVERED", "0xB000, DELIVERED", "0xB007, DELIVERED",
    "0xA700, LATER", "0xA7FF, LATER", "0xFE00, LATER", "0x0110, LATER",
    "0xA900, NEVER", "0xC000, NEVER", "0x0122, NEVER"
  })
  void statusesOfAnArchive(String code, Outcome expected) throws Exception {
    StoreHandler handler =
        (request, dataset) -> {
          dataset.readAllBytes();
          return CompletableFuture.completedFuture(
              new DimseStatus(Integer.decode(code), ""));
        };
    DicomListener archive =
        DicomListener.start(
            new DicomListener.Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "ARCHIVE",
                Set.of("TESSERA"),
                List.of(),
                NetLimits.standard()),
            handler,
            ending -> {});
    try {
      String address = "ARCHIVE@127.0.0.1:" + archive.address().getPort();
      assertThat(send(settings(List.of(address), "")).outcome())
          .isEqualTo(expected);
    } finally {
      archive.drain(Duration.ZERO);
    }
  }

  private Destination.Answer send(DeliverySettings settings) throws Exception {
    return settings.destinations("TESSERA").getFirst().send(delivery(), report());
  }

  private static DeliverySettings hasty(String archive) {
    return settings(List.of(archive), "", Duration.ofSeconds(1));
  }

  @Test
  void anArchiveThatHangsOrIsNotThereIsNoAnswer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> send(hasty("ARCHIVE@127.0.0.1:" + silent.getLocalPort())))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> send(hasty("ARCHIVE@127.0.0.1:1"))).isInstanceOf(IOException.class);
    assertThat(send(hasty("ARCHIVE@nowhere.invalid:104")).outcome()).isEqualTo(Outcome.LATER);
  }

  private static final String DONE =
      "{'resourceType':'Bundle','type':'transaction-response','entry':"
          + "[{'response':{'status':'201 Created'}},{'response':{'status':'200'}}]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "200;" + DONE + ";DELIVERED",
        "200;{'resourceType':'Bundle','type':'transaction-response','entry':"
            + "[{'response':{'status':'412'}}]};NEVER",
        "200;{'resourceType':'OperationOutcome'};LATER",
        "200;<html>Sign in</html>;LATER",
        "302;;LATER", "401;;LATER", "404;;LATER", "429;;LATER", "500;;LATER", "503;;LATER",
        "400;;NEVER", "412;;NEVER", "413;;NEVER", "422;;NEVER"
      },
      quoteCharacter = '"')
  void answersOfARecordSystem(int status, String body, Outcome expected) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/fhir",
        exchange -> {
          boolean known =
              "Bearer x".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getRequestBody().readAllBytes();
          byte[] answer =
              (body == null ? "" : body.replace('\'', '"')).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
          exchange.sendResponseHeaders(known ? status : 418, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir";
      Path bundle = Files.writeString(folder.resolve("bundle.json"), "{}");
      assertThat(
              settings(List.of(), url)
                  .destinations("TESSERA")
                  .getFirst()
                  .send(delivery(), bundle)
                  .outcome())
          .isEqualTo(expected);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aRecordSystemThatHangsIsNoAnswer() throws Exception {
    Path bundle = Files.writeString(folder.resolve("bundle.json"), "{}");
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Destination there =
          settings(
                  List.of(),
                  "http://127.0.0.1:" + silent.getLocalPort() + "/fhir",
                  Duration.ofSeconds(1))
              .destinations("TESSERA")
              .getFirst();
      assertThatThrownBy(() -> there.send(delivery(), bundle)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nohost", "A@h", "A@h:0", "A@h:99999", "@h:104", "A@h:1/x", "A\\B@h:104",
          "SEVENTEENCHARSLNG@h:104"})
  void archivesThatAreNoneAreRefused(String text) {
    assertThatThrownBy(() -> settings(List.of(text), "").destinations("TESSERA"))
        .isInstanceOfSatisfying(
            RejectedInputException.class,
            e ->
                assertThat(e.sentence())
                    .isEqualTo("deliver.pacs is a list of archives, each as AE@HOST:PORT."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://h/f", "http://", "h", "http://u:p@h/f", "http://h/f?x", "http://h :"})
  void addressesThatAreNoneAreRefused(String text) {
    assertThatThrownBy(() -> settings(List.of(), text).destinations("TESSERA"))
        .isInstanceOf(RejectedInputException.class);
  }

  @Test
  void namesShowNoCredentials() throws Exception {
    assertThat(
            settings(List.of("A@h:104", "B@[::1]:104"), "https://ehr/fhir")
                .destinations("TESSERA"))
        .extracting(Destination::name)
        .containsExactly("pacs A@h:104", "pacs B@::1:104", "fhir https://ehr/fhir");
  }
}
