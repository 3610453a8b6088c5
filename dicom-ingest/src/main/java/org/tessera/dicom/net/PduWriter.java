package org.tessera.dicom.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.tessera.dicom.net.UserInformation.ExtendedNegotiation;
import org.tessera.dicom.net.UserInformation.OperationsWindow;
import org.tessera.dicom.net.UserInformation.RoleSelection;

/** Writes PDUs (PS3.8 9.3). A peer that does not take them in time is cut off. */
final class PduWriter {
  private final Socket socket;
  private final NetLimits limits;
  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();

  PduWriter(Socket socket, NetLimits limits) throws IOException {
    this.socket = socket;
    this.limits = limits;
    this.out = socket.getOutputStream();
  }

  /** Sends a PDU that is no P-DATA-TF. */
  void write(Pdu pdu) throws AssociationException {
    byte[] bytes = encode(pdu);
    send(bytes, bytes.length);
  }

  /** Sends bytes that are whole PDUs already. */
  void send(byte[] bytes, int length) throws AssociationException {
    lock.lock();
    ScheduledFuture<?> cut =
        Watchdog.after(limits.pdu().toMillis(), TimeUnit.MILLISECONDS, socket);
    try {
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw new AssociationException("The connection broke.", e);
    } finally {
      cut.cancel(false);
      lock.unlock();
    }
  }

  /** Holds the connection for PDUs that belong together. */
  ReentrantLock lock() {
    return lock;
  }

  static byte[] encode(Pdu pdu) {
    return switch (pdu) {
      case AAssociateRQ rq -> associate(0x01, rq);
      case AAssociateAC ac -> associate(0x02, ac);
      case AAssociateRJ rj ->
          control(0x03, (byte) rj.result(), (byte) rj.source(), (byte) rj.reason());
      case AReleaseRQ _ -> control(0x05, (byte) 0, (byte) 0, (byte) 0);
      case AReleaseRP _ -> control(0x06, (byte) 0, (byte) 0, (byte) 0);
      case AAbort abort ->
          control(0x07, (byte) 0, (byte) abort.source(), (byte) abort.reason());
      case PDataTF _ -> throw new IllegalArgumentException("Data are sent as they are made.");
    };
  }

  private static byte[] control(int type, byte a, byte b, byte c) {
    return new byte[] {(byte) type, 0, 0, 0, 0, 4, 0, a, b, c};
  }

  private static byte[] associate(int type, AAssociateRQ rq) {
    ByteArrayOutputStream body = fixed(rq.protocolVersion(), rq.calledAet(), rq.callingAet());
    text(body, AssociateParser.APPLICATION_CONTEXT, rq.applicationContext());
    for (PresentationContext context : rq.contexts()) {
      ByteArrayOutputStream item = new ByteArrayOutputStream();
      item.writeBytes(new byte[] {(byte) context.id(), 0, 0, 0});
      text(item, AssociateParser.ABSTRACT_SYNTAX, context.abstractSyntax());
      context.transferSyntaxes().forEach(
          syntax -> text(item, AssociateParser.TRANSFER_SYNTAX, syntax));
      item(body, AssociateParser.CONTEXT_RQ, item.toByteArray());
    }
    item(body, AssociateParser.USER_INFORMATION, user(rq.user()));
    return pdu(type, body);
  }

  private static byte[] associate(int type, AAssociateAC ac) {
    ByteArrayOutputStream body = fixed(1, ac.calledAet(), ac.callingAet());
    text(body, AssociateParser.APPLICATION_CONTEXT, AAssociateRQ.APPLICATION_CONTEXT);
    for (PresentationContext context : ac.contexts()) {
      ByteArrayOutputStream item = new ByteArrayOutputStream();
      item.writeBytes(
          new byte[] {(byte) context.id(), 0, (byte) context.result().ordinal(), 0});
      text(item, AssociateParser.TRANSFER_SYNTAX, context.transferSyntaxes().getFirst());
      item(body, AssociateParser.CONTEXT_AC, item.toByteArray());
    }
    item(body, AssociateParser.USER_INFORMATION, user(ac.user()));
    return pdu(type, body);
  }

  private static ByteArrayOutputStream fixed(int version, String called, String calling) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {(byte) (version >> 8), (byte) version, 0, 0});
    body.writeBytes(aeTitle(called));
    body.writeBytes(aeTitle(calling));
    body.writeBytes(new byte[AssociateParser.RESERVED]);
    return body;
  }

  private static byte[] aeTitle(String title) {
    String padded = (title + " ".repeat(AssociateParser.AE_TITLE));
    return padded.substring(0, AssociateParser.AE_TITLE).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] user(UserInformation user) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    item(body, AssociateParser.MAXIMUM_LENGTH, number(user.maxPduLength()));
    text(body, AssociateParser.IMPLEMENTATION_CLASS, user.implementationClassUid());
    user.operationsWindow().ifPresent(window -> window(body, window));
    user.roles().forEach(role -> role(body, role));
    if (!user.implementationVersion().isEmpty()) {
      text(body, AssociateParser.IMPLEMENTATION_VERSION, user.implementationVersion());
    }
    user.extended().forEach(each -> extended(body, each));
    return body.toByteArray();
  }

  private static void window(ByteArrayOutputStream body, OperationsWindow window) {
    item(
        body,
        AssociateParser.OPERATIONS_WINDOW,
        number(window.invoked() << 16 | window.performed()));
  }

  private static void role(ByteArrayOutputStream body, RoleSelection role) {
    ByteArrayOutputStream item = prefixed(role.sopClass());
    item.write(role.scu() ? 1 : 0);
    item.write(role.scp() ? 1 : 0);
    item(body, AssociateParser.ROLE_SELECTION, item.toByteArray());
  }

  private static void extended(ByteArrayOutputStream body, ExtendedNegotiation each) {
    ByteArrayOutputStream item = prefixed(each.sopClass());
    item.writeBytes(HexFormat.of().parseHex(each.information()));
    item(body, AssociateParser.EXTENDED_NEGOTIATION, item.toByteArray());
  }

  private static ByteArrayOutputStream prefixed(String uid) {
    ByteArrayOutputStream item = new ByteArrayOutputStream();
    item.write(uid.length() >> 8);
    item.write(uid.length());
    item.writeBytes(uid.getBytes(StandardCharsets.ISO_8859_1));
    return item;
  }

  private static byte[] number(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  private static void text(ByteArrayOutputStream out, int type, String text) {
    item(out, type, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void item(ByteArrayOutputStream out, int type, byte[] body) {
    out.writeBytes(
        new byte[] {(byte) type, 0, (byte) (body.length >> 8), (byte) body.length});
    out.writeBytes(body);
  }

  private static byte[] pdu(int type, ByteArrayOutputStream body) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(type);
    whole.write(0);
    whole.writeBytes(number(body.size()));
    whole.writeBytes(body.toByteArray());
    return whole.toByteArray();
  }
}
