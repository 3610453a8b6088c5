package org.tessera.dicom.net;

import java.util.List;

/**
 * What somebody who opens an association proposes (PS3.8 9.3.2).
 *
 * @param protocolVersion bit 0 is version 1
 * @param calledAet whom it wants
 * @param callingAet who it says it is
 * @param applicationContext a UID; DICOM has one
 * @param contexts at most 128, each with an odd id of its own
 * @param user what the two sides tell each other
 */
public record AAssociateRQ(
    int protocolVersion,
    String calledAet,
    String callingAet,
    String applicationContext,
    List<PresentationContext> contexts,
    UserInformation user)
    implements Pdu {

  /** The DICOM Application Context Name (PS3.7 A.2.1). */
  static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

  /** A proposal; contexts are numbered 1, 3, 5 and so on by whoever makes them. */
  public AAssociateRQ(
      String calledAet,
      String callingAet,
      List<PresentationContext> contexts,
      UserInformation user) {
    this(1, calledAet, callingAet, APPLICATION_CONTEXT, contexts, user);
  }
}
