package org.tessera.dicom.net;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;

/** Cuts messages into presentation data values that the peer takes (PS3.8 E). */
final class MessageWriter {
  private static final int PDU_HEADER = 6;
  private static final int VALUE_HEADER = 6;
  private static final int HEADERS = PDU_HEADER + VALUE_HEADER;
  private static final int COMMAND = 1;
  private static final int LAST = 2;

  private final PduWriter pdus;
  private final int longest;

  /**
   * Prepares it.
   *
   * @param maxPduLength what the peer takes; 0 is any number
   */
  MessageWriter(PduWriter pdus, int maxPduLength, NetLimits limits) {
    this.pdus = pdus;
    this.longest =
        maxPduLength == 0
            ? limits.maxPduLength()
            : Math.min(maxPduLength, limits.maxPduLength());
  }

  /** Sends a message without data set. */
  void write(int contextId, Attributes command) throws IOException {
    write(contextId, command, InputStream.nullInputStream(), false);
  }

  /** Sends a message with its data set, in the transfer syntax of the context. */
  void write(int contextId, Attributes command, InputStream dataset) throws IOException {
    write(contextId, command, dataset, true);
  }

  private void write(int contextId, Attributes command, InputStream dataset, boolean has)
      throws IOException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    new DicomOutputStream(encoded).writeCommand(command);
    // A message may not be mixed with another one (PS3.8 E.2).
    pdus.lock().lock();
    try {
      values(contextId, COMMAND, new ByteArrayInputStream(encoded.toByteArray()));
      if (has) {
        values(contextId, 0, dataset);
      }
    } finally {
      pdus.lock().unlock();
    }
  }

  private void values(int contextId, int kind, InputStream in) throws IOException {
    byte[] pdu = new byte[PDU_HEADER + longest];
    byte[] ahead = new byte[1];
    int carried = in.readNBytes(ahead, 0, 1);
    boolean last = false;
    while (!last) {
      if (carried == 1) {
        pdu[HEADERS] = ahead[0];
      }
      int count = carried + in.readNBytes(pdu, HEADERS + carried, pdu.length - HEADERS - carried);
      carried = in.readNBytes(ahead, 0, 1);
      last = carried == 0;
      pdu[0] = 0x04;
      number(pdu, 2, count + VALUE_HEADER);
      number(pdu, PDU_HEADER, count + 2);
      pdu[10] = (byte) contextId;
      pdu[11] = (byte) (kind | (last ? LAST : 0));
      pdus.send(pdu, HEADERS + count);
    }
  }

  private static void number(byte[] target, int at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      target[at + i] = (byte) (value >> (24 - 8 * i));
    }
  }
}
