package org.tessera.dicom.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.image.PixelData;
import org.tessera.dicom.net.PresentationContext.Result;
import org.tessera.dicom.net.UserInformation.ExtendedNegotiation;
import org.tessera.dicom.net.UserInformation.OperationsWindow;
import org.tessera.dicom.net.UserInformation.RoleSelection;

/**
 * How proposals are answered (PS3.8 7.1, PS3.7 D.3.3). Of the transfer syntaxes of a context the
 * first one that we read is taken, big endian only if there is no other.
 */
final class Negotiation {
  /** Storage in full, no coercion of elements, no word on digital signatures (PS3.4 B.3.1). */
  private static final String FULL_STORAGE = "020000000000";

  private static final int LONGEST_AE_TITLE = 16;

  private final String aeTitle;
  private final Set<String> callingAets;
  private final boolean commitment;
  private final NetLimits limits;

  /**
   * Prepares it.
   *
   * @param callingAets who may ask; empty is everybody
   * @param commitment whether storage commitment is offered
   */
  Negotiation(String aeTitle, Set<String> callingAets, boolean commitment, NetLimits limits) {
    this.aeTitle = aeTitle;
    this.callingAets = callingAets;
    this.commitment = commitment;
    this.limits = limits;
  }

  /** Why a proposal is refused as a whole; empty if it is not. */
  Optional<AAssociateRJ> rejection(AAssociateRQ rq) {
    if ((rq.protocolVersion() & 1) == 0) {
      return Optional.of(AAssociateRJ.PROTOCOL_VERSION);
    }
    if (!rq.applicationContext().equals(AAssociateRQ.APPLICATION_CONTEXT)) {
      return Optional.of(AAssociateRJ.APPLICATION_CONTEXT);
    }
    if (!rq.calledAet().equals(aeTitle)) {
      return Optional.of(AAssociateRJ.CALLED_AE_TITLE);
    }
    String calling = rq.callingAet();
    if (!isAeTitle(calling) || !callingAets.isEmpty() && !callingAets.contains(calling)) {
      return Optional.of(AAssociateRJ.CALLING_AE_TITLE);
    }
    int theirs = rq.user().maxPduLength();
    return theirs != 0 && theirs < NetLimits.SHORTEST_PDU
        ? Optional.of(AAssociateRJ.LOCAL_LIMIT)
        : Optional.empty();
  }

  /** 1 to 16 printable characters, none of them a backslash (PS3.5 6.2, AE). */
  static boolean isAeTitle(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_AE_TITLE
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '\\');
  }

  AAssociateAC answer(AAssociateRQ rq) {
    List<PresentationContext> answers = rq.contexts().stream().map(this::answer).toList();
    return new AAssociateAC(rq.calledAet(), rq.callingAet(), answers, user(rq));
  }

  private PresentationContext answer(PresentationContext proposed) {
    String first = proposed.transferSyntaxes().getFirst();
    if (isPlain(proposed.abstractSyntax())) {
      return chosen(proposed, List.of(UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian));
    }
    if (!StorageClasses.contains(proposed.abstractSyntax())) {
      return proposed.answer(Result.ABSTRACT_SYNTAX_NOT_SUPPORTED, first);
    }
    List<String> readable = new ArrayList<>();
    for (String uid : proposed.transferSyntaxes()) {
      if (PixelData.isReadable(TransferSyntax.of(uid))) {
        readable.add(uid);
      }
    }
    if (readable.size() > 1) {
      readable.remove(UID.ExplicitVRBigEndian);
    }
    return chosen(proposed, readable);
  }

  /** Services without objects in transfer syntaxes of their own. */
  private boolean isPlain(String sopClass) {
    return sopClass.equals(UID.Verification)
        || commitment && sopClass.equals(UID.StorageCommitmentPushModel);
  }

  private static PresentationContext chosen(PresentationContext proposed, List<String> ours) {
    return proposed.transferSyntaxes().stream()
        .filter(ours::contains)
        .findFirst()
        .map(syntax -> proposed.answer(Result.ACCEPTANCE, syntax))
        .orElseGet(
            () ->
                proposed.answer(
                    Result.TRANSFER_SYNTAXES_NOT_SUPPORTED,
                    proposed.transferSyntaxes().getFirst()));
  }

  private UserInformation user(AAssociateRQ rq) {
    UserInformation theirs = rq.user();
    UserInformation ours = UserInformation.ours(limits.maxPduLength());
    List<RoleSelection> roles =
        theirs.roles().stream()
            .map(role -> new RoleSelection(role.sopClass(), role.scu(), false))
            .toList();
    List<ExtendedNegotiation> extended =
        theirs.extended().stream()
            .filter(each -> StorageClasses.contains(each.sopClass()))
            .map(each -> new ExtendedNegotiation(each.sopClass(), FULL_STORAGE))
            .toList();
    return new UserInformation(
        ours.maxPduLength(),
        ours.implementationClassUid(),
        ours.implementationVersion(),
        theirs.operationsWindow().map(asked -> new OperationsWindow(operations(asked), 1)),
        roles,
        extended);
  }

  private int operations(OperationsWindow asked) {
    return asked.invoked() == 0
        ? limits.maxOperations()
        : Math.min(asked.invoked(), limits.maxOperations());
  }

  /** How many operations of the peer may be under way at once. */
  int operations(AAssociateRQ rq) {
    return rq.user().operationsWindow().map(this::operations).orElse(1);
  }
}
