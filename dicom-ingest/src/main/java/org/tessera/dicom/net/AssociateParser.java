package org.tessera.dicom.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tessera.dicom.net.PresentationContext.Result;
import org.tessera.dicom.net.UserInformation.ExtendedNegotiation;
import org.tessera.dicom.net.UserInformation.OperationsWindow;
import org.tessera.dicom.net.UserInformation.RoleSelection;

/** Reads A-ASSOCIATE-RQ and -AC (PS3.8 9.3.2, 9.3.3; PS3.7 D.3.3). */
final class AssociateParser {
  static final int APPLICATION_CONTEXT = 0x10;
  static final int CONTEXT_RQ = 0x20;
  static final int CONTEXT_AC = 0x21;
  static final int ABSTRACT_SYNTAX = 0x30;
  static final int TRANSFER_SYNTAX = 0x40;
  static final int USER_INFORMATION = 0x50;
  static final int MAXIMUM_LENGTH = 0x51;
  static final int IMPLEMENTATION_CLASS = 0x52;
  static final int OPERATIONS_WINDOW = 0x53;
  static final int ROLE_SELECTION = 0x54;
  static final int IMPLEMENTATION_VERSION = 0x55;
  static final int EXTENDED_NEGOTIATION = 0x56;
  static final int AE_TITLE = 16;
  static final int RESERVED = 32;

  private static final int FIXED = 2 + 2 + 2 * AE_TITLE + RESERVED;
  private static final int ITEM_HEADER = 4;
  private static final int LONGEST_UID = 64;

  /** An item or sub-item: its type and its bytes. */
  private record Item(int type, ByteBuffer body) {}

  private AssociateParser() {}

  static AAssociateRQ request(byte[] body) throws ProtocolException {
    ByteBuffer in = ByteBuffer.wrap(body);
    need(in, FIXED);
    int version = in.getShort() & 0xFFFF;
    in.getShort();
    String called = text(in, AE_TITLE);
    String calling = text(in, AE_TITLE);
    in.position(in.position() + RESERVED);
    String application = "";
    List<PresentationContext> contexts = new ArrayList<>();
    UserInformation user = unsaid();
    for (Item item : items(in)) {
      switch (item.type()) {
        case APPLICATION_CONTEXT -> application = uid(item.body());
        case CONTEXT_RQ -> contexts.add(proposal(item.body()));
        case USER_INFORMATION -> user = user(item.body());
        // Items that are not known are skipped (PS3.8 9.3.1).
        default -> {}
      }
    }
    requireDistinct(contexts);
    return new AAssociateRQ(
        version, called, calling, application, List.copyOf(contexts), user);
  }

  static AAssociateAC acceptance(byte[] body) throws ProtocolException {
    ByteBuffer in = ByteBuffer.wrap(body);
    need(in, FIXED);
    in.getInt();
    String called = text(in, AE_TITLE);
    String calling = text(in, AE_TITLE);
    in.position(in.position() + RESERVED);
    List<PresentationContext> contexts = new ArrayList<>();
    UserInformation user = unsaid();
    for (Item item : items(in)) {
      switch (item.type()) {
        case CONTEXT_AC -> contexts.add(answer(item.body()));
        case USER_INFORMATION -> user = user(item.body());
        default -> {}
      }
    }
    requireDistinct(contexts);
    return new AAssociateAC(called, calling, List.copyOf(contexts), user);
  }

  private static UserInformation unsaid() {
    return new UserInformation(0, "", "", Optional.empty(), List.of(), List.of());
  }

  private static void requireDistinct(List<PresentationContext> contexts)
      throws ProtocolException {
    boolean[] seen = new boolean[256];
    for (PresentationContext context : contexts) {
      if (context.id() % 2 == 0 || seen[context.id()]) {
        throw damaged();
      }
      seen[context.id()] = true;
    }
  }

  private static PresentationContext proposal(ByteBuffer in) throws ProtocolException {
    need(in, ITEM_HEADER);
    int id = in.getInt() >>> 24;
    String abstractSyntax = "";
    List<String> transferSyntaxes = new ArrayList<>();
    for (Item item : items(in)) {
      switch (item.type()) {
        case ABSTRACT_SYNTAX -> abstractSyntax = uid(item.body());
        case TRANSFER_SYNTAX -> transferSyntaxes.add(uid(item.body()));
        default -> {}
      }
    }
    if (abstractSyntax.isEmpty() || transferSyntaxes.isEmpty()) {
      throw damaged();
    }
    return new PresentationContext(id, abstractSyntax, List.copyOf(transferSyntaxes));
  }

