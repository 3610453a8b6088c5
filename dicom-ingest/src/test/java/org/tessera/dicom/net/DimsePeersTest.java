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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
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

  private static DicomListener taking(NetLimits.Share share, List<String> stored)
      throws IOException {
    return DicomListener.start(
        NetSamples.settings(LIMITS.withShare(share)),
        (request, dataset) -> {
          dataset.readAllBytes();
          stored.add(request.sopInstance());
          return CompletableFuture.completedFuture(DimseStatus.SUCCESS);
        },
        ending -> {});
  }

  private static List<String> storescu(DicomListener listener, Path folder, int images)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("storescu", "-v", "-nh", "-aec", "TESSERA", "127.0.0.1",
                Integer.toString(listener.address().getPort())));
    for (int i = 0; i < images; i++) {
      Path file = folder.resolve("image" + i);
      try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
        out.writeFile(NetSamples.image("2.25." + i, 100_000), TransferSyntax.EXPLICIT_LITTLE);
      }
      command.add(file.toString());
    }
    return command;
  }

  private static int refused(String said) {
    return said.split("Refused: OutOfResources", -1).length - 1;
  }

  @Test
  void anAssociationHasItsShareOfObjectsAndOfBytes(@TempDir Path folder)
      throws IOException, InterruptedException {
    Tool.require("storescu");
    List<String> stored = new CopyOnWriteArrayList<>();
    try (DicomListener listener =
        taking(new NetLimits.Share(9, 3, Long.MAX_VALUE), stored)) {
      assertThat(refused(Tool.run(storescu(listener, folder, 5)).output())).isEqualTo(2);
      assertThat(stored).hasSize(3);
      assertThat(refused(Tool.run(storescu(listener, folder, 2)).output()))
          .as("another association")
          .isZero();
    }
    stored.clear();
    try (DicomListener listener = taking(new NetLimits.Share(9, 99, 250_000), stored)) {
      assertThat(refused(Tool.run(storescu(listener, folder, 5)).output())).isEqualTo(2);
      assertThat(stored).hasSize(3);
    }
  }

  @Test
  void oneHostDoesNotTakeAllAssociations() throws IOException, InterruptedException {
    Tool.require("echoscu");
    List<String> echo = new ArrayList<>(List.of("echoscu", "-aec", "TESSERA", "127.0.0.1"));
    try (DicomListener listener =
        taking(new NetLimits.Share(1, 9, Long.MAX_VALUE), new ArrayList<>())) {
      echo.add(Integer.toString(listener.address().getPort()));
      try (Association first = connect(listener.address().getPort(), "TESSERA")) {
        assertThat(first.cecho()).isEqualTo(DimseStatus.SUCCESS);
        Tool.Outcome second = Tool.run(echo);
        assertThat(second.exit()).isNotZero();
        assertThat(second.output()).contains("Local Limit Exceeded");
        first.release();
      }
      int attempts = 0;
      while (Tool.run(echo).exit() != 0) {
        assertThat(attempts++).as("the place is free again").isLessThan(50);
        Thread.sleep(100);
      }
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
      Association association = connect(port, "PACS");
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

  private static Association connect(int port, String aet)
      throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    AAssociateRQ request =
        NetSamples.proposal(aet, NetSamples.verification(), NetSamples.ct());
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
