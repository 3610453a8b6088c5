package org.tessera.runtime.commit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.net.PeerAddress;

/**
 * Whom outcomes of storage commitment are reported to, and how patiently.
 *
 * @param peers addresses by AE title; who is not among them is told on its own association
 * @param attempts before a report is given up
 * @param pause before the second attempt; doubled for each further one, up to 15 minutes
 * @param timeout for each answer
 */
public record CommitmentSettings(
    Map<String, PeerAddress> peers, int attempts, Duration pause, Duration timeout) {

  public CommitmentSettings {
    peers = Map.copyOf(peers);
  }

  /**
   * Reads the addresses.
   *
   * @param peers each as AE@HOST:PORT
   * @throws RejectedInputException with one sentence, if one of them cannot be understood
   */
  public static CommitmentSettings of(
      List<String> peers, int attempts, Duration pause, Duration timeout)
      throws RejectedInputException {
    Map<String, PeerAddress> addresses = new HashMap<>();
    for (String text : peers) {
      PeerAddress address =
          PeerAddress.parse(text)
              .orElseThrow(
                  () ->
                      new RejectedInputException(
                          "commitment.peers is a list of peers, each as AE@HOST:PORT."));
      if (addresses.put(address.aeTitle(), address) != null) {
        throw new RejectedInputException("commitment.peers names an AE title twice.");
      }
    }
    return new CommitmentSettings(addresses, attempts, pause, timeout);
  }
}
