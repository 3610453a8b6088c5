package org.tessera.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lists a file for people: a line per element with tag, VR, length in bytes, number of values,
 * keyword and value, items indented. Values are cut at the width of a line, and no more of them is
 * read than is shown. Characters that could steer a terminal are escaped. For one thread.
 */
public final class DicomDump {
  /** The narrowest line that holds all columns. */
  public static final int NARROWEST = 72;

  private static final int KEYWORD_WIDTH = 32;
  private static final int DEEPEST_INDENT = 10;
  private static final int MOST_PARTS = 8;
  private static final int COUNTED_TEXT = 1 << 16;

  private final Appendable out;
  private final int width;

  /**
   * A listing.
   *
   * @param out where the lines go
   * @param width characters of a line, at least {@link #NARROWEST}
   */
  public DicomDump(Appendable out, int width) {
    this.out = out;
    this.width = Math.max(NARROWEST, width);
  }

  /** Lists the file meta information and the data set. */
  public void write(DicomFile file) throws IOException {
    if (!file.meta().isEmpty()) {
      line("# File meta information");
      dataset(file.meta(), 0);
    }
    TransferSyntax syntax = file.syntax();
    line("# Data set: " + syntax.name() + " (" + escaped(syntax.uid()) + ")");
    dataset(file.dataset(), 0);
    if (file.envelope().trailingZeros() > 0) {
      line("# %,d zeros behind the last element".formatted(file.envelope().trailingZeros()));
    }
  }

  private void dataset(Attributes dataset, int depth) throws IOException {
    for (Element element : dataset) {
      String start = start(element, dataset, depth);
      switch (element.value()) {
        case Bytes bytes -> line(start + value(element, bytes, dataset, width - start.length()));
        case Sequence sequence -> {
          line(start + items(sequence.size()));
          int number = 0;
          for (Attributes item : sequence) {
            line(indent(depth + 1) + "Item " + ++number);
            dataset(item, depth + 2);
          }
        }
        case Fragments fragments -> fragments(fragments, start, depth + 1);
      }
    }
  }

  /** Deeper levels than a line has room for are not indented further. */
  private static String indent(int depth) {
    return "  ".repeat(Math.min(depth, DEEPEST_INDENT));
  }

  private static String items(int count) {
    return count == 1 ? "1 item" : "%,d items".formatted(count);
  }

  /** All columns before the value. */
  private static String start(Element element, Attributes owner, int depth) {
    VR vr = element.effectiveVr(owner);
    return "%s(%04X,%04X) %s %10s %4s %s "
        .formatted(
            indent(depth),
            element.group(),
            element.tag() & 0xFFFF,
            vr,
            length(element.value()),
            multiplicity(element, vr, owner),
            padded(cut(name(element, owner), KEYWORD_WIDTH)));
  }

  private static String padded(String text) {
    return text + " ".repeat(Math.max(0, KEYWORD_WIDTH - text.length()));
  }

  private static String length(Value value) {
    return switch (value) {
      case Bytes bytes -> Long.toString(bytes.claimedLength());
      case Sequence sequence -> sequence.undefinedLength() ? "undefined" : "defined";
      case Fragments fragments -> "undefined";
    };
  }

  private static String multiplicity(Element element, VR vr, Attributes owner) {
    if (!(element.value() instanceof Bytes bytes)) {
      return "1";
    }
    if (bytes.length() == 0) {
      return "0";
    }
    return switch (vr.kind()) {
      case ASCII, TEXT ->
          bytes.length() > COUNTED_TEXT
              ? "?"
              : Integer.toString(Values.strings(element, owner).size());
      case INTEGER, REAL -> Long.toString(bytes.length() / vr.width());
      case LONG_TEXT, BULK, SEQUENCE -> "1";
    };
  }

  private static String name(Element element, Attributes owner) {
    if (element.isPrivateCreator()) {
      return "PrivateCreator";
    }
    if ((element.tag() & 0xFFFF) == 0) {
      return "GroupLength";
    }
    Optional<String> known = owner.entry(element.tag()).map(ElementDictionary.Entry::keyword);
    if (ElementDictionary.isPrivate(element.tag())) {
      return "["
          + escaped(known.or(() -> owner.privateCreator(element.tag())).orElse("private"))
          + "]";
    }
    return known.orElse("unknown");
  }

  private static String value(Element element, Bytes bytes, Attributes owner, int room) {
    VR vr = element.effectiveVr(owner);
    String missing =
        bytes.isTruncated()
            ? " (%,d bytes are missing)".formatted(bytes.claimedLength() - bytes.length())
            : "";
    int left = Math.max(8, room - missing.length());
    if (vr.kind() == VR.Kind.BULK || vr.kind() == VR.Kind.SEQUENCE) {
      return cut(hex(bytes, left), left) + missing;
    }
    // Four bytes for each character that is shown are enough in any character set.
    long enough = 4L * left + 64;
    Bytes shown = bytes.length() > enough ? bytes.slice(0, enough / 8 * 8) : bytes;
    List<String> values = Values.strings(new Element(element.tag(), vr, shown), owner);
    String text = escaped(String.join("\\", values));
    String more = shown == bytes ? "" : "...";
    if (vr == VR.UI && values.size() == 1) {
      text += UidDictionary.name(values.getFirst()).map(name -> " = " + name).orElse("");
    }
    return cut(text + more, left) + missing;
  }

  private static String hex(Bytes bytes, int room) {
    StringBuilder text = new StringBuilder(room + 4);
    for (long at = 0; at < bytes.length() && text.length() <= room; at++) {
      text.append(at == 0 ? "" : " ");
      text.append(HexFormat.of().toHexDigits((byte) bytes.unsignedByte(at)));
    }
    return text.toString();
  }

  private void fragments(Fragments fragments, String start, int depth) throws IOException {
    int count = fragments.parts().size();
    line(start + "%,d fragments, %,d bytes".formatted(count, fragments.length()));
    String indent = indent(depth);
    line(cut(indent + "Offset table: " + offsets(fragments.offsetTable()), width));
    for (int i = 0; i < Math.min(count, MOST_PARTS); i++) {
      Bytes part = fragments.parts().get(i);
      String head = "%sFragment %d: %,d bytes: ".formatted(indent, i + 1, part.claimedLength());
      line(head + cut(hex(part, 48), Math.max(8, width - head.length())));
    }
    if (count > MOST_PARTS) {
      line("%s... and %,d more fragments".formatted(indent, count - MOST_PARTS));
    }
  }

  private static String offsets(Bytes table) {
    long count = table.length() / 4;
    if (count == 0) {
      return "empty";
    }
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(count, MOST_PARTS); i++) {
      shown.add(Integer.toUnsignedString(table.doubleWord(4L * i)));
    }
    return "%,d offsets: %s%s"
        .formatted(
            count,
            String.join(" ", shown),
            count > MOST_PARTS ? " ..." : "");
  }

  /** Control, format and bidirectional characters, lone surrogates and the like, as escapes. */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              switch (Character.getType(point)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    safe.append(String.format(Locale.ROOT, "\\u%04x", point));
                default -> safe.appendCodePoint(point);
              }
            });
    return safe.toString();
  }

  private static String cut(String text, int room) {
    if (text.codePointCount(0, text.length()) <= room) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, room - 3)) + "...";
  }

  private void line(String text) throws IOException {
    out.append(text.stripTrailing()).append('\n');
  }
}
