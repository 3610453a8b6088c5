package org.tessera.dicom;

import org.tessera.casemodel.RejectedInputException;

/** Tells from the first bytes how a data set is really written. */
final class Sniffer {
  private static final int HEADER = 8;

  /** A first element longer than this is taken for two letters of a VR read as a length. */
  private static final int IMPLAUSIBLE_FIRST_LENGTH = 1 << 14;

  private Sniffer() {}

  /** The group number at a position, little endian; -1 beyond the end. */
  static int group(FileBytes source, long at) {
    return at + HEADER > source.size() ? -1 : source.shortAt(at) & 0xFFFF;
  }

  /** True if the element at that position has a VR written behind its tag. */
  static boolean hasVr(FileBytes source, long at) {
    return at + HEADER <= source.size()
        && VR.known(
                source.byteAt(at + 4),
                source.byteAt(at + 5))
            != null;
  }

  /** True if a data set plainly begins at 0: group 0008 with a VR, so no preamble is there. */
  static boolean startsDataset(FileBytes source) {
    int group = group(source, 0);
    return (group == 8 || group == 2) && hasVr(source, 0);
  }

  /** True if a data set without VRs plainly begins at 0: group 0008 and a short first value. */
  static boolean startsImplicitDataset(FileBytes source) {
    return group(source, 0) == 8
        && (source.shortAt(2) & 0xFFFF) <= 0x0018
        && (source.intAt(4) & 0xFFFFFFFFL) <= 256;
  }

  /** The syntax that the bytes show: the declared one unless they plainly contradict it. */
  static TransferSyntax actual(
      FileBytes source, long at, TransferSyntax declared, boolean isDeclared) {
    if (at + HEADER > source.size()) {
      return declared;
    }
    int group = group(source, at);
    boolean vr = hasVr(source, at);
    boolean looksBig = (group & 0xFF) == 0 && group >= 0x0100 && group <= 0x5000;
    if (!isDeclared) {
      return looksBig && vr ? TransferSyntax.EXPLICIT_BIG : TransferSyntax.littleEndian(!vr);
    }
    if (declared.implicitVr()) {
      long length = source.intAt(at + 4) & 0xFFFFFFFFL;
      return vr && length > IMPLAUSIBLE_FIRST_LENGTH ? TransferSyntax.EXPLICIT_LITTLE : declared;
    }
    if (!vr && !declared.bigEndian()) {
      long length = source.intAt(at + 4) & 0xFFFFFFFFL;
      return length <= source.size() - at - HEADER ? declared.asImplicit() : declared;
    }
    return declared;
  }

  /** Refuses bytes without any DICOM mark that do not even begin like a data set. */
  static void requireDataset(FileBytes source, TransferSyntax syntax)
      throws RejectedInputException {
    boolean plausible = false;
    if (source.size() >= HEADER) {
      int raw = source.shortAt(0) & 0xFFFF;
      int group = syntax.bigEndian() ? Short.reverseBytes((short) raw) & 0xFFFF : raw;
      long length = source.intAt(4) & 0xFFFFFFFFL;
      boolean fits = hasVr(source, 0) || length <= source.size() - HEADER;
      plausible = group >= 0x0002 && group <= 0x0020 && group % 2 == 0 && fits;
    }
    if (!plausible) {
      throw new RejectedInputException("This is not a DICOM file.");
    }
  }
}
