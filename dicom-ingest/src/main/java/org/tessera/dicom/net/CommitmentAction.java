package org.tessera.dicom.net;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomInputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;

/** Reads requests for storage commitment (N-ACTION, PS3.4 J.3.2) and has them dealt with. */
final class CommitmentAction {
  /** Bytes of a request: about 30,000 objects. */
  private static final int MOST_BYTES = 4 << 20;

  private static final int MOST_ELEMENTS = 200_000;
  private static final int ACTION_TYPE = 1;
  private static final ParseLimits LIMITS =
      new ParseLimits(3, MOST_ELEMENTS, 1, 0, 0, 0, 0, 0);

  /** Requests are parsed one at a time, so that many large ones do not meet in memory. */
  private static final Object PARSING = new Object();

  private final CommitmentHandler handler;

  CommitmentAction(CommitmentHandler handler) {
    this.handler = handler;
  }

  /** Reads the request and says how it is answered (PS3.7 10.1.4.1.10). */
  DimseStatus answer(Message message, String callingAet) throws IOException {
    Attributes command = message.command();
    String sopClass = command.string(Tag.RequestedSOPClassUID).orElse("");
    if (!sopClass.equals(UID.StorageCommitmentPushModel)
        || !message.context().abstractSyntax().equals(sopClass)) {
      return DimseStatus.SOP_CLASS_NOT_SUPPORTED;
    }
    String instance = command.string(Tag.RequestedSOPInstanceUID).orElse("");
    if (!instance.equals(CommitmentRequest.INSTANCE)) {
      return new DimseStatus(0x0112, "There is no such instance of the class.");
    }
    if (command.integer(Tag.ActionTypeID, 0) != ACTION_TYPE) {
      return new DimseStatus(0x0123, "");
    }
    byte[] information = message.dataset().readNBytes(MOST_BYTES + 1);
    if (information.length > MOST_BYTES) {
      return DimseStatus.resourceLimitation("The request names too many objects.");
    }
    TransferSyntax syntax = TransferSyntax.of(message.context().transferSyntaxes().getFirst());
    return request(information, syntax)
        .map(request -> handler.commit(request, callingAet))
        .orElseGet(() -> new DimseStatus(0x0115, "A UID is missing or is none."));
  }

  private static Optional<CommitmentRequest> request(byte[] information, TransferSyntax syntax) {
    synchronized (PARSING) {
      try {
        MemorySegment bytes = MemorySegment.ofArray(information);
        return CommitmentRequest.of(new DicomInputStream(bytes, LIMITS).readDataset(syntax));
      } catch (RejectedInputException e) {
        return Optional.empty();
      }
    }
  }
}
