package org.tessera.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.tessera.casemodel.RejectedInputException;

/**
 * A parsed DICOM file. Its values stay in the file, which is mapped for as long as anybody holds
 * one of them; a file of at most 32 KiB is read into memory instead (see {@link
 * FileBytes}).
 *
 * @param meta file meta information, group 0002; empty if the file has none
 * @param dataset the data set
 * @param syntax the transfer syntax that the data set is really written in
 * @param envelope what stands around the data set
 */
public record DicomFile(
    Attributes meta, Attributes dataset, TransferSyntax syntax, Envelope envelope) {

  /** A file with a regular preamble. */
  public DicomFile(Attributes meta, Attributes dataset, TransferSyntax syntax) {
    this(meta, dataset, syntax, Envelope.REGULAR);
  }

  /** Reads a file. */
  public static DicomFile read(Path file) throws IOException, RejectedInputException {
    return read(file, ParseLimits.standard());
  }

  /**
   * Reads a file.
   *
   * @throws RejectedInputException if it is no DICOM file, is damaged or goes beyond the limits
   */
  public static DicomFile read(Path file, ParseLimits limits)
      throws IOException, RejectedInputException {
    try {
      return new DicomInputStream(FileBytes.of(file), limits).readFile();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Reads a file that is in memory; the array must not change any more. */
  public static DicomFile read(byte[] bytes, ParseLimits limits) throws RejectedInputException {
    return new DicomInputStream(FileBytes.of(bytes), limits).readFile();
  }

  /**
   * True if a file that begins with these bytes is worth reading as DICOM: it has the prefix, or
   * begins like a data set without one.
   *
   * @param head the first bytes of a file; 132 tell all
   */
  public static boolean looksLikeDicom(byte[] head) {
    FileBytes bytes = FileBytes.of(head);
    return DicomInputStream.isPrefix(bytes, DicomInputStream.PREAMBLE)
        || DicomInputStream.isPrefix(bytes, 0)
        || Sniffer.startsDataset(bytes)
        || Sniffer.startsImplicitDataset(bytes);
  }
}
