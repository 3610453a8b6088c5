package org.tessera.dicom.net;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.net.UserInformation.RoleSelection;

/**
 * An association that both sides have agreed to. Reading and asking is for one thread; answers may
 * be written by any.
 */
public final class Association implements Closeable {
  private static final int MOST_MESSAGE_IDS = 0xFFFF;

  private final Socket socket;
  private final NetLimits limits;
  private final PduReader reader;
  private final PduWriter pdus;
  private final MessageReader messages;
  private final MessageWriter writer;
  private final Map<Integer, PresentationContext> contexts = new HashMap<>();
  private final AAssociateRQ request;
  private final AAssociateAC agreement;
  private int lastMessageId;

  /** Of the side that was asked. */
  Association(
      Socket socket,
      PduReader reader,
      PduWriter pdus,
      AAssociateRQ request,
      AAssociateAC answer,
      int maxPduLength,
      NetLimits limits) {
    this.socket = socket;
    this.limits = limits;
    this.reader = reader;
    this.pdus = pdus;
    this.request = request;
    this.agreement = answer;
    Map<Integer, PresentationContext> answers = new HashMap<>();
    answer.contexts().forEach(context -> answers.put(context.id(), context));
    for (PresentationContext proposed : request.contexts()) {
      PresentationContext answered = answers.get(proposed.id());
      if (answered != null && answered.accepted()) {
        contexts.put(proposed.id(), proposed.agreed(answered));
      }
    }
    this.messages = new MessageReader(reader, limits, contexts);
    this.writer = new MessageWriter(pdus, maxPduLength, limits);
  }

  /**
   * Opens an association.
   *
   * @throws AssociationException with one sentence, if there is no agreement
   */
  public static Association connect(
      InetSocketAddress peer, AAssociateRQ request, NetLimits limits) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(peer, Math.toIntExact(limits.artim().toMillis()));
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      PduWriter pdus = new PduWriter(socket, limits);
      PduReader reader = new PduReader(new PduInput(socket), limits);
      pdus.write(request);
      Pdu answer =
          reader
              .next(limits.artim())
              .orElseThrow(() -> new AssociationException("The peer closed the connection."));
      return switch (answer) {
        case AAssociateAC ac ->
            new Association(
                socket, reader, pdus, request, ac, ac.user().maxPduLength(), limits);
        case AAssociateRJ rj ->
            throw new AssociationException(
                "The peer rejected the association (result %d, source %d, reason %d)."
                    .formatted(rj.result(), rj.source(), rj.reason()));
        case AAbort _ -> throw new AssociationException("The peer aborted the association.");
        case AAssociateRQ _, PDataTF _, AReleaseRQ _, AReleaseRP _ ->
            throw new ProtocolException(
                AAbort.UNEXPECTED_PDU, "The peer sent a PDU that has no place here.");
      };
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Bytes that the peer has sent so far. */
  long received() {
    return reader.received();
  }

  /** The AE title of the side that asked. */
  public String callingAet() {
    return request.callingAet();
  }

  /** The contexts that were agreed. */
  public List<PresentationContext> contexts() {
    return List.copyOf(contexts.values());
  }

  /** The context for objects of a class in a transfer syntax. */
  public Optional<PresentationContext> context(String sopClass, TransferSyntax syntax) {
    return contexts.values().stream()
        .filter(each -> each.abstractSyntax().equals(sopClass))
        .filter(each -> each.transferSyntaxes().getFirst().equals(syntax.uid()))
        .findFirst();
  }

  /**
   * Asks whether the peer is there (C-ECHO, PS3.4 A).
   *
   * @throws AssociationException if verification was not agreed
   */
  public DimseStatus cecho() throws IOException {
    PresentationContext context = context(UID.Verification, "The peer does not take C-ECHO.");
    int id = nextMessageId();
    writer.write(
        context.id(), Command.request(Command.C_ECHO_RQ, id, UID.Verification, false));
    return answer(id);
  }

  /**
   * Sends one object and waits for the answer (C-STORE, PS3.4 B).
   *
   * @param dataset as it is written in that transfer syntax
   * @throws AssociationException if the class was not agreed in that transfer syntax
   */
  public DimseStatus cstore(
      String sopClass, String sopInstance, TransferSyntax syntax, InputStream dataset)
      throws IOException {
    if (!UidDictionary.isValid(sopInstance)) {
      throw new AssociationException("The object has no SOP Instance UID.");
    }
    PresentationContext context =
        context(sopClass, syntax)
            .orElseThrow(
                () ->
                    new AssociationException(
                        "The peer does not take %s in %s."
                            .formatted(
                                UidDictionary.name(sopClass).orElse(sopClass), syntax.name())));
    int id = nextMessageId();
    writer.write(context.id(), Command.store(id, sopClass, sopInstance), dataset);
    return answer(id);
  }

