package org.tessera.dicom.net;

/** The peer has nothing more to send (PS3.8 9.3.6). */
record AReleaseRQ() implements Pdu {}
