package org.tessera.dicom.net;

/** The peer does not keep to the protocol: the association is aborted. */
final class ProtocolException extends AssociationException {
  private static final long serialVersionUID = 1L;

  private final transient AAbort abort;

  ProtocolException(AAbort abort, String sentence) {
    super(sentence);
    this.abort = abort;
  }

  AAbort abort() {
    return abort;
  }
}
