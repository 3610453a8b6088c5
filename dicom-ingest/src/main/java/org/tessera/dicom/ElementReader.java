package org.tessera.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;

/**
 * Reads the elements of a data set (PS3.5 7). Values are noted, not read. Every length is checked
 * against the bytes that are there before it is used, nesting and counts against the limits.
 */
final class ElementReader {
  private static final long UNDEFINED = 0xFFFFFFFFL;
  private static final int HEADER = 8;

  private final FileBytes source;
  private final ParseLimits limits;
  private final boolean bigEndian;
  private boolean implicitVr;
  private int elements;
  private int depth;
  private int fragments;
  private long at;
  private long zerosFrom = -1;
  private long padding;

  ElementReader(FileBytes source, TransferSyntax syntax, ParseLimits limits) {
    this.source = source;
    this.limits = limits;
    this.bigEndian = syntax.bigEndian();
    this.implicitVr = syntax.implicitVr();
  }

  /** Reads elements as long as they are of group 0002; returns where the data set begins. */
  long readMeta(Attributes meta, long from) throws RejectedInputException {
    at = from;
    while (at + HEADER <= source.size() && Sniffer.group(source, at) == 2) {
      readElement(meta, source.size());
    }
    return at;
  }

  /** Reads to the end of the source; returns how many zeros are left behind the last element. */
  long readDataset(Attributes dataset, long from) throws RejectedInputException {
    at = from;
    readElements(dataset, source.size(), false);
    return padding;
  }

  private int tagAt(long position) {
    return shortAt(position) << 16 | shortAt(position + 2);
  }

  private int shortAt(long position) {
    short value = source.shortAt(position);
    return (bigEndian ? Short.reverseBytes(value) : value) & 0xFFFF;
  }

  private long lengthAt(long position) {
    int value = source.intAt(position);
    return (bigEndian ? Integer.reverseBytes(value) : value) & UNDEFINED;
  }

  /** Reads elements up to {@code end}, or (in an item without length) to its delimiter. */
  private void readElements(Attributes target, long end, boolean delimited)
      throws RejectedInputException {
    while (at < end) {
      if (end - at < HEADER || (depth == 0 && isPadding(end))) {
        if (isZero(at, end)) {
          padding = end - at;
          at = end;
          break;
        }
        throw cutOff("in the header of an element");
      }
      int tag = tagAt(at);
      if (tag == Tag.ItemDelimitationItem && delimited) {
        at += HEADER;
        return;
      }
      readElement(target, end);
    }
    if (delimited) {
      throw cutOff("inside a sequence");
    }
  }

  /** Trailing zeros, as some writers leave them at the end of a file. */
  private boolean isPadding(long end) {
    return source.intAt(at) == 0 && isZero(at, end);
  }

  private boolean isZero(long from, long end) {
    if (end != source.size()) {
      return false;
    }
    // Looked for once, from the end, so that a file full of zeros does not cost a scan per element.
    if (zerosFrom < 0) {
      zerosFrom = end;
      while (zerosFrom > 0 && source.byteAt(zerosFrom - 1) == 0) {
        zerosFrom--;
      }
    }
    return from >= zerosFrom;
  }

  private void readElement(Attributes target, long end) throws RejectedInputException {
    if (++elements > limits.maxElements()) {
      throw new RejectedInputException(
          "The DICOM file has more than %,d data elements.".formatted(limits.maxElements()));
    }
    int tag = tagAt(at);
    if (tag >>> 16 == 0xFFFE) {
      // A stray delimiter: some writers leave one behind a sequence with a length.
      Bytes nothing = new Bytes(source, at + HEADER, 0, lengthAt(at + 4), 1);
      target.readStray(new Element(tag, VR.UN, nothing, WrittenHeader.IMPLICIT));
      at += HEADER;
      return;
    }
    VR vr;
    long length;
    long header = at;
    boolean withoutVr = implicitVr;
    if (implicitVr) {
      vr = ImplicitVr.of(tag, target);
      length = lengthAt(at + 4);
      at += HEADER;
    } else {
      VR known =
          VR.known(
              source.byteAt(at + 4),
              source.byteAt(at + 5));
      if (known == null) {
        vr = VR.UN;
        length = lengthWithoutKnownVr(tag, end);
      } else if (known.longHeader()) {
        vr = known;
        if (end - at < 12) {
          throw cutOff("in the header of " + ElementDictionary.describe(tag));
        }
        length = lengthAt(at + 8);
        at += 12;
      } else {
        vr = known;
        length = shortAt(at + 6);
        at += HEADER;
      }
    }
    WrittenHeader.Form form =
        withoutVr
            ? WrittenHeader.Form.REGULAR
            : vr == VR.UN && length != 0 && lengthAt(header + 4) == length && at == header + HEADER
                ? WrittenHeader.Form.IMPLICIT
                : at == header + HEADER ? WrittenHeader.Form.SHORT : WrittenHeader.Form.LONG;
    Value value = value(target, tag, vr, length, end);
    VR found = vrOf(vr, value, withoutVr);
    target.read(new Element(tag, found, value, written(form, header, found)));
    if (target.displaced() > ParseLimits.MOST_DISPLACED) {
      throw new RejectedInputException("The elements of the DICOM file are in utter disorder.");
    }
  }