  /**
   * Asks for storage commitment (N-ACTION, PS3.4 J.3.2). What comes of it the peer says later, on
   * this association or on one that it opens.
   *
   * @throws AssociationException if storage commitment was not agreed
   */
  public DimseStatus requestCommitment(CommitmentRequest commitment) throws IOException {
    int id = nextMessageId();
    write(Command.action(id, 1), commitment.information());
    return answer(id);
  }

  /**
   * Tells what came of a request for storage commitment, on an association that was opened to do so
   * (N-EVENT-REPORT, PS3.4 J.3.3), and waits for the answer.
   *
   * @throws AssociationException if the peer did not agree that we are SCP
   */
  public DimseStatus reportCommitment(CommitmentReport report) throws IOException {
    boolean scp =
        agreement.user().roles().stream()
            .anyMatch(role -> role.sopClass().equals(UID.StorageCommitmentPushModel) && role.scp());
    if (!scp) {
      throw new AssociationException("The peer does not take reports on storage commitment.");
    }
    int id = nextMessageId();
    sendReport(id, report);
    return answer(id);
  }

  /** Sends a report; somebody else reads the answer. */
  void sendReport(int messageId, CommitmentReport report) throws IOException {
    write(Command.event(messageId, report.eventType()), report.information());
  }

  /** True if the side that opened the association is SCU of storage commitment, as agreed. */
  boolean requesterAwaitsReports() {
    return contexts.values().stream()
            .anyMatch(each -> each.abstractSyntax().equals(UID.StorageCommitmentPushModel))
        && request.user().roles().stream()
            .filter(role -> role.sopClass().equals(UID.StorageCommitmentPushModel))
            .allMatch(RoleSelection::scu);
  }

  private void write(Attributes command, Attributes information) throws IOException {
    PresentationContext context =
        context(UID.StorageCommitmentPushModel, "The peer does not do storage commitment.");
    TransferSyntax syntax = TransferSyntax.of(context.transferSyntaxes().getFirst());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DicomOutputStream(bytes).writeDataset(information, syntax);
    writer.write(context.id(), command, new ByteArrayInputStream(bytes.toByteArray()));
  }

  private PresentationContext context(String sopClass, String otherwise)
      throws AssociationException {
    return contexts.values().stream()
        .filter(each -> each.abstractSyntax().equals(sopClass))
        .findFirst()
        .orElseThrow(() -> new AssociationException(otherwise));
  }

  int nextMessageId() {
    lastMessageId = lastMessageId % MOST_MESSAGE_IDS + 1;
    return lastMessageId;
  }

  private DimseStatus answer(int messageId) throws IOException {
    Message message =
        receive(limits.idle())
            .orElseThrow(
                () -> new AssociationException("The peer asked for release without an answer."));
    Attributes command = message.command();
    if (command.integer(Tag.MessageIDBeingRespondedTo, -1) != messageId) {
      throw new AssociationException("The peer answered what it was not asked.");
    }
    return DimseStatus.of(command);
  }

  /** Waits for a message; empty if the peer asks for release. */
  Optional<Message> receive(Duration wait) throws AssociationException {
    return messages.next(wait);
  }

  /** Answers a message. */
  void respond(Message message, DimseStatus status) throws IOException {
    writer.write(message.context().id(), Command.response(message.command(), status));
  }

  /** Agrees to the release that the peer asks for. */
  void releaseAsAsked() throws AssociationException {
    pdus.write(new AReleaseRP());
  }

  /** Says that nothing more comes, waits until the peer agrees, and closes. */
  public void release() throws IOException {
    try (socket) {
      pdus.write(new AReleaseRQ());
      boolean open = true;
      while (open) {
        open =
            reader.next(limits.artim()).filter(pdu -> !(pdu instanceof AReleaseRP)).isPresent();
      }
    }
  }

  /** Releases it after the work is done: whatever happens now does not undo the work. */
  public void releaseQuietly() {
    try {
      release();
    } catch (IOException e) {
      close();
    }
  }

  /** Ends the association at once, as well as it goes. */
  void abort(AAbort abort) {
    try (socket) {
      pdus.write(abort);
    } catch (IOException e) {
      // The connection is gone: there is nobody to tell.
    }
  }

  /** Aborts it, unless it was released. */
  @Override
  public void close() {
    if (!socket.isClosed()) {
      abort(AAbort.BY_USER);
    }
  }
}
