package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** Drawn images of 512 x 512 in many transfer syntaxes, written by us, DCMTK and GDCM. */
final class SyntheticFiles {
  private static final int SIDE = 512;

  /** Encoders that read one file and write another. */
  private static final List<List<String>> ENCODERS =
      List.of(
          List.of("dcmconv", "+tb"),
          List.of("dcmcrle"),
          List.of("dcmcjpeg", "+e1"),
          List.of("dcmcjpls"),
          List.of("gdcmconv", "--j2k"));

  private SyntheticFiles() {}

  /**
   * Writes them; a syntax whose encoder is not there is left out.
   *
   * @param each images per transfer syntax
   */
  static List<Path> write(Path folder, int each) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      Attributes image = image(new Random(i), i % 2 == 1);
      Path plain = written(folder, i, image, UID.ExplicitVRLittleEndian);
      files.add(plain);
      files.add(written(folder, i, image, UID.ImplicitVRLittleEndian));
      files.add(written(folder, i, image, UID.DeflatedExplicitVRLittleEndian));
      for (List<String> encoder : ENCODERS) {
        encoded(folder, i, plain, encoder, files);
      }
    }
    return files;
  }

  private static Path written(Path folder, int number, Attributes image, String syntax)
      throws IOException {
    Path file = folder.resolve("drawn" + number + "-" + syntax);
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(image, TransferSyntax.of(syntax));
    }
    return file;
  }

  private static void encoded(
      Path folder, int number, Path plain, List<String> encoder, List<Path> files)
      throws IOException {
    Path file = folder.resolve("drawn" + number + "-" + String.join("", encoder));
    List<String> command = new ArrayList<>(encoder);
    command.add(plain.toString());
    command.add(file.toString());
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
        files.add(file);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while an encoder worked.", e);
    } catch (IOException e) {
      // The encoder is not installed: the workload says which syntaxes there are.
      Files.deleteIfExists(file);
    }
  }

  /** A smooth body with noise, grey of 12 bits or colour. */
  private static Attributes image(Random random, boolean colour) {
    int samples = colour ? 3 : 1;
    int width = colour ? 1 : 2;
    byte[] pixels = new byte[SIDE * SIDE * samples * width];
    for (int i = 0; i < SIDE * SIDE * samples; i++) {
      int x = i / samples % SIDE - SIDE / 2;
      int y = i / samples / SIDE - SIDE / 2;
      boolean inside = x * x + 2 * y * y < 200 * 200;
      int value = inside ? 1500 + x + y * (1 + i % samples) + random.nextInt(60) : 0;
      if (colour) {
        pixels[i] = (byte) (value >> 4);
      } else {
        pixels[2 * i] = (byte) value;
        pixels[2 * i + 1] = (byte) (value >> 8);
      }
    }
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "2.25." + (1000 + random.nextInt(1000)));
    image.setInteger(Tag.SamplesPerPixel, VR.US, samples);
    image.setString(
        Tag.PhotometricInterpretation, VR.CS, colour ? "RGB" : "MONOCHROME2");
    if (colour) {
      image.setInteger(Tag.PlanarConfiguration, VR.US, 0);
    }
    image.setInteger(Tag.Rows, VR.US, SIDE);
    image.setInteger(Tag.Columns, VR.US, SIDE);
    image.setInteger(Tag.BitsAllocated, VR.US, colour ? 8 : 16);
    image.setInteger(Tag.BitsStored, VR.US, colour ? 8 : 12);
    image.setInteger(Tag.HighBit, VR.US, colour ? 7 : 11);
    image.setInteger(Tag.PixelRepresentation, VR.US, 0);
    image.setBytes(Tag.PixelData, colour ? VR.OB : VR.OW, pixels);
    return image;
  }
}
