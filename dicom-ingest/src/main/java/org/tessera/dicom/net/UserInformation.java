package org.tessera.dicom.net;

import java.util.List;
import java.util.Optional;
import org.tessera.dicom.DicomOutputStream;

/**
 * User information of a proposal or its answer (PS3.8 9.3.2.3, PS3.7 D.3.3). User identity is not
 * looked at and gets no sub-item in the answer, which says that it was not (PS3.7 D.3.3.7.2);
 * common extended negotiation likewise.
 *
 * @param maxPduLength bytes that the sender of this will take in one P-DATA-TF; 0 is any number
 * @param implementationClassUid UID of the program
 * @param implementationVersion its version, or empty
 * @param operationsWindow asynchronous operations; absent is one at a time, both ways
 * @param roles SCU and SCP roles asked for or granted
 * @param extended extended negotiation of SOP classes
 */
public record UserInformation(
    int maxPduLength,
    String implementationClassUid,
    String implementationVersion,
    Optional<OperationsWindow> operationsWindow,
    List<RoleSelection> roles,
    List<ExtendedNegotiation> extended) {

  /**
   * Operations that may be outstanding (PS3.7 D.3.3.3); 0 is any number.
   *
   * @param invoked by the side that opened the association
   * @param performed by the side that opened the association
   */
  public record OperationsWindow(int invoked, int performed) {}

  /** Which roles the side that opened the association plays (PS3.7 D.3.3.4). */
  public record RoleSelection(String sopClass, boolean scu, boolean scp) {}

  /** What a service class wants to know more (PS3.7 D.3.3.5); bytes as hexadecimal digits. */
  public record ExtendedNegotiation(String sopClass, String information) {}

  /** Ours, without anything beyond what must be said. */
  public static UserInformation ours(int maxPduLength) {
    return ours(maxPduLength, List.of());
  }

  /** Ours, with the roles that we ask for. */
  public static UserInformation ours(int maxPduLength, List<RoleSelection> roles) {
    return new UserInformation(
        maxPduLength,
        DicomOutputStream.IMPLEMENTATION_CLASS_UID,
        DicomOutputStream.IMPLEMENTATION_VERSION,
        Optional.empty(),
        roles,
        List.of());
  }
}
