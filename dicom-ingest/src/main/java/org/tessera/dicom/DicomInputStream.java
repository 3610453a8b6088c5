package org.tessera.dicom;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;

/**
 * Reads a DICOM file (PS3.10): preamble, file meta information, data set. A missing preamble,
 * missing meta information, a missing or wrong group length and a wrong transfer syntax are
 * tolerated where the bytes tell the truth. For one thread, once.
 */
public final class DicomInputStream {
  static final int PREAMBLE = 128;
  private static final int PREFIX = 4;
  private static final int DICM = 'M' << 24 | 'C' << 16 | 'I' << 8 | 'D';

  private final FileBytes source;
  private final ParseLimits limits;

  /** A reader of bytes in memory. */
  public DicomInputStream(MemorySegment source, ParseLimits limits) {
    this(FileBytes.of(source), limits);
  }

  /** A reader of the bytes of a file. */
  public DicomInputStream(FileBytes source, ParseLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  /**
   * Reads all.
   *
   * @throws RejectedInputException with one sentence, if it is no DICOM file or damaged
   */
  public DicomFile readFile() throws RejectedInputException {
    if (source.size() == 0) {
      throw new RejectedInputException("The file is empty.");
    }
    long start = start();
    ElementReader metaReader = new ElementReader(source, TransferSyntax.EXPLICIT_LITTLE, limits);
    Attributes meta = new Attributes();
    long at = start;
    boolean implicit = false;
    if (Sniffer.group(source, at) == 2) {
      implicit = !Sniffer.hasVr(source, at);
      if (implicit) {
        metaReader = new ElementReader(source, TransferSyntax.IMPLICIT_LITTLE, limits);
      }
      at = metaReader.readMeta(meta, at);
    }
    Optional<String> uid = meta.string(Tag.TransferSyntaxUID);
    TransferSyntax declared =
        uid.map(TransferSyntax::of).orElseGet(() -> TransferSyntax.littleEndian(true));
    if (declared.deflated()) {
      FileBytes inflated = Inflation.inflate(source, at, limits.maxInflatedBytes());
      return file(meta, inflated, 0, declared, envelope(start, implicit));
    }
    TransferSyntax actual = Sniffer.actual(source, at, declared, uid.isPresent());
    if (uid.isEmpty() && start == 0 && meta.isEmpty()) {
      Sniffer.requireDataset(source, actual);
    }
    DicomFile file = file(meta, source, at, actual, envelope(start, implicit));
    if (file.dataset().isEmpty()) {
      throw new RejectedInputException(
          "The DICOM file has a header but no data set: it is cut off.");
    }
    return file;
  }

  /**
   * Reads a data set that stands alone, as in a message: nothing but its elements, in that transfer
   * syntax and no other.
   *
   * @throws RejectedInputException with one sentence, if it is damaged or beyond the limits
   */
  public Attributes readDataset(TransferSyntax syntax) throws RejectedInputException {
    Attributes dataset = new Attributes();
    new ElementReader(source, syntax, limits).readDataset(dataset, 0);
    return dataset;
  }

  private DicomFile file(
      Attributes meta, FileBytes bytes, long at, TransferSyntax syntax, Envelope envelope)
      throws RejectedInputException {
    Attributes dataset = new Attributes();
    long zeros = new ElementReader(bytes, syntax, limits).readDataset(dataset, at);
    return new DicomFile(meta, dataset, syntax, envelope.withTrailingZeros(zeros));
  }

  private Envelope envelope(long start, boolean implicitMeta) {
    Bytes preamble = new Bytes(source, 0, start < PREAMBLE ? 0 : PREAMBLE, PREAMBLE, 1);
    return new Envelope(
        Envelope.isProgram(preamble) ? Envelope.REGULAR.preamble() : preamble,
        start > 0,
        implicitMeta,
        0);
  }

  /** Where the first element is: behind the preamble, behind a bare prefix, or at 0. */
  private long start() {
    if (isPrefix(source, PREAMBLE) && !Sniffer.startsDataset(source)) {
      return PREAMBLE + PREFIX;
    }
    return isPrefix(source, 0) ? PREFIX : 0;
  }

  static boolean isPrefix(FileBytes source, long at) {
    return at + PREFIX <= source.size() && source.intAt(at) == DICM;
  }
}
