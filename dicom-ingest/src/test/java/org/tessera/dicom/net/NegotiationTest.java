package org.tessera.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tessera.dicom.UID;
import org.tessera.dicom.net.PresentationContext.Result;
import org.tessera.dicom.net.UserInformation.ExtendedNegotiation;
import org.tessera.dicom.net.UserInformation.OperationsWindow;
import org.tessera.dicom.net.UserInformation.RoleSelection;

class NegotiationTest {
  private static final NetLimits LIMITS = NetLimits.standard();
  private static final Negotiation OURS = new Negotiation("TESSERA", Set.of(), true, LIMITS);

  private static PresentationContext answer(String abstractSyntax, String... syntaxes) {
    PresentationContext proposed =
        new PresentationContext(5, abstractSyntax, List.of(syntaxes));
    return OURS.answer(NetSamples.proposal("TESSERA", proposed)).contexts().getFirst();
  }

  @Test
  void theFirstTransferSyntaxThatWeReadIsTakenBigEndianOnlyAlone() {
    assertThat(answer(UID.CTImageStorage, UID.JPEG2000, UID.ExplicitVRLittleEndian))
        .isEqualTo(
            new PresentationContext(5, Result.ACCEPTANCE, "", List.of(UID.JPEG2000)));
    assertThat(answer(UID.CTImageStorage, "1.2.3", UID.ImplicitVRLittleEndian))
        .extracting(PresentationContext::transferSyntaxes)
        .isEqualTo(List.of(UID.ImplicitVRLittleEndian));
    assertThat(answer(UID.CTImageStorage, UID.ExplicitVRBigEndian, UID.ImplicitVRLittleEndian))
        .extracting(PresentationContext::transferSyntaxes)
        .isEqualTo(List.of(UID.ImplicitVRLittleEndian));
    assertThat(answer(UID.CTImageStorage, UID.ExplicitVRBigEndian).result())
        .isEqualTo(Result.ACCEPTANCE);
    assertThat(answer(UID.CTImageStorage, "1.2.3").result())
        .isEqualTo(Result.TRANSFER_SYNTAXES_NOT_SUPPORTED);
    assertThat(answer("1.2.840.10008.5.1.4.1.2.1.1", UID.ImplicitVRLittleEndian).result())
        .isEqualTo(Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
  }

  @Test
  void allStorageClassesOfTheStandardAreTakenAndNothingElse() {
    assertThat(StorageClasses.contains("1.2.840.10008.5.1.4.38.1")).isTrue();
    assertThat(StorageClasses.contains(UID.ComprehensiveSRStorage)).isTrue();
    assertThat(StorageClasses.contains("1.2.840.10008.5.1.4.1.1.999.1")).isTrue();
    assertThat(StorageClasses.contains("1.2.840.10008.1.3.10")).isFalse();
    assertThat(StorageClasses.contains(UID.StorageCommitmentPushModel)).isFalse();
    assertThat(StorageClasses.contains("1.2.840.10008.5.1.4.1.1.../x")).isFalse();
  }

  @Test
  void proposalsAreRejectedForTheReasonThatTheStandardHas() {
    assertThat(OURS.rejection(NetSamples.proposal("TESSERA"))).isEmpty();
    assertThat(OURS.rejection(NetSamples.proposal("OTHER")))
        .contains(AAssociateRJ.CALLED_AE_TITLE);
    Negotiation closed = new Negotiation("TESSERA", Set.of("MODALITY"), true, LIMITS);
    assertThat(closed.rejection(NetSamples.proposal("TESSERA")))
        .contains(AAssociateRJ.CALLING_AE_TITLE);
    UserInformation user = UserInformation.ours(0);
    assertThat(
            OURS.rejection(
                new AAssociateRQ(2, "TESSERA", "A", "1.2.840.10008.3.1.1.1", List.of(), user)))
        .contains(AAssociateRJ.PROTOCOL_VERSION);
    assertThat(OURS.rejection(new AAssociateRQ(1, "TESSERA", "A", "1.2", List.of(), user)))
        .contains(AAssociateRJ.APPLICATION_CONTEXT);
    for (String title : List.of("../../etc", "A\\B", "\u0000", " ", "A\u0000B", "é")) {
      Optional<AAssociateRJ> rejection =
          OURS.rejection(new AAssociateRQ("TESSERA", title, List.of(), user));
      assertThat(rejection.isPresent()).as(title).isEqualTo(!title.equals("../../etc"));
    }
    assertThat(
            OURS.rejection(
                new AAssociateRQ("TESSERA", "A", List.of(), UserInformation.ours(20))))
        .contains(AAssociateRJ.LOCAL_LIMIT);
  }

  @Test
  void theAnswerSaysWhatWasAskedAndNoMore() throws AssociationException {
    UserInformation asked =
        new UserInformation(
            0,
            "1.2.3",
            "PEER",
            Optional.of(new OperationsWindow(0, 7)),
            List.of(new RoleSelection(UID.CTImageStorage, true, true)),
            List.of(
                new ExtendedNegotiation(UID.CTImageStorage, "00"),
                new ExtendedNegotiation("1.2.3", "00")));
    AAssociateRQ request =
        new AAssociateRQ("TESSERA", "SENDER", List.of(NetSamples.ct()), asked);
    AAssociateAC answer = OURS.answer(request);
    assertThat(answer.user().operationsWindow())
        .contains(new OperationsWindow(LIMITS.maxOperations(), 1));
    assertThat(answer.user().roles())
        .containsExactly(new RoleSelection(UID.CTImageStorage, true, false));
    assertThat(answer.user().extended())
        .containsExactly(new ExtendedNegotiation(UID.CTImageStorage, "020000000000"));
    assertThat(OURS.answer(NetSamples.proposal("TESSERA")).user().operationsWindow()).isEmpty();
    assertThat(read(PduWriter.encode(request))).isEqualTo(request);
    assertThat(read(PduWriter.encode(answer))).isEqualTo(answer);
  }

  private static Pdu read(byte[] bytes) throws AssociationException {
    return new PduReader(new PduInput(new ByteArrayInputStream(bytes)), LIMITS)
        .next(Duration.ofSeconds(9))
        .orElseThrow();
  }

  @Test
  void addressesAreComparedByTheirFirstBits() throws Exception {
    AddressRange range = AddressRange.parse("10.1.128.0/17");
    assertThat(range.contains(InetAddress.ofLiteral("10.1.200.3"))).isTrue();
    assertThat(range.contains(InetAddress.ofLiteral("10.1.127.3"))).isFalse();
    assertThat(range.contains(InetAddress.ofLiteral("::1"))).isFalse();
    assertThat(AddressRange.parse("::1").contains(InetAddress.ofLiteral("::1"))).isTrue();
    assertThatThrownBy(() -> AddressRange.parse("10.0.0.0/33"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AddressRange.parse("a.host"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
