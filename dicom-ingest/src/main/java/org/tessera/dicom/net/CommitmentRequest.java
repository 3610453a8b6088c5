package org.tessera.dicom.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;

/**
 * Which objects somebody wants to be kept (PS3.4 table J.3-1).
 *
 * @param transaction UID by which the outcome is told
 * @param objects at least one
 */
public record CommitmentRequest(String transaction, List<SopReference> objects) {
  /** The one instance of the class (PS3.4 J.3.5). */
  public static final String INSTANCE = "1.2.840.10008.1.20.1.1";

  public CommitmentRequest {
    objects = List.copyOf(objects);
  }

  /** Reads the action information; empty if a UID is missing or none. */
  static Optional<CommitmentRequest> of(Attributes information) {
    String transaction = information.string(Tag.TransactionUID).orElse("");
    List<SopReference> objects = new ArrayList<>();
    boolean valid = UidDictionary.isValid(transaction);
    for (Attributes item : information.items(Tag.ReferencedSOPSequence)) {
      SopReference object =
          new SopReference(
              item.string(Tag.ReferencedSOPClassUID).orElse(""),
              item.string(Tag.ReferencedSOPInstanceUID).orElse(""));
      objects.add(object);
      valid &= UidDictionary.isValid(object.sopClass());
      valid &= UidDictionary.isValid(object.sopInstance());
    }
    return valid && !objects.isEmpty()
        ? Optional.of(new CommitmentRequest(transaction, objects))
        : Optional.empty();
  }

  Attributes information() {
    Attributes information = new Attributes();
    information.setString(Tag.TransactionUID, VR.UI, transaction);
    Sequence sequence = information.newSequence(Tag.ReferencedSOPSequence);
    objects.forEach(object -> sequence.add(item(object)));
    return information;
  }

  static Attributes item(SopReference object) {
    return new Attributes()
        .setString(Tag.ReferencedSOPClassUID, VR.UI, object.sopClass())
        .setString(Tag.ReferencedSOPInstanceUID, VR.UI, object.sopInstance());
  }
}
