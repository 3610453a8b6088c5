package org.tessera.dicom.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomInputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.TransferSyntax;

/** Puts messages together from presentation data values (PS3.8 E). For one thread. */
final class MessageReader {
  private static final int VALUE_HEADER = 6;
  private static final int COMMAND = 1;
  private static final int LAST = 2;
  private static final ParseLimits COMMAND_LIMITS =
      new ParseLimits(1, NetLimits.MOST_COMMAND_ELEMENTS, 1, 0, 0, 0, 0, 0);

  private final PduReader pdus;
  private final NetLimits limits;
  private final Map<Integer, PresentationContext> contexts;
  private byte[] pdu = new byte[0];
  private int end;
  private int next;

  // The value that is being read.
  private int contextId;
  private int control;
  private int at;
  private int valueEnd;

  MessageReader(
      PduReader pdus, NetLimits limits, Map<Integer, PresentationContext> contexts) {
    this.pdus = pdus;
    this.limits = limits;
    this.contexts = contexts;
  }

  /**
   * Waits for the next message.
   *
   * @return empty if the peer asks for release instead
   */
  Optional<Message> next(Duration wait) throws AssociationException {
    if (!nextValue(wait)) {
      return Optional.empty();
    }
    int id = contextId;
    PresentationContext context = contexts.get(id);
    if (context == null) {
      throw unexpected("The peer used a presentation context that was not agreed.");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (true) {
      if (contextId != id || (control & COMMAND) == 0) {
        throw unexpected("The peer sent data where a command has to be.");
      }
      if (bytes.size() + valueEnd - at > NetLimits.MOST_COMMAND_BYTES) {
        throw unexpected("The peer sent a command that is too long.");
      }
      bytes.write(pdu, at, valueEnd - at);
      if ((control & LAST) != 0) {
        break;
      }
      requireValue(nextValue(limits.pdu()));
    }
    Attributes command = command(bytes.toByteArray());
    InputStream dataset =
        Command.hasDataset(command) ? new Dataset(id) : InputStream.nullInputStream();
    return Optional.of(new Message(context, command, dataset));
  }

  private static Attributes command(byte[] bytes) throws ProtocolException {
    try {
      return new DicomInputStream(MemorySegment.ofArray(bytes), COMMAND_LIMITS)
          .readDataset(TransferSyntax.IMPLICIT_LITTLE);
    } catch (RejectedInputException e) {
      throw unexpected("The peer sent a command that cannot be read.");
    }
  }

  /** Moves on to the next value; false if a release request came instead. */
  private boolean nextValue(Duration wait) throws AssociationException {
    if (next == end) {
      switch (pdus.next(wait).orElseThrow(MessageReader::closed)) {
        case PDataTF data -> {
          pdu = data.buffer();
          end = data.length();
          next = 0;
        }
        case AReleaseRQ _ -> {
          return false;
        }
        case AAbort _ -> throw new AssociationException("The peer aborted the association.");
        case AAssociateRQ _, AAssociateAC _, AAssociateRJ _, AReleaseRP _ ->
            throw new ProtocolException(
                AAbort.UNEXPECTED_PDU, "The peer sent a PDU that has no place here.");
      }
    }
    if (end - next < VALUE_HEADER) {
      throw unexpected("The peer sent a P-DATA-TF that is cut off.");
    }
    long length = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      length = length << 8 | pdu[next + i] & 0xFF;
    }
    if (length < 2 || length > end - next - Integer.BYTES) {
      throw unexpected("The peer sent a value whose length is not true.");
    }
    contextId = pdu[next + 4] & 0xFF;
    control = pdu[next + 5];
    at = next + VALUE_HEADER;
    valueEnd = next + Integer.BYTES + (int) length;
    next = valueEnd;
    return true;
  }

  private static void requireValue(boolean value) throws ProtocolException {
    if (!value) {
      throw new ProtocolException(
          AAbort.UNEXPECTED_PDU, "The peer asked for release within a message.");
    }
  }

  private static AssociationException closed() {
    return new AssociationException("The peer closed the connection.");
  }

  private static ProtocolException unexpected(String sentence) {
    return new ProtocolException(AAbort.INVALID_PARAMETER, sentence);
  }

  /** The data set of the message; the bytes of a PDU are handed on where they lie. */
  private final class Dataset extends InputStream {
    private final int id;
    private final long start = System.nanoTime();
    private long total;
    private boolean begun;

    Dataset(int id) {
      this.id = id;
    }

    /** Makes bytes available; false at the end. */
    private boolean fill() throws AssociationException {
      while (!begun || at == valueEnd) {
        if (begun && (control & LAST) != 0) {
          return false;
        }
        requirePace();
        requireValue(nextValue(limits.pdu()));
        begun = true;
        if (contextId != id || (control & COMMAND) != 0) {
          throw unexpected("The peer sent something else within a data set.");
        }
        total += valueEnd - at;
        if (total > limits.maxObjectBytes()) {
          throw unexpected("The peer sent a data set that is larger than is taken.");
        }
      }
      return true;
    }

    /** Whoever sends a byte now and then would hold an association for ever. */
    private void requirePace() throws AssociationException {
      long nanos = System.nanoTime() - start;
      if (nanos > NetLimits.PATIENCE.toNanos()
          && total < nanos / 1e9 * limits.slowest()) {
        throw new ProtocolException(
            AAbort.NO_REASON, "The peer sent its data set too slowly.");
      }
    }

    @Override
    public int read() throws IOException {
      return fill() ? pdu[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int now = Math.min(count, valueEnd - at);
      System.arraycopy(pdu, at, target, from, now);
      at += now;
      return now;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
      long sum = 0;
      while (fill()) {
        int count = valueEnd - at;
        int from = at;
        at = valueEnd;
        out.write(pdu, from, count);
        sum += count;
      }
      return sum;
    }
  }
}
