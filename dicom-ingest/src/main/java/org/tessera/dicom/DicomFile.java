package org.tessera.dicom;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tessera.casemodel.RejectedInputException;

/**
 * A parsed DICOM file. Its values stay in the file, which is mapped for as long as anybody holds
 * one of them; a file of at most 32 KiB is read into memory instead.
 *
 * @param meta file meta information, group 0002; empty if the file has none
 * @param dataset the data set
 * @param syntax the transfer syntax that the data set is really written in
 * @param envelope what stands around the data set
 */
public record DicomFile(
    Attributes meta, Attributes dataset, TransferSyntax syntax, Envelope envelope) {

  /** Up to here a file is read sooner than it is mapped; its elements take as much memory. */
  private static final int SMALL = 32 * 1024;

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
    return new DicomInputStream(mapped(file), limits).readFile();
  }

  /** Reads a file that is in memory; the array must not change any more. */
  public static DicomFile read(byte[] bytes, ParseLimits limits) throws RejectedInputException {
    return new DicomInputStream(MemorySegment.ofArray(bytes), limits).readFile();
  }

  /**
   * True if a file that begins with these bytes is worth reading as DICOM: it has the prefix, or
   * begins like a data set without one.
   *
   * @param head the first bytes of a file; 132 tell all
   */
  public static boolean looksLikeDicom(byte[] head) {
    MemorySegment bytes = MemorySegment.ofArray(head);
    return DicomInputStream.isPrefix(bytes, DicomInputStream.PREAMBLE)
        || DicomInputStream.isPrefix(bytes, 0)
        || Sniffer.startsDataset(bytes)
        || Sniffer.startsImplicitDataset(bytes);
  }

  static MemorySegment mapped(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.size() <= SMALL
          ? whole(channel)
          : channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
  }

  private static MemorySegment whole(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    return MemorySegment.ofArray(bytes.array()).asSlice(0, bytes.position());
  }
}
