package org.tessera.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/** Bytes of a connection, each read bounded by a moment at which all of them have to be there. */
final class PduInput {

  /** Sets how long the next read may take. */
  private interface Patience {
    void millis(int millis) throws IOException;
  }

  /** Sends the acknowledgement of TCP that the peer may be waiting for. */
  private interface Acknowledgement {
    void now() throws IOException;
  }

  private final Patience patience;
  private final Acknowledgement acknowledgement;
  private final InputStream in;
  private long deadline;
  private long received;

  PduInput(Socket socket) throws IOException {
    this.patience = socket::setSoTimeout;
    // Many senders leave the algorithm of Nagle on and write the end of an object in two pieces:
    // the second one would wait for an acknowledgement that the kernel delays by 40 ms.
    this.acknowledgement =
        socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)
            ? () -> socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true)
            : () -> {};
    this.in = socket.getInputStream();
  }

  /** Bytes that are all there, or never come. */
  PduInput(InputStream in) {
    this.patience = millis -> {};
    this.acknowledgement = () -> {};
    this.in = in;
  }

  /** Bytes that were read so far. */
  long received() {
    return received;
  }

  /** What is read from now on has to be there within that time. */
  void within(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /** Reads one byte; -1 at the end. */
  int read() throws AssociationException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /** Reads exactly that many bytes. */
  void readFully(byte[] target, int at, int count) throws AssociationException {
    int done = 0;
    while (done < count) {
      int now = read(target, at + done, count - done);
      if (now < 0) {
        throw new AssociationException("The peer closed the connection within a PDU.");
      }
      done += now;
    }
  }

  private int read(byte[] target, int at, int count) throws AssociationException {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new AssociationException("The peer was silent for too long.");
    }
    try {
      patience.millis((int) Math.min(left, Integer.MAX_VALUE));
      acknowledgement.now();
      int now = in.read(target, at, count);
      received += Math.max(now, 0);
      return now;
    } catch (SocketTimeoutException e) {
      throw new AssociationException("The peer was silent for too long.", e);
    } catch (IOException e) {
      throw new AssociationException("The connection broke.", e);
    }
  }
}