  private WrittenHeader written(WrittenHeader.Form form, long header, VR vr) {
    return switch (form) {
      case REGULAR -> WrittenHeader.REGULAR;
      case IMPLICIT -> WrittenHeader.IMPLICIT;
      case SHORT, LONG ->
          WrittenHeader.of(
              form,
              (source.byteAt(header + 4) & 0xFF) << 8
                  | source.byteAt(header + 5) & 0xFF,
              vr);
    };
  }

  /** The VR that fits what was found: UN of undefined length is a sequence, and so on. */
  private static VR vrOf(VR vr, Value value, boolean withoutVr) {
    return switch (value) {
      case Sequence sequence -> VR.SQ;
      case Fragments fragments -> withoutVr || vr == VR.UN ? VR.OB : vr;
      case Bytes bytes -> vr == VR.SQ ? VR.UN : vr;
    };
  }

  /** Without VRs the dictionary may say sequence where an old writer put text. */
  private boolean isNoSequence(long length) {
    if (length == 0) {
      return false;
    }
    int first = length < HEADER ? 0 : tagAt(at);
    return first != Tag.Item && first != Tag.SequenceDelimitationItem;
  }

  private static boolean isPixelData(int tag) {
    return tag == Tag.PixelData;
  }

  /**
   * The length behind two bytes that are no VR: 32 bits behind two zeros as for all newer VRs
   * (PS3.5 6.2), else 16 bits; or, without letters, an element written with implicit VR.
   */
  private long lengthWithoutKnownVr(int tag, long end) throws RejectedInputException {
    int first = source.byteAt(at + 4) & 0xFF;
    int second = source.byteAt(at + 5) & 0xFF;
    boolean letters = isLetter(first) && isLetter(second);
    int following = shortAt(at + 6);
    if (letters && following == 0 && end - at >= 12 && lengthAt(at + 8) <= end - at - 12) {
      long length = lengthAt(at + 8);
      at += 12;
      return length;
    }
    if (letters || following <= end - at - HEADER && lengthAt(at + 4) > end - at - HEADER) {
      at += HEADER;
      return following;
    }
    long length = lengthAt(at + 4);
    if (length == UNDEFINED) {
      throw new RejectedInputException(
          "The element %s has no readable type (VR)."
              .formatted(ElementDictionary.describe(tag)));
    }
    at += HEADER;
    return length;
  }

  private static boolean isLetter(int b) {
    return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b == '?';
  }

  private Value value(Attributes target, int tag, VR vr, long length, long end)
      throws RejectedInputException {
    if (length == UNDEFINED) {
      if (vr == VR.OB || vr == VR.OW || isPixelData(tag)) {
        return readFragments(end);
      }
      return readSequenceOf(target, vr, end, true);
    }
    if (length > end - at) {
      if (isPixelData(tag) && depth == 0) {
        long there = end - at;
        Bytes cut = new Bytes(source, at, there, length, swapped(vr));
        at = end;
        return cut;
      }
      throw new RejectedInputException(
          "The element %s claims %,d bytes, but only %,d are left."
              .formatted(ElementDictionary.describe(tag), length, Math.max(0, end - at)));
    }
    if (vr == VR.SQ && !(implicitVr && isNoSequence(length))) {
      return readSequenceOf(target, vr, at + length, false);
    }
    if (vr == VR.UN && length >= HEADER && !bigEndian && tagAt(at) == Tag.Item) {
      Optional<Sequence> items = itemsOfUnknown(target, tag, length);
      if (items.isPresent()) {
        return items.get();
      }
    }
    Bytes bytes = new Bytes(source, at, length, length, swapped(vr));
    at += length;
    return bytes;
  }

