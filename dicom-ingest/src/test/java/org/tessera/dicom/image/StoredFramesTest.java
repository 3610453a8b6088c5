package org.tessera.dicom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

class StoredFramesTest {
  @TempDir private Path work;

  @Test
  void manyFilesAtATimeGiveWhatOneAfterTheOtherGivesInTheSameOrder() throws IOException {
    List<Path> files = files(60);
    Path together = Files.createDirectory(work.resolve("together"));
    Path single = Files.createDirectory(work.resolve("single"));
    List<String> lines = new ArrayList<>();

    new StoredFrames(together, ParseLimits.standard()).export(files, lines::add);

    StoredFrames one = new StoredFrames(single, ParseLimits.standard());
    List<String> expected = new ArrayList<>();
    for (Path file : files) {
      expected.add(
          Files.exists(file)
              ? one.export(file)
              : "refused missing: There is no such file that can be read.");
    }
    assertThat(lines).isEqualTo(expected).contains("ok image~2").anyMatch(s -> s.startsWith("ref"));
    try (var written = Files.list(single)) {
      List<Path> all = written.toList();
      assertThat(all).hasSizeGreaterThan(60);
      for (Path file : all) {
        assertThat(together.resolve(String.valueOf(file.getFileName())))
            .hasSameBinaryContentAs(file);
      }
    }
    try (var written = Files.list(together)) {
      assertThat(written).hasSameSizeAs(listed(single));
    }
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (var written = Files.list(folder)) {
      return written.toList();
    }
  }

  /** Large and small images, with the same name in several folders; one that is not there. */
  private List<Path> files(int count) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path folder = Files.createDirectory(work.resolve("from" + i));
      Path file = folder.resolve(i % 3 == 0 ? "image" : "other" + i);
      int side = i % 7 == 0 ? 900 : 10 + i;
      write(file, side, i);
      files.add(file);
    }
    files.add(20, work.resolve("missing"));
    Files.writeString(files.get(40), "no DICOM file");
    return files;
  }

  private static void write(Path file, int side, int value) throws IOException {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "2.25." + (1 + value));
    image.setInteger(Tag.SamplesPerPixel, VR.US, 1);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    image.setInteger(Tag.Rows, VR.US, side);
    image.setInteger(Tag.Columns, VR.US, side);
    image.setInteger(Tag.BitsAllocated, VR.US, 8);
    image.setInteger(Tag.BitsStored, VR.US, 8);
    image.setInteger(Tag.HighBit, VR.US, 7);
    image.setInteger(Tag.PixelRepresentation, VR.US, 0);
    byte[] pixels = new byte[side * side + (side * side & 1)];
    Arrays.fill(pixels, (byte) value);
    image.setBytes(Tag.PixelData, VR.OB, pixels);
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(image, TransferSyntax.of(UID.ExplicitVRLittleEndian));
    }
  }
}
