package org.tessera.dicom;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes DICOM Part 10 files and data sets: implicit and explicit little endian, deflated, and
 * encapsulated (the fragments are written as they are). Big endian is retired and not written.
 *
 * <p>The preamble is zeros; only {@link #writeUnchanged} passes a received one on, and not if a
 * program is in it.
 */
public final class DicomOutputStream implements Closeable {
  /** Ours, under 2.25 (PS3.5 B.2); it changes only if the encoding does. */
  public static final String IMPLEMENTATION_CLASS_UID =
      "2.25.159038588491819756437045414861657920734";

  public static final String IMPLEMENTATION_VERSION = "TESSERA_0_1";

  private static final int PREAMBLE = 128;
  private static final int CHUNK = 1 << 16;
  private static final int UNDEFINED = -1;
  private static final int MOST_IN_SHORT = 0xFFFE;

  private final OutputStream out;

  /** Writes to a stream, buffered; {@link #close} closes it. */
  public DicomOutputStream(OutputStream out) {
    this.out = new BufferedOutputStream(out, CHUNK);
  }

  /**
   * Writes a whole file; the file meta information is made from the data set.
   *
   * @throws IllegalArgumentException if the transfer syntax is big endian
   */
  public void writeFile(Attributes dataset, TransferSyntax syntax) throws IOException {
    writeFile(meta(dataset, syntax), dataset, syntax);
  }

  /** Writes a whole file with the meta information given; its group length is computed. */
  public void writeFile(Attributes meta, Attributes dataset, TransferSyntax syntax)
      throws IOException {
    writeHeader(meta);
    if (syntax.deflated()) {
      Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
      DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, CHUNK);
      DicomOutputStream inner = new DicomOutputStream(deflated);
      inner.writeDataset(dataset, syntax);
      inner.out.flush();
      deflated.finish();
      deflater.end();
    } else {
      writeDataset(dataset, syntax);
    }
    out.flush();
  }

  /**
   * Writes what stands before the data set of a file, which then is written as it is.
   *
   * @param meta file meta information; its group length is computed
   */
  public void writeHeader(Attributes meta) throws IOException {
    out.write(new byte[PREAMBLE]);
    out.write("DICM".getBytes(StandardCharsets.US_ASCII));
    writeDataset(withGroupLength(meta), TransferSyntax.EXPLICIT_LITTLE);
  }

  /**
   * Writes a file back as it was read, in its own transfer syntax (big endian too). If nothing was
   * changed, the bytes are those of the file; of a deflated one, the inflated bytes are.
   */
  public void writeUnchanged(DicomFile file) throws IOException {
    Envelope envelope = file.envelope();
    out.write(envelope.preamble().toArray());
    if (envelope.prefix()) {
      out.write("DICM".getBytes(StandardCharsets.US_ASCII));
    }
    new UnchangedWriter(out, false).write(file.meta(), envelope.implicitMeta());
    TransferSyntax syntax = file.syntax();
    if (syntax.deflated()) {
      Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
      DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, CHUNK);
      writeUnchanged(file, deflated);
      deflated.finish();
      deflater.end();
    } else {
      writeUnchanged(file, out);
    }
    out.flush();
  }

  private static void writeUnchanged(DicomFile file, OutputStream target) throws IOException {
    TransferSyntax syntax = file.syntax();
    OutputStream buffered = new BufferedOutputStream(target, CHUNK);
    new UnchangedWriter(buffered, syntax.bigEndian()).write(file.dataset(), syntax.implicitVr());
    for (long i = 0; i < file.envelope().trailingZeros(); i++) {
      buffered.write(0);
    }
    buffered.flush();
  }

  /** File meta information (PS3.10 7.1) for a data set. */
  public static Attributes meta(Attributes dataset, TransferSyntax syntax) {
    Attributes meta = new Attributes();
    meta.setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1});
    meta.setString(
        Tag.MediaStorageSOPClassUID, VR.UI, dataset.string(Tag.SOPClassUID).orElse(""));
    meta.setString(
        Tag.MediaStorageSOPInstanceUID, VR.UI, dataset.string(Tag.SOPInstanceUID).orElse(""));
    meta.setString(Tag.TransferSyntaxUID, VR.UI, syntax.uid());
    meta.setString(Tag.ImplementationClassUID, VR.UI, IMPLEMENTATION_CLASS_UID);
    meta.setString(Tag.ImplementationVersionName, VR.SH, IMPLEMENTATION_VERSION);
    return meta;
  }

  private static Attributes withGroupLength(Attributes meta) {
    Attributes whole = new Attributes().addAll(meta);
    whole.remove(Tag.FileMetaInformationGroupLength);
    long length = EncodedLength.of(whole, false);
    whole.setInteger(Tag.FileMetaInformationGroupLength, VR.UL, length);
    return whole;
  }

  /** Writes a data set without any file header. */
  public void writeDataset(Attributes dataset, TransferSyntax syntax) throws IOException {
    if (syntax.bigEndian()) {
      throw new IllegalArgumentException("Big endian is not written.");
    }
    writeElements(dataset, syntax.implicitVr());
    out.flush();
  }

  /** Writes the command set of a message (PS3.7 6.3.1); its group length is computed. */
  public void writeCommand(Attributes command) throws IOException {
    long length = EncodedLength.of(command, true);
    Attributes first = new Attributes().setInteger(Tag.CommandGroupLength, VR.UL, length);
    write(first.element(Tag.CommandGroupLength).orElseThrow(), true);
    writeDataset(command, TransferSyntax.IMPLICIT_LITTLE);
  }

  private void writeElements(Attributes dataset, boolean implicit) throws IOException {
    for (Element element : dataset) {
      // Group lengths are retired (PS3.5 7.2), and would be wrong after any change.
      if ((element.tag() & 0xFFFF) != 0 || element.group() == 2) {
        write(element, implicit);
      }
    }
  }

  private void write(Element element, boolean implicit) throws IOException {
    switch (element.value()) {
      case Bytes bytes -> {
        long padded = bytes.length() + (bytes.length() & 1);
        writeHeader(element.tag(), element.vr(), padded, implicit);
        writeBytes(bytes);
        if (padded > bytes.length()) {
          out.write(element.vr().padding());
        }
      }
      case Sequence sequence -> writeSequence(element.tag(), sequence, implicit);
      case Fragments fragments -> {
        VR words = element.vr() == VR.OW ? VR.OW : VR.OB;
        writeHeader(element.tag(), words, UNDEFINED, false);
        writeFragment(fragments.offsetTable());
        for (Bytes part : fragments.parts()) {
          writeFragment(part);
        }
        writeItem(Tag.SequenceDelimitationItem, 0);
      }
    }
  }

  private void writeSequence(int tag, Sequence sequence, boolean implicit) throws IOException {
    boolean open = sequence.undefinedLength();
    writeHeader(
        tag, VR.SQ, open ? UNDEFINED : EncodedLength.of(sequence, implicit), implicit);
    for (Attributes item : sequence) {
      writeItem(Tag.Item, item.undefinedLength() ? UNDEFINED : EncodedLength.of(item, implicit));
      writeElements(item, implicit);
      if (item.undefinedLength()) {
        writeItem(Tag.ItemDelimitationItem, 0);
      }
    }
    if (open) {
      writeItem(Tag.SequenceDelimitationItem, 0);
    }
  }

  private void writeFragment(Bytes part) throws IOException {
    writeItem(Tag.Item, part.length() + (part.length() & 1));
    writeBytes(part);
    if ((part.length() & 1) == 1) {
      out.write(0);
    }
  }

  private void writeBytes(Bytes bytes) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, bytes.length())];
    for (long at = 0; at < bytes.length(); at += chunk.length) {
      int count = (int) Math.min(chunk.length, bytes.length() - at);
      bytes.copy(at, chunk, 0, count);
      out.write(chunk, 0, count);
    }
  }

  /** True if an explicit header needs the long form: by its VR, or written as UN (PS3.5 6.2.2). */
  static boolean isLong(VR vr, long length) {
    return vr.longHeader() || length > MOST_IN_SHORT;
  }

  private void writeHeader(int tag, VR vr, long length, boolean implicit) throws IOException {
    if (length > 0xFFFFFFFEL) {
      throw new IOException("A value of more than 4 GB cannot be written.");
    }
    writeTag(tag);
    if (implicit) {
      writeInt((int) length);
      return;
    }
    boolean wide = isLong(vr, length);
    VR written = wide && !vr.longHeader() ? VR.UN : vr;
    out.write(written.name().getBytes(StandardCharsets.US_ASCII));
    if (wide) {
      out.write(0);
      out.write(0);
      writeInt((int) length);
    } else {
      out.write((int) length);
      out.write((int) length >> 8);
    }
  }

  private void writeItem(int tag, long length) throws IOException {
    writeTag(tag);
    writeInt((int) length);
  }

  private void writeTag(int tag) throws IOException {
    out.write(tag >> 16);
    out.write(tag >> 24);
    out.write(tag);
    out.write(tag >> 8);
  }

  private void writeInt(int value) throws IOException {
    out.write(value);
    out.write(value >> 8);
    out.write(value >> 16);
    out.write(value >> 24);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
