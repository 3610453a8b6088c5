package org.tessera.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.net.UserInformation.OperationsWindow;

/** Both of our sides against each other. */
@Timeout(60)
class AssociationTest {
  private static final NetLimits LIMITS = NetSamples.limits(4, Duration.ofSeconds(20));

  private final Map<String, byte[]> stored = new ConcurrentHashMap<>();

  private CompletionStage<DimseStatus> keep(StoreHandler.Request request, InputStream dataset)
      throws IOException {
    stored.put(request.sopInstance(), dataset.readAllBytes());
    return CompletableFuture.completedFuture(
        request.sopInstance().equals("2.25.9")
            ? DimseStatus.cannotUnderstand("It is the ninth.")
            : DimseStatus.SUCCESS);
  }

  private static Association connect(DicomListener listener) throws IOException {
    return Association.connect(
        listener.address(),
        NetSamples.proposal("TESSERA", NetSamples.verification(), NetSamples.ct()),
        LIMITS);
  }

  @Test
  void objectsOfEverySizeArriveAsTheyWereSent() throws IOException {
    try (DicomListener listener =
            DicomListener.start(NetSamples.settings(LIMITS), this::keep, ending -> {});
        Association association = connect(listener)) {
      for (int size : new int[] {0, 1, 16_384 - 12, 16_384, 100_001}) {
        byte[] dataset = NetSamples.dataset(NetSamples.image("2.25." + size, size));
        DimseStatus status =
            association.cstore(
                NetSamples.CT,
                "2.25." + size,
                TransferSyntax.EXPLICIT_LITTLE,
                new ByteArrayInputStream(dataset));
        assertThat(status).isEqualTo(DimseStatus.SUCCESS);
        assertThat(stored.get("2.25." + size)).isEqualTo(dataset);
      }
      assertThat(association.cecho().isSuccess()).isTrue();
      DimseStatus refused =
          association.cstore(
              NetSamples.CT,
              "2.25.9",
              TransferSyntax.EXPLICIT_LITTLE,
              new ByteArrayInputStream(new byte[10]));
      assertThat(refused).isEqualTo(DimseStatus.cannotUnderstand("It is the ninth."));
      assertThatThrownBy(
              () ->
                  association.cstore(
                      UID.MRImageStorage,
                      "2.25.1",
                      TransferSyntax.EXPLICIT_LITTLE,
                      InputStream.nullInputStream()))
          .isInstanceOf(AssociationException.class)
          .hasMessage("The peer does not take MR Image Storage in Explicit VR Little Endian.");
      association.release();
    }
  }

  @Test
  void aRejectionSaysWhy() throws IOException {
    try (DicomListener listener =
        DicomListener.start(NetSamples.settings(LIMITS), this::keep, ending -> {})) {
      assertThatThrownBy(
              () ->
                  Association.connect(
                      listener.address(),
                      NetSamples.proposal("NOBODY", NetSamples.verification()),
                      LIMITS))
          .isInstanceOf(AssociationException.class)
          .hasMessage("The peer rejected the association (result 1, source 1, reason 7).");
    }
  }

  /** With a window of 4 the fourth object is read before the first one is answered. */
  @Test
  void operationsOverlapAsFarAsWasAgreed() throws IOException, InterruptedException {
    CountDownLatch read = new CountDownLatch(4);
    CompletableFuture<DimseStatus> safe = new CompletableFuture<>();
    StoreHandler slow =
        (request, dataset) -> {
          dataset.transferTo(OutputStream.nullOutputStream());
          read.countDown();
          return safe;
        };
    UserInformation user =
        new UserInformation(
            1 << 14, "1.2.3", "", Optional.of(new OperationsWindow(0, 1)), List.of(), List.of());
    AAssociateRQ request =
        new AAssociateRQ("TESSERA", "SENDER", List.of(NetSamples.ct()), user);
    try (DicomListener listener =
            DicomListener.start(NetSamples.settings(LIMITS), slow, ending -> {});
        Socket socket = new Socket()) {
      socket.connect(listener.address());
      OutputStream out = socket.getOutputStream();
      out.write(PduWriter.encode(request));
      for (int i = 1; i <= 4; i++) {
        String uid = "2.25." + i;
        out.write(NetSamples.data(3, 3, NetSamples.command(Command.store(i, NetSamples.CT, uid))));
        out.write(NetSamples.data(3, 2, NetSamples.dataset(NetSamples.image(uid, 100))));
      }
      read.await();
      safe.complete(DimseStatus.SUCCESS);
      out.write(PduWriter.encode(new AReleaseRQ()));
      byte[] all = socket.getInputStream().readAllBytes();
      int answers = 0;
      for (int i = 0; i + 12 < all.length; i++) {
        // A P-DATA-TF with the last part of a command on context 3.
        if (all[i] == 4 && all[i + 1] == 0 && all[i + 10] == 3 && all[i + 11] == 3) {
          answers++;
        }
      }
      assertThat(answers).isEqualTo(4);
      assertThat(all[all.length - 10]).as("release response").isEqualTo((byte) 6);
    }
  }

  /** Again and again: that it is accepted may just be on its way to the peer. */
  @RepeatedTest(50)
  void drainingLetsAnAssociationEnd() throws Exception {
    DicomListener listener =
        DicomListener.start(NetSamples.settings(LIMITS), this::keep, ending -> {});
    Association association = connect(listener);
    CompletableFuture<Void> drained =
        CompletableFuture.runAsync(
            () -> {
              try {
                listener.drain(Duration.ofSeconds(20));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(association.cecho().isSuccess()).isTrue();
    association.release();
    drained.join();
    assertThat(listener.associations()).isZero();
  }
}
