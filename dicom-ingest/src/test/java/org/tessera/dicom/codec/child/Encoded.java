package org.tessera.dicom.codec.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.Tool;
import org.tessera.dicom.codec.PixelFormat;

/**
 * A picture and its JPEG 2000 code stream, made by a peer.
 *
 * @param values interleaved, little endian, whole bytes
 */
@SuppressWarnings("ArrayRecordComponent")
record Encoded(PixelFormat format, byte[] values, byte[] code) {

  static PixelFormat format(int rows, int columns, int samples, int bits, boolean signed) {
    return new PixelFormat(
        rows,
        columns,
        samples,
        1,
        bits > 8 ? 16 : 8,
        bits,
        bits - 1,
        signed,
        samples == 1 ? "MONOCHROME2" : "RGB",
        false,
        false);
  }

  /** A smooth picture with noise and full range, planes one after the other in {@code raw}. */
  static byte[] picture(PixelFormat format, long seed) {
    Random random = new Random(seed);
    int count = format.rows() * format.columns();
    int width = format.valueBytes();
    int range = 1 << format.bitsStored();
    int least = format.signed() ? -range / 2 : 0;
    byte[] values = new byte[count * format.samples() * width];
    for (int i = 0; i < count * format.samples(); i++) {
      int pixel = i / format.samples();
      int x = pixel % format.columns();
      int y = pixel / format.columns();
      double wave = 0.5 + 0.45 * Math.sin(x / 9.0 + i % format.samples()) * Math.cos(y / 7.0);
      int value = (int) (wave * (range - 1)) + random.nextInt(Math.max(1, range / 16));
      value = random.nextInt(50) == 0 ? random.nextInt(2) * (range - 1) : value;
      value = Math.min(range - 1, value) + least;
      values[i * width] = (byte) value;
      if (width > 1) {
        values[i * width + 1] = (byte) (value >> 8);
      }
    }
    return values;
  }

  /** Encodes by OpenJPEG's own program, with its options. */
  static Encoded byOpenJpeg(Path folder, PixelFormat format, long seed, List<String> options)
      throws IOException, InterruptedException {
    return byOpenJpeg(folder, format, picture(format, seed), options);
  }

  static Encoded byOpenJpeg(Path folder, PixelFormat format, byte[] values, List<String> options)
      throws IOException, InterruptedException {
    Path raw = folder.resolve("picture.rawl");
    Path code = folder.resolve("picture.j2k");
    Files.write(raw, planes(values, format));
    Files.deleteIfExists(code);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("opj_compress", "-i", raw.toString(), "-o", code.toString()));
    command.add("-F");
    command.add(
        "%d,%d,%d,%d,%s"
            .formatted(
                format.columns(),
                format.rows(),
                format.samples(),
                format.bitsStored(),
                format.signed() ? "s" : "u"));
    command.addAll(options);
    Tool.Outcome outcome = Tool.run(command);
    assertThat(code).as("%s %s", command, outcome.output()).exists();
    return new Encoded(format, values, Files.readAllBytes(code));
  }

  private static byte[] planes(byte[] values, PixelFormat format) {
    int width = format.valueBytes();
    int count = format.rows() * format.columns();
    byte[] planes = new byte[values.length];
    for (int i = 0; i < count * format.samples(); i++) {
      int to = i % format.samples() * count + i / format.samples();
      System.arraycopy(values, i * width, planes, to * width, width);
    }
    return planes;
  }

  /** The first frame of one of the interoperability files; nothing is known of its values. */
  static Encoded ofFile(String name) throws IOException, RejectedInputException {
    Attributes image = DicomFile.read(TestData.interop(name)).dataset();
    Fragments fragments = (Fragments) image.element(Tag.PixelData).orElseThrow().value();
    PixelFormat format = PixelFormat.of(image, ParseLimits.standard());
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    for (Bytes part : fragments.parts().subList(0, fragments.parts().size() / format.frames())) {
      code.writeBytes(part.toArray());
    }
    return new Encoded(format, new byte[0], code.toByteArray());
  }
}
