package org.tessera.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.TestData;
import org.tessera.dicom.Tool;
import org.tessera.dicom.TransferSyntax;

/** DCMTK on the other side. */
@Tag("interop")
@Timeout(120)
class DimsePeersTest {
  private static final NetLimits LIMITS = NetLimits.standard();

  @Test
  void echoscuAndStorescuAreServed() throws IOException, InterruptedException {
    Tool.require("storescu");
    Map<String, byte[]> stored = new ConcurrentHashMap<>();
    try (DicomListener listener =
        DicomListener.start(
            NetSamples.settings(LIMITS),
            (request, dataset) -> {
              stored.put(request.sopInstance(), dataset.readAllBytes());
              return CompletableFuture.completedFuture(DimseStatus.SUCCESS);
            },
            ending -> {})) {
      String port = Integer.toString(listener.address().getPort());
      assertThat(
              Tool.run(List.of("echoscu", "-aec", "TESSERA", "127.0.0.1", port)).exit())
          .isZero();
      assertThat(Tool.run(List.of("echoscu", "-aec", "WRONG", "127.0.0.1", port)).output())
          .contains("Called AE Title Not Recognized");
      List<String> command =
          new ArrayList<>(List.of("storescu", "-aec", "TESSERA", "127.0.0.1", port));
      int sent = 0;
      for (Path file : TestData.interopFiles()) {
        if (file.toString().matches(".*CT1_UNC[.a-z_]*_little_endian[.]dcm")) {
          command.add(file.toString());
          sent++;
        }
      }
      assertThat(sent).isPositive();
      assertThat(Tool.run(command).exit()).isZero();
      assertThat(stored).isNotEmpty();
    }
  }

  @Test
  void storescpTakesWhatWeSend(@TempDir Path folder) throws IOException, InterruptedException {
    Tool.require("storescp");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process peer =
        new ProcessBuilder(
                "storescp", "-od", folder.toString(), "-aet", "PACS", Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      byte[] dataset = NetSamples.dataset(NetSamples.image("2.25.77", 300_000));
      Association association = connect(port);
      assertThat(association.cecho()).isEqualTo(DimseStatus.SUCCESS);
      assertThat(
              association.cstore(
                  NetSamples.CT,
                  "2.25.77",
                  TransferSyntax.EXPLICIT_LITTLE,
                  new ByteArrayInputStream(dataset)))
          .isEqualTo(DimseStatus.SUCCESS);
      association.release();
      Path file;
      try (Stream<Path> files = Files.list(folder)) {
        file = files.findFirst().orElseThrow();
      }
      assertThat(DicomFile.read(file).dataset().string(org.tessera.dicom.Tag.PatientID))
          .contains("PLANTED-ID");
      assertThat(Files.size(file)).isGreaterThan(300_000);
    } catch (RejectedInputException e) {
      throw new AssertionError(e.sentence(), e);
    } finally {
      peer.destroy();
      peer.waitFor(5, TimeUnit.SECONDS);
    }
  }

  private static Association connect(int port) throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    AAssociateRQ request =
        NetSamples.proposal("PACS", NetSamples.verification(), NetSamples.ct());
    for (int attempt = 0; attempt < 100; attempt++) {
      try {
        return Association.connect(address, request, LIMITS);
      } catch (IOException e) {
        Thread.sleep(Duration.ofMillis(100));
      }
    }
    throw new IOException("The peer does not listen.");
  }
}