  /** The items of a sequence that a writer did not know to be one (PS3.5 6.2.2), if readable. */
  private Optional<Sequence> itemsOfUnknown(Attributes target, int tag, long length) {
    if (target.entry(tag).filter(entry -> entry.vr() == VR.SQ).isEmpty()) {
      return Optional.empty();
    }
    long start = at;
    try {
      return Optional.of(readSequenceOf(target, VR.UN, at + length, false));
    } catch (RejectedInputException e) {
      at = start;
      return Optional.empty();
    }
  }

  private int swapped(VR vr) {
    return bigEndian ? vr.wordWidth() : 1;
  }

  /** A sequence; inside UN it is always written with implicit VR (PS3.5 6.2.2). */
  private Sequence readSequenceOf(Attributes parent, VR vr, long end, boolean delimited)
      throws RejectedInputException {
    boolean before = implicitVr;
    if (++depth > limits.maxDepth()) {
      throw new RejectedInputException(
          "The DICOM file nests sequences more than %d deep.".formatted(limits.maxDepth()));
    }
    if (vr == VR.UN) {
      implicitVr = true;
    }
    try {
      return readSequence(parent, end, delimited);
    } finally {
      implicitVr = before;
      depth--;
    }
  }

  private Sequence readSequence(Attributes parent, long end, boolean delimited)
      throws RejectedInputException {
    Sequence sequence = new Sequence(parent, delimited);
    while (at < end) {
      if (end - at < HEADER) {
        throw cutOff("inside a sequence");
      }
      int tag = tagAt(at);
      long length = lengthAt(at + 4);
      at += HEADER;
      if (tag == Tag.SequenceDelimitationItem && delimited) {
        return sequence;
      }
      if (tag != Tag.Item) {
        throw new RejectedInputException(
            "A sequence of the DICOM file holds %s where an item is due."
                .formatted(ElementDictionary.describe(tag)));
      }
      if (++elements > limits.maxElements()) {
        throw new RejectedInputException(
            "The DICOM file has more than %,d data elements.".formatted(limits.maxElements()));
      }
      Attributes item = sequence.add(new Attributes());
      item.setUndefinedLength(length == UNDEFINED);
      if (length == UNDEFINED) {
        readElements(item, end, true);
      } else if (length > end - at) {
        throw new RejectedInputException(
            "An item of a sequence claims %,d bytes, but only %,d are left."
                .formatted(length, end - at));
      } else {
        readElements(item, at + length, false);
      }
    }
    if (delimited) {
      throw cutOff("inside a sequence");
    }
    return sequence;
  }

  /** Fragments (PS3.5 A.4); the last may be cut off and the delimiter missing at the end. */
  private Fragments readFragments(long end) throws RejectedInputException {
    List<Bytes> parts = new ArrayList<>();
    boolean closed = false;
    while (end - at >= HEADER) {
      int tag = tagAt(at);
      long length = lengthAt(at + 4);
      if (tag == Tag.SequenceDelimitationItem) {
        at += HEADER;
        closed = true;
        break;
      }
      if (tag != Tag.Item || length == UNDEFINED) {
        throw new RejectedInputException(
            "The compressed pixel data hold %s where a fragment is due."
                .formatted(ElementDictionary.describe(tag)));
      }
      at += HEADER;
      if (length > end - at && depth > 0) {
        throw cutOff("inside a fragment");
      }
      if (++fragments > limits.maxFragments()) {
        throw new RejectedInputException(
            "The DICOM file has more than %,d fragments.".formatted(limits.maxFragments()));
      }
      long there = Math.min(length, end - at);
      parts.add(new Bytes(source, at, there, length, 1));
      at += there;
    }
    if (end - at < HEADER) {
      at = end;
    }
    return Fragments.read(parts, closed);
  }

  private static RejectedInputException cutOff(String where) {
    return new RejectedInputException("The DICOM file is cut off " + where + ".");
  }
}
