package org.tessera.dicom.net;

/** Is told what becomes of connections, for counting. Called by many threads; must be quick. */
public interface AssociationObserver {

  /** How a connection ended. */
  enum Ending {
    RELEASED,
    /** By either side, or the connection broke. */
    ABORTED,
    REJECTED,
    /** Its address is not allowed, or there are too many connections: nothing was read. */
    REFUSED
  }

  /** A connection has ended. */
  void ended(Ending ending);
}
