package org.tessera.dicom.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.Tool;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** One frame of a large object costs one frame. */
class OneFrameTest {
  private static final int FRAMES = 10_000;
  private static final int SIDE = 64;
  private static final int FRAME_BYTES = SIDE * SIDE;
  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private enum Layout {
    UNCOMPRESSED,
    WITHOUT_TABLE,
    BASIC_TABLE,
    EXTENDED_TABLE,
    TWO_FRAGMENTS_WITH_TABLE
  }

  private static Attributes header(int side, int frames, int bits) {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.RTDoseStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "2.25.1");
    image.setInteger(Tag.SamplesPerPixel, VR.US, 1);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    image.setString(Tag.NumberOfFrames, VR.IS, Integer.toString(frames));
    image.setInteger(Tag.Rows, VR.US, side);
    image.setInteger(Tag.Columns, VR.US, side);
    image.setInteger(Tag.BitsAllocated, VR.US, bits);
    image.setInteger(Tag.BitsStored, VR.US, bits);
    image.setInteger(Tag.HighBit, VR.US, bits - 1);
    image.setInteger(Tag.PixelRepresentation, VR.US, 0);
    return image;
  }

  private static ByteBuffer little(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] item(byte[] value) {
    return little(8 + value.length)
        .putShort((short) 0xFFFE)
        .putShort((short) 0xE000)
        .putInt(value.length)
        .put(value)
        .array();
  }

  /** All pixels the same, in runs of 128 (PS3.5 G.3). */
  private static byte[] rle(int value) {
    ByteBuffer code = little(64 + 2 * FRAME_BYTES / 128).putInt(1).putInt(64).position(64);
    while (code.hasRemaining()) {
      code.put((byte) -127).put((byte) value);
    }
    return code.array();
  }

  private static void write(Path file, Layout layout) throws IOException {
    Attributes image = header(SIDE, FRAMES, 8);
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    ByteBuffer basic = little(4 * FRAMES);
    ByteBuffer extended = little(8 * FRAMES);
    for (int i = 0; i < FRAMES; i++) {
      byte[] code = rle(i % 251);
      basic.putInt(pixels.size());
      extended.putLong(pixels.size());
      if (layout == Layout.TWO_FRAGMENTS_WITH_TABLE) {
        pixels.writeBytes(item(java.util.Arrays.copyOf(code, 70)));
        pixels.writeBytes(item(java.util.Arrays.copyOfRange(code, 70, code.length)));
      } else if (layout != Layout.UNCOMPRESSED) {
        pixels.writeBytes(item(code));
      }
    }
    if (layout == Layout.EXTENDED_TABLE) {
      image.setBytes(Tag.ExtendedOffsetTable, VR.OV, extended.array());
    }
    boolean table = layout == Layout.BASIC_TABLE || layout == Layout.TWO_FRAGMENTS_WITH_TABLE;
    boolean plain = layout == Layout.UNCOMPRESSED;
    TransferSyntax syntax = TransferSyntax.of(plain ? UID.ExplicitVRLittleEndian : UID.RLELossless);
    try (OutputStream out = Files.newOutputStream(file)) {
      new DicomOutputStream(out).writeFile(image, syntax);
      ByteBuffer start = little(12).putShort((short) 0x7FE0).putShort((short) 0x0010);
      start.put((byte) 'O').put((byte) 'B').putShort((short) 0);
      start.putInt(plain ? FRAMES * FRAME_BYTES : -1);
      out.write(start.array());
      if (!plain) {
        out.write(item(table ? basic.array() : new byte[0]));
        pixels.writeTo(out);
        out.write(little(8).putShort((short) 0xFFFE).putShort((short) 0xE0DD).array());
        return;
      }
    }
    try (RandomAccessFile growing = new RandomAccessFile(file.toFile(), "rw")) {
      long start = growing.length();
      growing.setLength(start + (long) FRAMES * FRAME_BYTES);
      for (int frame : new int[] {1, 5000, FRAMES}) {
        growing.seek(start + (long) (frame - 1) * FRAME_BYTES + FRAME_BYTES - 1);
        growing.write((frame - 1) % 251);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void aFrameOfTenThousandAllocatesNoMoreThanAFewFrames(Layout layout, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("x.dcm");
    write(file, layout);
    DicomFile parsed = DicomFile.read(file);
    PixelData pixels = PixelData.of(parsed, ParseLimits.standard());
    pixels.frame(2);
    for (int number : new int[] {1, 5000, FRAMES}) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      StoredFrame frame = pixels.frame(number);
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat(frame.integer(FRAME_BYTES - 1)).isEqualTo((number - 1) % 251);
      assertThat(allocated).as("frame " + number).isBetween((long) FRAME_BYTES, 3L * FRAME_BYTES);
    }
    new DicomPixels(parsed, ParseLimits.standard()).readFrame(2);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    DicomPixels shown = new DicomPixels(parsed, ParseLimits.standard());
    shown.readFrame(FRAMES);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
        .as("two frames shown, with the tables of offsets")
        .isLessThan(40L * FRAME_BYTES + 24L * FRAMES);
  }

  @Test
  void aFileOfTwoGigabytesIsReadWithAHeapOf64Megabytes(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("large.dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      new DicomOutputStream(out).writeFile(header(1024, 1024, 16), TransferSyntax.EXPLICIT_LITTLE);
      ByteBuffer start = little(12).putShort((short) 0x7FE0).putShort((short) 0x0010);
      out.write(start.put(new byte[] {'O', 'W', 0, 0}).putInt(1 << 31).array());
    }
    try (RandomAccessFile growing = new RandomAccessFile(file.toFile(), "rw")) {
      growing.setLength(growing.length() + (1L << 31));
      growing.seek(growing.length() - 2);
      growing.write(new byte[] {0x34, 0x12});
    }
    Tool.Outcome outcome =
        Tool.run(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                LastValue.class.getName(),
                file.toString()));
    Files.delete(file);
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output().strip()).isEqualTo(Integer.toString(0x1234));
  }

  /** Run in a process of its own. */
  static final class LastValue {
    private LastValue() {}

    public static void main(String[] arguments) throws Exception {
      DicomFile file = DicomFile.read(Path.of(arguments[0]));
      PixelData pixels = PixelData.of(file, ParseLimits.standard());
      System.out.println(pixels.frame(1024).integer(1024 * 1024 - 1));
    }
  }
}
