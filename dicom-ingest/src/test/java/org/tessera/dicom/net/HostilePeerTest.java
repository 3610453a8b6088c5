package org.tessera.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tessera.dicom.UID;

/** Peers that lie, are slow, or never end: each is cut off, and others are served. */
@Timeout(60)
class HostilePeerTest {
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final AtomicLong STORED = new AtomicLong();

  private static DicomListener listener(int associations) throws IOException {
    return DicomListener.start(
        NetSamples.settings(NetSamples.limits(associations, PATIENCE)),
        (request, dataset) -> {
          STORED.addAndGet(dataset.transferTo(OutputStream.nullOutputStream()));
          return CompletableFuture.completedFuture(DimseStatus.SUCCESS);
        },
        ending -> {});
  }

  private static void requireAlive(DicomListener listener) throws IOException {
    try (Association association =
        Association.connect(
            listener.address(),
            NetSamples.proposal("TESSERA", NetSamples.verification()),
            NetSamples.limits(1, Duration.ofSeconds(20)))) {
      assertThat(association.cecho()).isEqualTo(DimseStatus.SUCCESS);
      association.release();
    }
  }

  /** Sends bytes and returns all that comes until the other side closes. */
  private static byte[] answer(DicomListener listener, byte[] bytes) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(listener.address());
      try {
        socket.getOutputStream().write(bytes);
      } catch (SocketException e) {
        // It has heard enough.
      }
      return allOf(socket);
    }
  }

  private static byte[] allOf(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        all.write(b);
      }
    } catch (SocketException e) {
      // Reset after the last PDU: closed, too.
    }
    return all.toByteArray();
  }

  private static byte[] open() {
    return PduWriter.encode(
        NetSamples.proposal("TESSERA", NetSamples.verification(), NetSamples.ct()));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static boolean endsWithAbort(byte[] answer) {
    return answer.length >= 10 && answer[answer.length - 10] == 7;
  }

  @Test
  void bytesThatAreNoProtocolAreAborted() throws IOException {
    byte[] store = NetSamples.data(3, 3, NetSamples.command(Command.store(1, NetSamples.CT, "1")));
    byte[] huge = open();
    huge[2] = 0x7F;
    byte[] items = open();
    items[74 + 2] = (byte) 0xFF;
    byte[] value = NetSamples.data(3, 3, new byte[8]);
    value[6] = 0x7F;
    ByteArrayOutputStream longPdu = new ByteArrayOutputStream();
    longPdu.writeBytes(new byte[] {4, 0});
    NetSamples.number(longPdu, -1);
    List<byte[]> lies =
        List.of(
            "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            huge,
            items,
            PduWriter.encode(new AReleaseRQ()),
            joined(open(), value),
            joined(open(), longPdu.toByteArray()),
            joined(open(), open()),
            joined(open(), NetSamples.data(7, 3, new byte[0])),
            joined(open(), NetSamples.data(3, 2, new byte[0])),
            joined(open(), NetSamples.data(3, 3, new byte[] {1, 2, 3})),
            joined(open(), store, NetSamples.data(1, 2, new byte[4])),
            joined(open(), store, store),
            joined(open(), store, PduWriter.encode(new AReleaseRQ())),
            joined(open(), new byte[] {4, 0, 0, 0, 0, 0}),
            joined(open(), new byte[] {9, 0, 0, 0, 0, 0}));
    try (DicomListener listener = listener(2)) {
      for (int i = 0; i < lies.size(); i++) {
        assertThat(endsWithAbort(answer(listener, lies.get(i)))).as("lie " + i).isTrue();
      }
      requireAlive(listener);
    }
  }

  @Test
  void everyCutAndEveryChangedByteOfAConversationEndsInASentence() throws IOException {
    byte[] whole = NetSamples.conversation();
    assertThat(NetSamples.converse(whole)).isGreaterThan(100);
    for (int i = 0; i < whole.length; i++) {
      NetSamples.converse(Arrays.copyOf(whole, i));
      for (int bits : new int[] {0xFF, 0x80, 0x01}) {
        byte[] changed = whole.clone();
        changed[i] ^= (byte) bits;
        NetSamples.converse(changed);
      }
    }
  }

  @Test
  void aDataSetThatNeverEndsIsCutOffAtTheLimit() throws IOException {
    byte[] store = NetSamples.data(3, 3, NetSamples.command(Command.store(1, NetSamples.CT, "1")));
    ByteArrayOutputStream endless = new ByteArrayOutputStream();
    endless.writeBytes(joined(open(), store));
    for (int i = 0; i < 70; i++) {
      endless.writeBytes(NetSamples.data(3, 0, new byte[16_000]));
    }
    try (DicomListener listener = listener(2)) {
      long before = STORED.get();
      assertThat(endsWithAbort(answer(listener, endless.toByteArray()))).isTrue();
      assertThat(STORED.get()).as("a data set that did not end").isEqualTo(before);
      requireAlive(listener);
    }
  }

  @Test
  void slowPeersHoldNothingForLong() throws IOException, InterruptedException {
    byte[] open = open();
    try (DicomListener listener = listener(2)) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Socket socket = new Socket();
        socket.connect(listener.address());
        slow.add(socket);
      }
      long start = System.nanoTime();
      try {
        for (byte b : open) {
          for (Socket socket : slow) {
            socket.getOutputStream().write(b);
          }
          Thread.sleep(20);
        }
      } catch (SocketException e) {
        // Cut off: what is wanted.
      }
      for (Socket socket : slow) {
        assertThat(allOf(socket).length).as("answer before the proposal was there").isLessThan(11);
        socket.close();
      }
      assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
      requireAlive(listener);
    }
  }

  @Test
  void silentAssociationsAreEndedAndTooManyAreRejectedForNow() throws IOException {
    try (DicomListener listener = listener(1)) {
      try (Socket first = new Socket()) {
        first.connect(listener.address());
        first.getOutputStream().write(open());
        assertThat(first.getInputStream().read()).isEqualTo(2);
        byte[] second = answer(listener, open());
        assertThat(second).startsWith(3, 0, 0, 0, 0, 4, 0, 2, 3, 2);
        assertThat(endsWithAbort(allOf(first))).isTrue();
      }
      requireAlive(listener);
    }
  }

  @Test
  void strangersAreNotEvenRead() throws IOException {
    NetLimits limits = NetSamples.limits(2, PATIENCE);
    DicomListener.Settings settings =
        new DicomListener.Settings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "TESSERA",
            Set.of(),
            List.of(AddressRange.parse("10.0.0.0/8")),
            limits);
    try (DicomListener listener =
        DicomListener.start(
            settings,
            (request, dataset) -> CompletableFuture.completedFuture(DimseStatus.SUCCESS),
            ending -> {})) {
      assertThat(answer(listener, open())).isEmpty();
    }
  }

  @Test
  void unknownOperationsAreAnsweredAndTheAssociationGoesOn() throws IOException {
    byte[] find =
        NetSamples.data(
            1, 3, NetSamples.command(Command.request(0x20, 1, UID.Verification, false)));
    byte[] answer;
    try (DicomListener listener = listener(2)) {
      answer =
          answer(listener, joined(open(), find, PduWriter.encode(new AReleaseRQ())));
    }
    assertThat(answer[answer.length - 10]).isEqualTo((byte) 6);
    assertThat(answer).contains(0x11, 0x02);
  }
}
