package org.tessera.dicom.net;

import java.time.Duration;
import java.util.Optional;

/**
 * Reads PDUs (PS3.8 9.3). A length is checked before anything is made for it. For one thread.
 */
final class PduReader {
  private static final int HEADER = 6;
  private static final int CONTROL_LENGTH = 4;

  private final PduInput in;
  private final NetLimits limits;
  private final byte[] header = new byte[HEADER];
  private byte[] data = new byte[0];

  PduReader(PduInput in, NetLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  /** Bytes that were read so far. */
  long received() {
    return in.received();
  }

  /**
   * Waits for the next PDU and reads it.
   *
   * @param wait how long its first byte may take; the rest has {@link NetLimits#pdu}
   * @return empty if the peer has closed the connection instead
   * @throws ProtocolException if it is none, or goes beyond the limits
   */
  Optional<Pdu> next(Duration wait) throws AssociationException {
    in.within(wait);
    int type = in.read();
    if (type < 0) {
      return Optional.empty();
    }
    in.within(limits.pdu().compareTo(wait) < 0 ? limits.pdu() : wait);
    in.readFully(header, 1, HEADER - 1);
    long length = 0;
    for (int i = 2; i < HEADER; i++) {
      length = length << 8 | header[i] & 0xFF;
    }
    return Optional.of(read(type, length));
  }

  private Pdu read(int type, long length) throws AssociationException {
    return switch (type) {
      case 0x01 -> AssociateParser.request(associate(length));
      case 0x02 -> AssociateParser.acceptance(associate(length));
      case 0x03 -> {
        byte[] control = control(length);
        yield new AAssociateRJ(control[1] & 0xFF, control[2] & 0xFF, control[3] & 0xFF);
      }
      case 0x04 -> data(length);
      case 0x05 -> {
        control(length);
        yield new AReleaseRQ();
      }
      case 0x06 -> {
        control(length);
        yield new AReleaseRP();
      }
      case 0x07 -> {
        byte[] control = control(length);
        yield new AAbort(control[2] & 0xFF, control[3] & 0xFF);
      }
      default ->
          throw new ProtocolException(AAbort.UNRECOGNIZED_PDU, "The peer sent an unknown PDU.");
    };
  }

  private byte[] associate(long length) throws AssociationException {
    if (length > NetLimits.MOST_ASSOCIATE_BYTES) {
      throw tooLong();
    }
    byte[] body = new byte[(int) length];
    in.readFully(body, 0, body.length);
    return body;
  }

  private byte[] control(long length) throws AssociationException {
    if (length != CONTROL_LENGTH) {
      throw new ProtocolException(
          AAbort.INVALID_PARAMETER, "The peer sent a PDU of a length that it cannot have.");
    }
    byte[] body = new byte[CONTROL_LENGTH];
    in.readFully(body, 0, CONTROL_LENGTH);
    return body;
  }

  private PDataTF data(long length) throws AssociationException {
    if (length > limits.maxPduLength()) {
      throw tooLong();
    }
    if (data.length < length) {
      data = new byte[limits.maxPduLength()];
    }
    in.readFully(data, 0, (int) length);
    return new PDataTF(data, (int) length);
  }

  private static ProtocolException tooLong() {
    return new ProtocolException(
        AAbort.INVALID_PARAMETER, "The peer sent a PDU that is longer than was agreed.");
  }
}
