package org.tessera.runtime.commit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.dicom.UID;
import org.tessera.dicom.net.AAssociateRQ;
import org.tessera.dicom.net.Association;
import org.tessera.dicom.net.CommitmentReport;
import org.tessera.dicom.net.DimseStatus;
import org.tessera.dicom.net.NetLimits;
import org.tessera.dicom.net.PeerAddress;
import org.tessera.dicom.net.PresentationContext;
import org.tessera.dicom.net.UserInformation;
import org.tessera.dicom.net.UserInformation.RoleSelection;

/**
 * Reports on an association that we open: as its requester we would be SCU, so that SCP has to be
 * asked for (PS3.4 J.3.4, PS3.7 D.3.3.4).
 */
final class NewAssociation implements ReportLine {
  private static final PresentationContext CONTEXT =
      new PresentationContext(
          1,
          UID.StorageCommitmentPushModel,
          List.of(UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian));
  private static final RoleSelection SCP =
      new RoleSelection(UID.StorageCommitmentPushModel, false, true);

  private final String callingAet;
  private final Map<String, PeerAddress> peers;

  NewAssociation(String callingAet, Map<String, PeerAddress> peers) {
    this.callingAet = callingAet;
    this.peers = peers;
  }

  @Override
  public Optional<DimseStatus> tell(String aeTitle, CommitmentReport report, Duration wait)
      throws IOException {
    PeerAddress peer = peers.get(aeTitle);
    if (peer == null) {
      return Optional.empty();
    }
    InetSocketAddress address = peer.lookUp();
    if (address.isUnresolved()) {
      throw new IOException("The host of the peer is not known.");
    }
    NetLimits limits = NetLimits.requesting(wait);
    AAssociateRQ request =
        new AAssociateRQ(
            aeTitle,
            callingAet,
            List.of(CONTEXT),
            UserInformation.ours(limits.maxPduLength(), List.of(SCP)));
    try (Association association = Association.connect(address, request, limits)) {
      DimseStatus status = association.reportCommitment(report);
      association.releaseQuietly();
      return Optional.of(status);
    }
  }
}
