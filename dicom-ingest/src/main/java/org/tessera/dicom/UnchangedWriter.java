package org.tessera.dicom;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a data set back as it was read: byte order, form of headers and lengths, order, padding
 * and group lengths included. What was changed in between is written as the standard demands.
 */
final class UnchangedWriter {
  private static final int HEADER = 8;
  private static final int CHUNK = 1 << 16;
  private static final long UNDEFINED = 0xFFFFFFFFL;

  private final OutputStream out;
  private final boolean bigEndian;

  UnchangedWriter(OutputStream out, boolean bigEndian) {
    this.out = out;
    this.bigEndian = bigEndian;
  }

  void write(Attributes dataset, boolean implicit) throws IOException {
    for (Element element : dataset.asRead()) {
      write(element, implicit);
    }
  }

  private void write(Element element, boolean implicit) throws IOException {
    switch (element.value()) {
      case Bytes bytes -> {
        writeHeader(element, bytes.claimedLength(), implicit);
        writeBytes(bytes, element.vr());
      }
      case Sequence sequence -> {
        boolean inner = isImplicit(element, implicit);
        boolean open = sequence.undefinedLength();
        writeHeader(element, open ? UNDEFINED : length(sequence, inner), implicit);
        for (Attributes item : sequence) {
          boolean endless = item.undefinedLength();
          writeItem(Tag.Item, endless ? UNDEFINED : length(item, inner));
          write(item, inner);
          if (endless) {
            writeItem(Tag.ItemDelimitationItem, 0);
          }
        }
        if (open) {
          writeItem(Tag.SequenceDelimitationItem, 0);
        }
      }
      case Fragments fragments -> write(element, fragments, implicit);
    }
  }

  private void write(Element element, Fragments fragments, boolean implicit)
      throws IOException {
    writeHeader(element, UNDEFINED, implicit);
    if (fragments.hasTable()) {
      writeItem(Tag.Item, fragments.offsetTable().claimedLength());
      writeBytes(fragments.offsetTable(), VR.OB);
    }
    for (Bytes part : fragments.parts()) {
      writeItem(Tag.Item, part.claimedLength());
      writeBytes(part, VR.OB);
    }
    if (fragments.isDelimited()) {
      writeItem(Tag.SequenceDelimitationItem, 0);
    }
  }

  /** Items of what was written as UN, or with a VR that is none, have no VRs (PS3.5 6.2.2). */
  private static boolean isImplicit(Element element, boolean implicit) {
    WrittenHeader header = element.header();
    return implicit
        || (!header.isRegular()
            && VR.of(header.letters() >> 8, header.letters() & 0xFF).orElse(VR.UN) == VR.UN);
  }

  private static int headerLength(Element element, boolean implicit) {
    if (element.header().isRegular()) {
      return implicit || !element.vr().longHeader() ? HEADER : HEADER + 4;
    }
    return element.header().length();
  }

  private static long length(Attributes dataset, boolean implicit) {
    long sum = 0;
    for (Element element : dataset.asRead()) {
      sum += headerLength(element, implicit);
      sum +=
          switch (element.value()) {
            case Bytes bytes -> bytes.length();
            case Sequence sequence ->
                length(sequence, isImplicit(element, implicit))
                    + (sequence.undefinedLength() ? HEADER : 0);
            case Fragments fragments -> length(fragments);
          };
    }
    return sum;
  }

  private static long length(Sequence sequence, boolean implicit) {
    long sum = 0;
    for (Attributes item : sequence) {
      sum += HEADER + length(item, implicit) + (item.undefinedLength() ? HEADER : 0);
    }
    return sum;
  }

  private static long length(Fragments fragments) {
    long items = fragments.parts().size();
    items += (fragments.hasTable() ? 1 : 0) + (fragments.isDelimited() ? 1 : 0);
    return items * HEADER + fragments.offsetTable().length() + fragments.length();
  }

  private void writeHeader(Element element, long length, boolean implicit)
      throws IOException {
    WrittenHeader header = element.header();
    VR vr = element.vr();
    WrittenHeader.Form form = header.form();
    int letters = header.letters();
    if (header.isRegular()) {
      letters = vr.name().charAt(0) << 8 | vr.name().charAt(1);
      form =
          implicit
              ? WrittenHeader.Form.IMPLICIT
              : vr.longHeader() ? WrittenHeader.Form.LONG : WrittenHeader.Form.SHORT;
    }
    writeTag(element.tag());
    if (form == WrittenHeader.Form.IMPLICIT) {
      writeNumber(length, 4);
      return;
    }
    out.write(letters >> 8);
    out.write(letters);
    if (form == WrittenHeader.Form.LONG) {
      writeNumber(0, 2);
      writeNumber(length, 4);
    } else {
      writeNumber(length, 2);
    }
  }

  private void writeItem(int tag, long length) throws IOException {
    writeTag(tag);
    writeNumber(length, 4);
  }

  private void writeTag(int tag) throws IOException {
    writeNumber(tag >>> 16, 2);
    writeNumber(tag & 0xFFFF, 2);
  }

  private void writeNumber(long value, int width) throws IOException {
    for (int i = 0; i < width; i++) {
      out.write((int) (value >> 8 * (bigEndian ? width - 1 - i : i)));
    }
  }

  private void writeBytes(Bytes bytes, VR vr) throws IOException {
    boolean turned = bigEndian && bytes.isLittleEndian() && vr.wordWidth() > 1;
    Bytes stored = turned ? bytes.asBigEndian(vr.wordWidth()) : bytes;
    byte[] chunk = new byte[(int) Math.min(CHUNK, stored.length())];
    for (long at = 0; at < stored.length(); at += chunk.length) {
      int count = (int) Math.min(chunk.length, stored.length() - at);
      if (bigEndian && !stored.isLittleEndian()) {
        stored.copyStored(at, chunk, count);
      } else {
        stored.copy(at, chunk, 0, count);
      }
      out.write(chunk, 0, count);
    }
  }
}
