package org.tessera.dicom;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.tessera.casemodel.RejectedInputException;

/** Tells from the first bytes how a data set is really written. */
final class Sniffer {
  private static final ValueLayout.OfShort LITTLE =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt LITTLE_INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int HEADER = 8;

  /** A first element longer than this is taken for two letters of a VR read as a length. */
  private static final int IMPLAUSIBLE_FIRST_LENGTH = 1 << 14;

  private Sniffer() {}

  /** The group number at a position, little endian; -1 beyond the end. */
  static int group(MemorySegment source, long at) {
    return at + HEADER > source.byteSize() ? -1 : source.get(LITTLE, at) & 0xFFFF;
  }

  /** True if the element at that position has a VR written behind its tag. */
  static boolean hasVr(MemorySegment source, long at) {
    return at + HEADER <= source.byteSize()
        && VR.known(
                source.get(ValueLayout.JAVA_BYTE, at + 4),
                source.get(ValueLayout.JAVA_BYTE, at + 5))
            != null;
  }

  /** True if a data set plainly begins at 0: group 0008 with a VR, so no preamble is there. */
  static boolean startsDataset(MemorySegment source) {
    int group = group(source, 0);
    return (group == 8 || group == 2) && hasVr(source, 0);
  }

  /** True if a data set without VRs plainly begins at 0: group 0008 and a short first value. */
  static boolean startsImplicitDataset(MemorySegment source) {
    return group(source, 0) == 8
        && (source.get(LITTLE, 2) & 0xFFFF) <= 0x0018
        && (source.get(LITTLE_INT, 4) & 0xFFFFFFFFL) <= 256;
  }

  /** The syntax that the bytes show: the declared one unless they plainly contradict it. */
  static TransferSyntax actual(
      MemorySegment source, long at, TransferSyntax declared, boolean isDeclared) {
    if (at + HEADER > source.byteSize()) {
      return declared;
    }
    int group = group(source, at);
    boolean vr = hasVr(source, at);
    boolean looksBig = (group & 0xFF) == 0 && group >= 0x0100 && group <= 0x5000;
    if (!isDeclared) {
      return looksBig && vr ? TransferSyntax.EXPLICIT_BIG : TransferSyntax.littleEndian(!vr);
    }
    if (declared.implicitVr()) {
      long length = source.get(LITTLE_INT, at + 4) & 0xFFFFFFFFL;
      return vr && length > IMPLAUSIBLE_FIRST_LENGTH ? TransferSyntax.EXPLICIT_LITTLE : declared;
    }
    if (!vr && !declared.bigEndian()) {
      long length = source.get(LITTLE_INT, at + 4) & 0xFFFFFFFFL;
      return length <= source.byteSize() - at - HEADER ? declared.asImplicit() : declared;
    }
    return declared;
  }

  /** Refuses bytes without any DICOM mark that do not even begin like a data set. */
  static void requireDataset(MemorySegment source, TransferSyntax syntax)
      throws RejectedInputException {
    boolean plausible = false;
    if (source.byteSize() >= HEADER) {
      int raw = source.get(LITTLE, 0) & 0xFFFF;
      int group = syntax.bigEndian() ? Short.reverseBytes((short) raw) & 0xFFFF : raw;
      long length = source.get(LITTLE_INT, 4) & 0xFFFFFFFFL;
      boolean fits = hasVr(source, 0) || length <= source.byteSize() - HEADER;
      plausible = group >= 0x0002 && group <= 0x0020 && group % 2 == 0 && fits;
    }
    if (!plausible) {
      throw new RejectedInputException("This is not a DICOM file.");
    }
  }
}
