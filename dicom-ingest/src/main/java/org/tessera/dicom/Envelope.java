package org.tessera.dicom;

/**
 * What stands around the data set of a file (PS3.10 7).
 *
 * @param preamble the 128 bytes before the prefix; zeros if a program was found in them, empty if
 *     there are none
 * @param prefix whether "DICM" is there
 * @param implicitMeta whether the file meta information is written without VRs, against PS3.10 7.1
 * @param trailingZeros bytes behind the last element
 */
public record Envelope(Bytes preamble, boolean prefix, boolean implicitMeta, long trailingZeros) {
  private static final int PREAMBLE = 128;

  /** As PS3.10 demands. */
  static final Envelope REGULAR =
      new Envelope(Bytes.of(new byte[PREAMBLE]), true, false, 0);

  Envelope withTrailingZeros(long count) {
    return new Envelope(preamble, prefix, implicitMeta, count);
  }

  /** CVE-2019-11687: the head of a Windows, Unix or macOS program, or of a script. */
  static boolean isProgram(Bytes preamble) {
    if (preamble.length() < 4) {
      return false;
    }
    int head = Integer.reverseBytes(preamble.doubleWord(0));
    return head >>> 16 == 0x4D5A // MZ
        || head >>> 16 == 0x2321 // #!
        || head == 0x7F454C46 // ELF
        || head == 0xCAFEBABE
        || (head & 0xFFFFFFFE) == 0xFEEDFACE
        || (head & 0xFEFFFFFF) == 0xCEFAEDFE;
  }
}
