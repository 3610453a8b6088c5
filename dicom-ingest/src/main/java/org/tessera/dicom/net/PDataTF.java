package org.tessera.dicom.net;

/**
 * Presentation data values (PS3.8 9.3.5), as they came.
 *
 * @param buffer holds them; it is used again for the next PDU
 * @param length how many of its bytes belong to this PDU
 */
@SuppressWarnings("ArrayRecordComponent")
record PDataTF(byte[] buffer, int length) implements Pdu {}
