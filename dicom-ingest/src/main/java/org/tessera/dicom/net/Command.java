package org.tessera.dicom.net;

import java.nio.charset.StandardCharsets;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** Command sets of messages (PS3.7 9.3, E). */
final class Command {
  static final int C_STORE_RQ = 0x0001;
  static final int C_ECHO_RQ = 0x0030;
  static final int N_EVENT_REPORT_RQ = 0x0100;
  static final int N_ACTION_RQ = 0x0130;
  static final int C_CANCEL_RQ = 0x0FFF;
  static final int RESPONSE = 0x8000;

  private static final int NO_DATASET = 0x0101;
  private static final int DATASET = 0x0001;
  private static final int MEDIUM = 0;
  private static final int LONGEST_COMMENT = 64;

  private Command() {}

  static Attributes request(int field, int messageId, String sopClass, boolean dataset) {
    return new Attributes()
        .setString(Tag.AffectedSOPClassUID, VR.UI, sopClass)
        .setInteger(Tag.CommandField, VR.US, field)
        .setInteger(Tag.MessageID, VR.US, messageId)
        .setInteger(Tag.CommandDataSetType, VR.US, dataset ? DATASET : NO_DATASET);
  }

  static Attributes store(int messageId, String sopClass, String sopInstance) {
    return request(C_STORE_RQ, messageId, sopClass, true)
        .setInteger(Tag.Priority, VR.US, MEDIUM)
        .setString(Tag.AffectedSOPInstanceUID, VR.UI, sopInstance);
  }

  /** A request for storage commitment (PS3.7 10.3.5). */
  static Attributes action(int messageId, int actionType) {
    return new Attributes()
        .setString(Tag.RequestedSOPClassUID, VR.UI, UID.StorageCommitmentPushModel)
        .setInteger(Tag.CommandField, VR.US, N_ACTION_RQ)
        .setInteger(Tag.MessageID, VR.US, messageId)
        .setInteger(Tag.CommandDataSetType, VR.US, DATASET)
        .setString(Tag.RequestedSOPInstanceUID, VR.UI, CommitmentRequest.INSTANCE)
        .setInteger(Tag.ActionTypeID, VR.US, actionType);
  }

  /** A report on storage commitment (PS3.7 10.3.1). */
  static Attributes event(int messageId, int eventType) {
    return request(N_EVENT_REPORT_RQ, messageId, UID.StorageCommitmentPushModel, true)
        .setString(Tag.AffectedSOPInstanceUID, VR.UI, CommitmentRequest.INSTANCE)
        .setInteger(Tag.EventTypeID, VR.US, eventType);
  }

  /** The answer to a request, with what it says about itself. */
  static Attributes response(Attributes request, DimseStatus status) {
    Attributes response = new Attributes();
    int affected =
        request.contains(Tag.AffectedSOPClassUID)
            ? Tag.AffectedSOPClassUID
            : Tag.RequestedSOPClassUID;
    int instance =
        request.contains(Tag.AffectedSOPInstanceUID)
            ? Tag.AffectedSOPInstanceUID
            : Tag.RequestedSOPInstanceUID;
    copyUid(request, affected, response, Tag.AffectedSOPClassUID);
    copyUid(request, instance, response, Tag.AffectedSOPInstanceUID);
    response
        .setInteger(Tag.CommandField, VR.US, field(request) | RESPONSE)
        .setInteger(Tag.MessageIDBeingRespondedTo, VR.US, messageId(request))
        .setInteger(Tag.CommandDataSetType, VR.US, NO_DATASET)
        .setInteger(Tag.Status, VR.US, status.code());
    if (!status.comment().isEmpty()) {
      byte[] comment =
          status
              .comment()
              .substring(0, Math.min(LONGEST_COMMENT, status.comment().length()))
              .getBytes(StandardCharsets.US_ASCII);
      response.setBytes(Tag.ErrorComment, VR.LO, comment);
    }
    return response;
  }

  private static void copyUid(Attributes from, int tag, Attributes to, int as) {
    from.bytes(tag).ifPresent(uid -> to.setBytes(as, VR.UI, uid.toArray()));
  }

  static int field(Attributes command) {
    return command.integer(Tag.CommandField, 0);
  }

  static int messageId(Attributes request) {
    return request.integer(Tag.MessageID, 0) & 0xFFFF;
  }

  static boolean hasDataset(Attributes command) {
    return command.integer(Tag.CommandDataSetType, NO_DATASET) != NO_DATASET;
  }
}
