package org.tessera.dicom.net;

/** Takes requests for storage commitment (PS3.4 J). Called by many threads. */
@FunctionalInterface
public interface CommitmentHandler {

  /**
   * Takes a request. Success promises that the outcome will be reported, even after a crash.
   *
   * @param callingAet who asks, and is to be told
   */
  DimseStatus commit(CommitmentRequest request, String callingAet);
}
