package org.tessera.dicom.net;

import java.util.List;

/**
 * What the side that was asked agrees to (PS3.8 9.3.3).
 *
 * @param calledAet as in the proposal; not to be tested
 * @param callingAet as in the proposal; not to be tested
 * @param contexts one answer to each context proposed, without its abstract syntax
 * @param user what the two sides tell each other
 */
public record AAssociateAC(
    String calledAet,
    String callingAet,
    List<PresentationContext> contexts,
    UserInformation user)
    implements Pdu {}
