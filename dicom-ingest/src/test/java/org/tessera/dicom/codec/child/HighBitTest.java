package org.tessera.dicom.codec.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tool;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;
import org.tessera.dicom.codec.PixelFormat;
import org.tessera.dicom.image.PixelData;

/**
 * JPEG 2000 frames of data sets whose high bit is above the stored ones: a stream of no more bits
 * than are stored holds the values themselves, a deeper one the whole cells (PS3.5 8.1.1, 8.2.4).
 */
@Tag("interop")
class HighBitTest {
  private static final int ROWS = 40;
  private static final int COLUMNS = 51;

  @TempDir private Path folder;

  private static byte[] decoded(Encoded encoded, int stored, int high, boolean signed)
      throws Exception {
    Attributes image = new Attributes();
    image.setString(
        org.tessera.dicom.Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    int[][] numbers = {
      {org.tessera.dicom.Tag.SamplesPerPixel, 1},
      {org.tessera.dicom.Tag.Rows, ROWS},
      {org.tessera.dicom.Tag.Columns, COLUMNS},
      {org.tessera.dicom.Tag.BitsAllocated, 16},
      {org.tessera.dicom.Tag.BitsStored, stored},
      {org.tessera.dicom.Tag.HighBit, high},
      {org.tessera.dicom.Tag.PixelRepresentation, signed ? 1 : 0}
    };
    for (int[] number : numbers) {
      image.setInteger(number[0], VR.US, number[1]);
    }
    image.set(
        new org.tessera.dicom.Element(
            org.tessera.dicom.Tag.PixelData,
            VR.OB,
            new Fragments(Bytes.of(new byte[0]), List.of(Bytes.of(encoded.code())))));
    DicomFile file =
        new DicomFile(new Attributes(), image, TransferSyntax.of(UID.JPEG2000Lossless));
    return PixelData.of(file, ParseLimits.standard()).frame(1).data();
  }

  @Test
  void streamsOfTheStoredBitsHoldTheValuesThemselves() throws Exception {
    Tool.require("opj_compress");
    for (boolean signed : new boolean[] {false, true}) {
      PixelFormat format = Encoded.format(ROWS, COLUMNS, 1, 12, signed);
      Encoded encoded = Encoded.byOpenJpeg(folder, format, 3, List.of());
      for (int high : new int[] {11, 13, 15}) {
        assertThat(decoded(encoded, 12, high, signed)).isEqualTo(encoded.values());
      }
    }
  }

  @Test
  void deeperStreamsHoldTheCells() throws Exception {
    Tool.require("opj_compress");
    Encoded encoded =
        Encoded.byOpenJpeg(folder, Encoded.format(ROWS, COLUMNS, 1, 16, false), 4, List.of());
    byte[] expected = new byte[encoded.values().length];
    for (int i = 0; i < expected.length; i += 2) {
      int cell = encoded.values()[i] & 0xFF | (encoded.values()[i + 1] & 0xFF) << 8;
      expected[i] = (byte) (cell >> 4);
      expected[i + 1] = (byte) (cell >> 12);
    }
    assertThat(decoded(encoded, 12, 15, false)).isEqualTo(expected);
  }
}
