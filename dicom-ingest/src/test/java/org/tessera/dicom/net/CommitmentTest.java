package org.tessera.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomInputStream;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;
import org.tessera.dicom.net.CommitmentReport.Failure;
import org.tessera.dicom.net.UserInformation.RoleSelection;

/** Storage commitment between both of our sides, and what a peer may do wrong. */
@Timeout(60)
class CommitmentTest {
  private static final NetLimits LIMITS = NetSamples.limits(4, Duration.ofSeconds(20));
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final PresentationContext CONTEXT =
      new PresentationContext(
          1, UID.StorageCommitmentPushModel, List.of(UID.ImplicitVRLittleEndian));
  private static final SopReference FIRST = new SopReference(NetSamples.CT, "2.25.1");
  private static final SopReference SECOND = new SopReference(NetSamples.CT, "2.25.2");
  private static final CommitmentRequest REQUEST =
      new CommitmentRequest("2.25.100", List.of(FIRST, SECOND));
  private static final CommitmentReport REPORT =
      new CommitmentReport(
          "2.25.100",
          List.of(FIRST),
          List.of(new Failure(SECOND, Failure.NO_SUCH_INSTANCE)));

  private final List<String> asked = new CopyOnWriteArrayList<>();

  private DimseStatus note(CommitmentRequest request, String callingAet) {
    asked.add(callingAet + " " + request.transaction() + " " + request.objects().size());
    return DimseStatus.SUCCESS;
  }

  private DicomListener listener() throws IOException {
    return DicomListener.start(
        NetSamples.settings(LIMITS),
        (request, dataset) -> CompletableFuture.completedFuture(DimseStatus.SUCCESS),
        this::note,
        ending -> {});
  }

  private static Association connect(DicomListener listener, RoleSelection... roles)
      throws IOException {
    return Association.connect(
        listener.address(),
        new AAssociateRQ(
            "TESSERA",
            "SENDER",
            List.of(CONTEXT),
            UserInformation.ours(1 << 14, List.of(roles))),
        LIMITS);
  }

