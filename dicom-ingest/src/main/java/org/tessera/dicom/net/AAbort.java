package org.tessera.dicom.net;

/**
 * The end of an association without agreement (PS3.8 9.3.8).
 *
 * @param source 0 the service user, 2 the service provider
 * @param reason of the provider; 0 for the user
 */
public record AAbort(int source, int reason) implements Pdu {
  static final AAbort BY_USER = new AAbort(0, 0);
  static final AAbort NO_REASON = new AAbort(2, 0);
  static final AAbort UNRECOGNIZED_PDU = new AAbort(2, 1);
  static final AAbort UNEXPECTED_PDU = new AAbort(2, 2);
  static final AAbort INVALID_PARAMETER = new AAbort(2, 6);
}
