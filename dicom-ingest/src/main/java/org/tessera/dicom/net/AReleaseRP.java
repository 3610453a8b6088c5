package org.tessera.dicom.net;

/** The answer to a release request (PS3.8 9.3.7). */
record AReleaseRP() implements Pdu {}