  private static CompletableFuture<Optional<DimseStatus>> report(DicomListener listener) {
    CompletableFuture<Optional<DimseStatus>> told = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                told.complete(listener.report("SENDER", REPORT, WAIT));
              } catch (IOException | InterruptedException e) {
                told.completeExceptionally(e);
              }
            });
    return told;
  }

  @Test
  void theOutcomeComesOnTheAssociationThatIsOpen() throws Exception {
    try (DicomListener listener = listener();
        Association scu = connect(listener)) {
      assertThat(scu.requestCommitment(REQUEST)).isEqualTo(DimseStatus.SUCCESS);
      assertThat(asked).containsExactly("SENDER 2.25.100 2");
      assertThat(listener.report("SOMEBODY", REPORT, WAIT)).isEmpty();

      CompletableFuture<Optional<DimseStatus>> told = report(listener);
      Message event = scu.receive(WAIT).orElseThrow();
      Attributes command = event.command();
      assertThat(Command.field(command)).isEqualTo(Command.N_EVENT_REPORT_RQ);
      assertThat(command.string(Tag.AffectedSOPInstanceUID)).contains("1.2.840.10008.1.20.1.1");
      assertThat(command.integer(Tag.EventTypeID, 0)).isEqualTo(2);
      Attributes information =
          new DicomInputStream(
                  MemorySegment.ofArray(event.dataset().readAllBytes()), ParseLimits.standard())
              .readDataset(TransferSyntax.IMPLICIT_LITTLE);
      assertThat(information.string(Tag.TransactionUID)).contains("2.25.100");
      assertThat(information.item(Tag.ReferencedSOPSequence).orElseThrow()
              .string(Tag.ReferencedSOPInstanceUID))
          .contains("2.25.1");
      Attributes failed = information.item(Tag.FailedSOPSequence).orElseThrow();
      assertThat(failed.string(Tag.ReferencedSOPInstanceUID)).contains("2.25.2");
      assertThat(failed.integer(Tag.FailureReason, 0)).isEqualTo(0x0112);
      scu.respond(event, DimseStatus.SUCCESS);
      assertThat(told.join()).contains(DimseStatus.SUCCESS);

      assertThat(scu.requestCommitment(REQUEST)).as("goes on").isEqualTo(DimseStatus.SUCCESS);
      scu.release();
    }
  }

  @Test
  void whoReleasesWithoutAnAnswerHasNotHeard() throws Exception {
    try (DicomListener listener = listener();
        Association scu = connect(listener)) {
      scu.requestCommitment(REQUEST);
      CompletableFuture<Optional<DimseStatus>> told = report(listener);
      Message event = scu.receive(WAIT).orElseThrow();
      event.dataset().readAllBytes();
      scu.release();
      assertThatThrownBy(told::join).hasCauseInstanceOf(AssociationException.class);
      while (listener.associations() > 0) {
        Thread.sleep(10);
      }
      assertThat(listener.report("SENDER", REPORT, WAIT)).isEmpty();
    }
  }

  @Test
  void rolesAreKeptTo() throws Exception {
    RoleSelection scp = new RoleSelection(UID.StorageCommitmentPushModel, false, true);
    try (DicomListener listener = listener();
        Association would = connect(listener, scp)) {
      assertThatThrownBy(() -> would.reportCommitment(REPORT))
          .hasMessage("The peer does not take reports on storage commitment.");
      assertThat(listener.report("SENDER", REPORT, WAIT)).as("it is no SCU").isEmpty();
    }
  }

  @Test
  void whoDoesNotOfferItIsNotAsked() throws Exception {
    try (DicomListener listener =
            DicomListener.start(
                NetSamples.settings(LIMITS),
                (request, dataset) -> CompletableFuture.completedFuture(DimseStatus.SUCCESS),
                ending -> {});
        Association scu = connect(listener)) {
      assertThatThrownBy(() -> scu.requestCommitment(REQUEST))
          .hasMessage("The peer does not do storage commitment.");
    }
  }

  private DimseStatus answer(Attributes command, byte[] information) throws IOException {
    PresentationContext agreed =
        new PresentationContext(
            1, UID.StorageCommitmentPushModel, List.of(UID.ImplicitVRLittleEndian));
    return new CommitmentAction(this::note)
        .answer(new Message(agreed, command, new ByteArrayInputStream(information)), "SENDER");
  }

  private static byte[] encoded(Attributes information) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DicomOutputStream(bytes).writeDataset(information, TransferSyntax.IMPLICIT_LITTLE);
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.840.10008.1.20.1, 1.2.840.10008.1.20.1.1, 1, 0000",
    "1.2.840.10008.1.20.2, 1.2.840.10008.1.20.1.1, 1, 0122",
    "1.2.840.10008.1.20.1, 2.25.7, 1, 0112",
    "1.2.840.10008.1.20.1, 1.2.840.10008.1.20.1.1, 2, 0123"
  })
  void commandsAreRefusedByTheBook(String sopClass, String instance, int type, String status)
      throws IOException {
    Attributes command =
        Command.action(1, type)
            .setString(Tag.RequestedSOPClassUID, VR.UI, sopClass)
            .setString(Tag.RequestedSOPInstanceUID, VR.UI, instance);
    assertThat(answer(command, encoded(REQUEST.information())).code())
        .isEqualTo(Integer.parseInt(status, 16));
    assertThat(asked).hasSize(status.equals("0000") ? 1 : 0);
  }

  @Test
  void informationThatIsNoneIsRefused() throws IOException {
    Attributes command = Command.action(1, 1);
    for (byte[] garbage : List.of(new byte[0], new byte[7], new byte[1000])) {
      assertThat(answer(command, garbage).code()).isEqualTo(0x0115);
    }
    for (String uid : List.of("", "x", "1..2", "1.2/../3")) {
      CommitmentRequest transaction = new CommitmentRequest(uid, List.of(FIRST));
      CommitmentRequest object =
          new CommitmentRequest("2.25.1", List.of(FIRST, new SopReference(uid, "2.25.1")));
      assertThat(answer(command, encoded(transaction.information())).code()).isEqualTo(0x0115);
      assertThat(answer(command, encoded(object.information())).code()).isEqualTo(0x0115);
    }
    CommitmentRequest nothing = new CommitmentRequest("2.25.1", List.of());
    assertThat(answer(command, encoded(nothing.information())).code()).isEqualTo(0x0115);
    assertThat(answer(command, new byte[(4 << 20) + 1]).code()).isEqualTo(0x0213);
    assertThat(asked).isEmpty();
  }
}
