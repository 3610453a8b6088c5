package org.tessera.dicom.net;

import java.util.List;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;

/**
 * What became of a request for storage commitment (PS3.4 J.3.3).
 *
 * @param transaction UID of the request
 * @param committed objects that are safe
 * @param failed objects that are not
 */
public record CommitmentReport(
    String transaction, List<SopReference> committed, List<Failure> failed) {
  private static final int ALL_COMMITTED = 1;
  private static final int FAILURES_EXIST = 2;

  public CommitmentReport {
    committed = List.copyOf(committed);
    failed = List.copyOf(failed);
  }

  /**
   * An object that is not safe.
   *
   * @param reason PS3.3 C.14.1.1, one of the constants here
   */
  public record Failure(SopReference object, int reason) {
    /** It is there, but not as it was stored. */
    public static final int PROCESSING_FAILURE = 0x0110;

    public static final int NO_SUCH_INSTANCE = 0x0112;

    /** There is an object with this UID, of another class. */
    public static final int CLASS_INSTANCE_CONFLICT = 0x0119;
  }

  int eventType() {
    return failed.isEmpty() ? ALL_COMMITTED : FAILURES_EXIST;
  }

  /** The event information (PS3.4 tables J.3-2 and J.3-3); an empty sequence is left out. */
  Attributes information() {
    Attributes information = new Attributes();
    information.setString(Tag.TransactionUID, VR.UI, transaction);
    if (!failed.isEmpty()) {
      Sequence sequence = information.newSequence(Tag.FailedSOPSequence);
      for (Failure each : failed) {
        sequence.add(
            CommitmentRequest.item(each.object())
                .setInteger(Tag.FailureReason, VR.US, each.reason()));
      }
    }
    if (!committed.isEmpty()) {
      Sequence sequence = information.newSequence(Tag.ReferencedSOPSequence);
      committed.forEach(each -> sequence.add(CommitmentRequest.item(each)));
    }
    return information;
  }
}
