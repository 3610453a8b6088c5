package org.tessera.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.tessera.casemodel.RejectedInputException;

/** The head of a Part 10 file (PS3.10 7.1) that comes as a stream. */
public final class FileMetaInformation {
  private static final int PREAMBLE = 128;
  private static final byte[] PREFIX = {'D', 'I', 'C', 'M'};

  /** The first element, (0002,0000) UL of four bytes, says how long the rest is. */
  private static final byte[] GROUP_LENGTH = {2, 0, 0, 0, 'U', 'L', 4, 0};

  private static final int LONGEST = 1 << 16;

  private FileMetaInformation() {}

  /**
   * Reads the preamble and the file meta information; the stream stands at the data set then.
   *
   * @return group 0002 without its length
   * @throws RejectedInputException if the stream is no Part 10 file
   */
  public static Attributes read(InputStream in) throws IOException, RejectedInputException {
    byte[] head = in.readNBytes(PREAMBLE + PREFIX.length + GROUP_LENGTH.length + Integer.BYTES);
    if (!has(head, PREAMBLE, PREFIX)) {
      throw new RejectedInputException("This is not a DICOM file (PS3.10): it has no prefix.");
    }
    if (!has(head, PREAMBLE + PREFIX.length, GROUP_LENGTH)
        || head.length < PREAMBLE + PREFIX.length + GROUP_LENGTH.length + Integer.BYTES) {
      throw new RejectedInputException(
          "The file meta information does not begin with its length (PS3.10 7.1).");
    }
    int length = Bytes.of(head).doubleWord(head.length - Integer.BYTES);
    if (length < 0 || length > LONGEST) {
      throw new RejectedInputException("The file meta information is too long.");
    }
    byte[] meta = in.readNBytes(length);
    if (meta.length < length) {
      throw new RejectedInputException("The file ends in its meta information.");
    }
    return new DicomInputStream(MemorySegment.ofArray(meta), ParseLimits.standard())
        .readDataset(TransferSyntax.EXPLICIT_LITTLE);
  }

  private static boolean has(byte[] bytes, int at, byte[] wanted) {
    return bytes.length >= at + wanted.length
        && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
  }
}
