package org.tessera.dicom.net;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;
import org.tessera.dicom.net.UserInformation.ExtendedNegotiation;
import org.tessera.dicom.net.UserInformation.OperationsWindow;
import org.tessera.dicom.net.UserInformation.RoleSelection;

/** Proposals, messages, listeners for tests; and what is done with fuzzed bytes. */
public final class NetSamples {
  static final String CT = UID.CTImageStorage;
  static final List<String> PLAIN =
      List.of(UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian);

  private NetSamples() {}

  /** Limits that let a test wait for what takes too long. */
  static NetLimits limits(int associations, Duration patience) {
    return new NetLimits(
        1 << 14, associations, 4, 1 << 20, patience, patience, patience, 1024);
  }

  static DicomListener.Settings settings(NetLimits limits) {
    return new DicomListener.Settings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        "TESSERA",
        Set.of(),
        List.of(),
        limits);
  }

  static AAssociateRQ proposal(String calledAet, PresentationContext... contexts) {
    return new AAssociateRQ(
        calledAet, "SENDER", List.of(contexts), UserInformation.ours(1 << 14));
  }

  static PresentationContext verification() {
    return new PresentationContext(1, UID.Verification, List.of(UID.ImplicitVRLittleEndian));
  }

  static PresentationContext ct() {
    return new PresentationContext(3, CT, PLAIN);
  }

  static Attributes image(String instance, int bytes) {
    return new Attributes()
        .setString(Tag.SOPClassUID, VR.UI, CT)
        .setString(Tag.SOPInstanceUID, VR.UI, instance)
        .setString(Tag.PatientID, VR.LO, "PLANTED-ID")
        .setBytes(Tag.PixelData, VR.OB, new byte[bytes]);
  }

  static byte[] dataset(Attributes image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new DicomOutputStream(bytes).writeDataset(image, TransferSyntax.EXPLICIT_LITTLE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] command(Attributes command) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new DicomOutputStream(bytes).writeCommand(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A P-DATA-TF with one value. */
  static byte[] data(int context, int control, byte[] body) {
    ByteArrayOutputStream pdu = new ByteArrayOutputStream();
    pdu.write(4);
    pdu.write(0);
    number(pdu, body.length + 6);
    number(pdu, body.length + 2);
    pdu.write(context);
    pdu.write(control);
    pdu.writeBytes(body);
    return pdu.toByteArray();
  }

  static void number(ByteArrayOutputStream out, int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(value >> shift);
    }
  }

  /** All that a peer sends in a short association: a proposal of everything, C-ECHO, C-STORE. */
  public static byte[] conversation() {
    UserInformation user =
        new UserInformation(
            1 << 14,
            "1.2.3",
            "PEER",
            Optional.of(new OperationsWindow(8, 1)),
            List.of(new RoleSelection(CT, true, true)),
            List.of(new ExtendedNegotiation(CT, "020000000000")));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        PduWriter.encode(
            new AAssociateRQ("TESSERA", "SENDER", List.of(verification(), ct()), user)));
    bytes.writeBytes(
        data(1, 3, command(Command.request(Command.C_ECHO_RQ, 1, UID.Verification, false))));
    bytes.writeBytes(data(3, 3, command(Command.store(2, CT, "2.25.1"))));
    bytes.writeBytes(data(3, 0, dataset(image("2.25.1", 10))));
    bytes.writeBytes(data(3, 2, new byte[2]));
    bytes.writeBytes(PduWriter.encode(new AReleaseRQ()));
    return bytes.toByteArray();
  }

  /** The data of an N-ACTION that asks for two objects, in implicit little endian. */
  public static byte[] action() {
    CommitmentRequest request =
        new CommitmentRequest(
            "2.25.100", List.of(new SopReference(CT, "2.25.1"), new SopReference(CT, "2.25.2")));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new DicomOutputStream(bytes)
          .writeDataset(request.information(), TransferSyntax.IMPLICIT_LITTLE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static PresentationContext commitmentContext() {
    return new PresentationContext(
        5, UID.StorageCommitmentPushModel, List.of(UID.ImplicitVRLittleEndian));
  }

  private static Attributes actionCommand() {
    return Command.action(3, 1);
  }

  /** All that a peer sends in an association in which it asks for storage commitment. */
  public static byte[] commitment() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(PduWriter.encode(proposal("TESSERA", commitmentContext())));
    bytes.writeBytes(data(5, 3, command(actionCommand())));
    bytes.writeBytes(data(5, 2, action()));
    bytes.writeBytes(PduWriter.encode(new AReleaseRQ()));
    return bytes.toByteArray();
  }

  /**
   * Deals with the data of an N-ACTION.
   *
   * @return what is answered
   * @throws AssertionError if what was understood is not what is written again
   */
  public static DimseStatus act(byte[] information) {
    CommitmentAction action = new CommitmentAction(NetSamples::noted);
    try {
      return action.answer(
          new Message(
              commitmentContext(), actionCommand(), new ByteArrayInputStream(information)),
          "SENDER");
    } catch (IOException e) {
      throw new AssertionError("Bytes of memory cannot fail.", e);
    }
  }

  /** What was understood is written, and read as the same. */
  private static DimseStatus noted(CommitmentRequest request, String callingAet) {
    if (!CommitmentRequest.of(request.information()).equals(Optional.of(request))) {
      throw new AssertionError("The request is read as another one.");
    }
    return DimseStatus.SUCCESS;
  }

  /**
   * Reads bytes as an acceptor would, to their end.
   *
   * @return bytes of data sets and commands that were taken
   * @throws AssertionError if anything but a sentence comes of it
   */
  public static long converse(byte[] input) {
    NetLimits limits = limits(4, Duration.ofSeconds(10));
    PduReader reader = new PduReader(new PduInput(new ByteArrayInputStream(input)), limits);
    Negotiation negotiation = new Negotiation("TESSERA", Set.of(), true, limits);
    long taken = 0;
    try {
      Map<Integer, PresentationContext> contexts = new HashMap<>();
      Optional<Pdu> first = reader.next(limits.artim());
      if (first.isPresent() && first.get() instanceof AAssociateRQ request) {
        AAssociateAC answer = negotiation.answer(request);
        negotiation.rejection(request);
        PduReader own =
            new PduReader(
                new PduInput(new ByteArrayInputStream(PduWriter.encode(answer))), limits);
        if (!own.next(limits.artim()).equals(Optional.of(answer))) {
          throw new AssertionError("Our own answer is read as another one.");
        }
        request.contexts().forEach(each -> contexts.put(each.id(), each));
      }
      MessageReader messages = new MessageReader(reader, limits, contexts);
      for (Optional<Message> message = messages.next(limits.idle());
          message.isPresent();
          message = messages.next(limits.idle())) {
        Attributes command = message.get().command();
        taken += command(Command.response(command, DimseStatus.SUCCESS)).length;
        taken += message.get().dataset().readAllBytes().length;
      }
    } catch (IOException e) {
      if (!(e instanceof AssociationException)
          || !TestData.isOneSentence(String.valueOf(e.getMessage()))) {
        throw new AssertionError("No sentence", e);
      }
    }
    return taken;
  }
}
