package org.tessera.dicom.net;

/**
 * An association that is refused (PS3.8 9.3.4).
 *
 * @param result 1 for good, 2 for now
 * @param source 1 the service user, 2 the provider (ACSE), 3 the provider (presentation)
 * @param reason what it means depends on the source
 */
public record AAssociateRJ(int result, int source, int reason) implements Pdu {
  static final AAssociateRJ APPLICATION_CONTEXT = new AAssociateRJ(1, 1, 2);
  static final AAssociateRJ CALLING_AE_TITLE = new AAssociateRJ(1, 1, 3);
  static final AAssociateRJ CALLED_AE_TITLE = new AAssociateRJ(1, 1, 7);
  static final AAssociateRJ PROTOCOL_VERSION = new AAssociateRJ(1, 2, 2);
  static final AAssociateRJ CONGESTION = new AAssociateRJ(2, 3, 1);
  static final AAssociateRJ LOCAL_LIMIT = new AAssociateRJ(2, 3, 2);
}
