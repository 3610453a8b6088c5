package org.tessera.runtime.deliver;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.net.AAssociateRQ;
import org.tessera.dicom.net.Association;
import org.tessera.dicom.net.DimseStatus;
import org.tessera.dicom.net.NetLimits;
import org.tessera.dicom.net.PeerAddress;
import org.tessera.dicom.net.PresentationContext;
import org.tessera.dicom.net.UserInformation;

/** An archive that takes objects by C-STORE (PS3.4 B), one association for each. */
final class PacsDestination implements Destination {
  private static final int DUPLICATE_SOP_INSTANCE = 0x0111;
  private static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;

  /** A7xx is out of resources, A9xx is a data set that does not match. */
  private static final int OUT_OF_RESOURCES_END = 0xA800;

  private static final List<String> SYNTAXES =
      List.of(TransferSyntax.EXPLICIT_LITTLE.uid(), UID.ImplicitVRLittleEndian);

  private final PeerAddress archive;
  private final String callingAet;
  private final Set<String> kinds;
  private final NetLimits limits;

  PacsDestination(
      PeerAddress archive, String callingAet, Set<String> kinds, Duration timeout) {
    this.archive = archive;
    this.callingAet = callingAet;
    this.kinds = Set.copyOf(kinds);
    this.limits = NetLimits.requesting(timeout);
  }

  @Override
  public String name() {
    return "pacs " + archive;
  }

  @Override
  public boolean takes(String kind) {
    return kinds.contains(kind);
  }

  @Override
  public Answer send(Delivery delivery, Path file) throws IOException {
    DicomFile object;
    try {
      object = DicomFile.read(file);
    } catch (RejectedInputException e) {
      return new Answer(Outcome.NEVER, "The object on the disk is damaged.");
    }
    String sopClass = object.dataset().string(Tag.SOPClassUID).orElse("");
    String sopInstance = object.dataset().string(Tag.SOPInstanceUID).orElse("");
    InetSocketAddress peer = archive.lookUp();
    if (peer.isUnresolved()) {
      return new Answer(Outcome.LATER, "The host of the destination is not known.");
    }
    AAssociateRQ request =
        new AAssociateRQ(
            archive.aeTitle(),
            callingAet,
            List.of(new PresentationContext(1, sopClass, SYNTAXES)),
            UserInformation.ours(limits.maxPduLength()));
    try (Association association = Association.connect(peer, request, limits)) {
      if (association.contexts().isEmpty()) {
        association.releaseQuietly();
        return new Answer(
            Outcome.NEVER,
            "The destination does not take %s."
                .formatted(UidDictionary.name(sopClass).orElse("objects of this class")));
      }
      TransferSyntax syntax =
          TransferSyntax.of(association.contexts().getFirst().transferSyntaxes().getFirst());
      DimseStatus status =
          association.cstore(
              sopClass,
              sopInstance,
              syntax,
              new ByteArrayInputStream(encoded(object.dataset(), syntax)));
      association.releaseQuietly();
      return answer(status);
    }
  }

  private static byte[] encoded(Attributes dataset, TransferSyntax syntax) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DicomOutputStream(bytes).writeDataset(dataset, syntax);
    return bytes.toByteArray();
  }

  /** PS3.4 B.2.3, PS3.7 C. */
  private static Answer answer(DimseStatus status) {
    String code = "%04X".formatted(status.code());
    return switch (status.code() >> 12) {
      case 0x0 ->
          switch (status.code()) {
            case 0x0000 -> new Answer(Outcome.DELIVERED, "");
            case DUPLICATE_SOP_INSTANCE ->
                new Answer(Outcome.DELIVERED, "The destination had it already (0111).");
            case SOP_CLASS_NOT_SUPPORTED ->
                new Answer(Outcome.NEVER, "The destination does not take it (0122).");
            default ->
                new Answer(Outcome.LATER, "The destination answered %s.".formatted(code));
          };
      case 0xB ->
          new Answer(
              Outcome.DELIVERED, "The destination stored it with warning %s.".formatted(code));
      case 0xA ->
          status.code() < OUT_OF_RESOURCES_END
              ? new Answer(
                  Outcome.LATER, "The destination is out of resources (%s).".formatted(code))
              : new Answer(Outcome.NEVER, "The destination refused it (%s).".formatted(code));
      case 0xC -> new Answer(Outcome.NEVER, "The destination refused it (%s).".formatted(code));
      default -> new Answer(Outcome.LATER, "The destination answered %s.".formatted(code));
    };
  }
}