  private static PresentationContext answer(ByteBuffer in) throws ProtocolException {
    need(in, ITEM_HEADER);
    int id = in.get() & 0xFF;
    in.get();
    int result = in.get() & 0xFF;
    in.get();
    if (result >= Result.values().length) {
      throw damaged();
    }
    // The transfer syntax means nothing, and may be anything, where the context was refused.
    List<String> syntaxes = new ArrayList<>();
    for (Item item : items(in)) {
      if (item.type() == TRANSFER_SYNTAX) {
        syntaxes.add(uid(item.body()));
      }
    }
    if (result == 0 && syntaxes.size() != 1) {
      throw damaged();
    }
    return new PresentationContext(id, Result.values()[result], "", List.copyOf(syntaxes));
  }

  private static UserInformation user(ByteBuffer in) throws ProtocolException {
    int maximum = 0;
    String implementation = "";
    String version = "";
    Optional<OperationsWindow> window = Optional.empty();
    List<RoleSelection> roles = new ArrayList<>();
    List<ExtendedNegotiation> extended = new ArrayList<>();
    for (Item item : items(in)) {
      ByteBuffer body = item.body();
      switch (item.type()) {
        case MAXIMUM_LENGTH -> {
          need(body, Integer.BYTES);
          // Beyond 2 GB it means as much as "any".
          maximum = Math.max(0, body.getInt());
        }
        case IMPLEMENTATION_CLASS -> implementation = uid(body);
        case IMPLEMENTATION_VERSION -> version = text(body, Math.min(AE_TITLE, body.remaining()));
        case OPERATIONS_WINDOW -> {
          need(body, Integer.BYTES);
          window =
              Optional.of(new OperationsWindow(body.getShort() & 0xFFFF, body.getShort() & 0xFFFF));
        }
        case ROLE_SELECTION -> {
          String sopClass = prefixedUid(body);
          need(body, 2);
          roles.add(new RoleSelection(sopClass, body.get() == 1, body.get() == 1));
        }
        case EXTENDED_NEGOTIATION -> {
          String sopClass = prefixedUid(body);
          byte[] information = new byte[body.remaining()];
          body.get(information);
          extended.add(
              new ExtendedNegotiation(sopClass, HexFormat.of().formatHex(information)));
        }
        default -> {}
      }
    }
    return new UserInformation(
        maximum, implementation, version, window, List.copyOf(roles), List.copyOf(extended));
  }

  private static String prefixedUid(ByteBuffer in) throws ProtocolException {
    need(in, Short.BYTES);
    int length = in.getShort() & 0xFFFF;
    need(in, length);
    String uid = uid(in.slice(in.position(), length));
    in.position(in.position() + length);
    return uid;
  }

  private static List<Item> items(ByteBuffer in) throws ProtocolException {
    List<Item> items = new ArrayList<>();
    while (in.hasRemaining()) {
      need(in, ITEM_HEADER);
      int type = in.get() & 0xFF;
      in.get();
      int length = in.getShort() & 0xFFFF;
      need(in, length);
      if (items.size() == NetLimits.MOST_ITEMS) {
        throw damaged();
      }
      items.add(new Item(type, in.slice(in.position(), length)));
      in.position(in.position() + length);
    }
    return items;
  }

  private static String uid(ByteBuffer in) throws ProtocolException {
    if (in.remaining() > LONGEST_UID + 1) {
      throw damaged();
    }
    return text(in, in.remaining());
  }

  /** Text without the spaces and NULs that pad it. */
  private static String text(ByteBuffer in, int length) throws ProtocolException {
    need(in, length);
    byte[] bytes = new byte[length];
    in.get(bytes);
    int end = length;
    while (end > 0 && (bytes[end - 1] == 0 || bytes[end - 1] == ' ')) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1).stripLeading();
  }

  private static void need(ByteBuffer in, int bytes) throws ProtocolException {
    if (in.remaining() < bytes) {
      throw damaged();
    }
  }

  private static ProtocolException damaged() {
    return new ProtocolException(
        AAbort.INVALID_PARAMETER, "The peer sent a proposal that cannot be read.");
  }
}
