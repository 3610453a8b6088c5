package org.tessera.dicom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.VR;
import org.tessera.dicom.Values;

/** The grey pipeline by the formulas of PS3.3 C.11, and the averaging of regions. */
class DisplayTest {

  private static Attributes grey(int columns, int... values) {
    Attributes image = new Attributes();
    image.setInteger(Tag.SamplesPerPixel, VR.US, 1);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    image.setInteger(Tag.Rows, VR.US, values.length / columns);
    image.setInteger(Tag.Columns, VR.US, columns);
    image.setInteger(Tag.BitsAllocated, VR.US, 16);
    image.setInteger(Tag.BitsStored, VR.US, 12);
    image.setInteger(Tag.HighBit, VR.US, 11);
    image.setInteger(Tag.PixelRepresentation, VR.US, 1);
    long[] longs = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      longs[i] = values[i];
    }
    image.setBytes(Tag.PixelData, VR.OW, Values.encoded(VR.US, longs));
    return image;
  }

  private static DicomPixels pixels(Attributes image) throws RejectedInputException {
    return new DicomPixels(
        new DicomFile(new Attributes(), image, TransferSyntax.EXPLICIT_LITTLE),
        ParseLimits.standard());
  }

  private static float[] shown(Attributes image) throws Exception {
    return pixels(image).readFrame(1).samples();
  }

  @Test
  void withoutAWindowTheFramesOwnRangeIsSpreadAndPaddingIsBlack() throws Exception {
    Attributes image = grey(5, -2000, -100, 0, 100, 300);
    image.setInteger(Tag.PixelPaddingValue, VR.SS, -2000);
    assertThat(shown(image)).containsExactly(0, 0, 0.25f, 0.5f, 1);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1");
    assertThat(shown(image)).containsExactly(0, 1, 0.75f, 0.5f, 0);
  }

  @Test
  void windowsFollowTheirFormulas() throws Exception {
    Attributes image = grey(4, 0, 50, 100, 150);
    image.setString(Tag.RescaleIntercept, VR.DS, "-100");
    image.setString(Tag.RescaleSlope, VR.DS, "2");
    image.setString(Tag.WindowCenter, VR.DS, "50");
    image.setString(Tag.WindowWidth, VR.DS, "301");
    // Modality values -100, 0, 100, 200; LINEAR: (x - 49.5) / 300 + 0.5.
    assertThat(shown(image))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(0.5f - 149.5f / 300, 0.5f - 49.5f / 300, 0.5f + 50.5f / 300, 1);
    image.setString(Tag.VOILUTFunction, VR.CS, "LINEAR_EXACT");
    assertThat(shown(image)[2]).isCloseTo(0.5f + 50f / 301, within(1e-6f));
    image.setString(Tag.VOILUTFunction, VR.CS, "SIGMOID");
    assertThat(shown(image)[2])
        .isCloseTo((float) (1 / (1 + Math.exp(-4 * 50.0 / 301))), within(1e-6f));
  }

  @Test
  void lookupTablesClampAtTheirEnds() throws Exception {
    Attributes image = grey(4, -5, 10, 11, 40);
    Attributes item = image.newSequence(Tag.VOILUTSequence).add(new Attributes());
    item.setInteger(Tag.LUTDescriptor, VR.SS, 3, 10, 8);
    item.setBytes(Tag.LUTData, VR.OW, Values.encoded(VR.US, 51, 102, 255));
    assertThat(shown(image))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(0.2f, 0.2f, 0.4f, 1);
  }

  @Test
  void presentationTablesTakeTheWholeRangeAndReplaceThePolarity() throws Exception {
    Attributes image = grey(3, 0, 50, 100);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1");
    DrawnImages.table(image, Tag.PresentationLUTSequence, false, 0, 10, 1023, 341, 0, 682, 1023);
    // PS3.3 C.11.6.1.1: black, grey and white meet the first, third and last of the entries.
    assertThat(shown(image))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(1, 0, 1);
  }

  @Test
  void valuesAreCutOutOfTheirCellsAndKeepTheirSign() throws Exception {
    // Bits 12 to 15 hold an overlay; 0xFFF is -1 in 12 bits.
    Attributes image = grey(3, 0xFFFF, 0xF000, 0x0001);
    assertThat(shown(image)).containsExactly(0, 0.5f, 1);
    image.setInteger(Tag.HighBit, VR.US, 15);
    StoredFrame frame =
        PixelData.of(
                new DicomFile(new Attributes(), image, TransferSyntax.EXPLICIT_LITTLE),
                ParseLimits.standard())
            .frame(1);
    assertThat(frame.integer(0)).isEqualTo(-1);
    assertThat(frame.integer(1)).isEqualTo(-256);
    assertThat(frame.integer(2)).isEqualTo(0);
  }

  @Test
  void regionsAreAveragedByTheShareOfEachPixel() throws Exception {
    Attributes image = grey(4, 0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1000);
    DicomPixels pixels = pixels(image);
    PixelTile half = pixels.read(new PixelRegion(1, 0, 0, 4, 3), 2);
    assertThat(half.width()).isEqualTo(2);
    assertThat(half.height()).isEqualTo(2);
    assertThat(half.samples())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(0.25f, 0.45f, 0.85f, 1);
    PixelTile shifted = pixels.read(new PixelRegion(1, 0.5, 0, 1.5, 1), 1.5);
    assertThat(shifted.samples())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly((0.5f * 0 + 1f * 0.1f) / 1.5f);
    PixelTile beyond = pixels.read(new PixelRegion(1, 3, 2, 3, 3), 1);
    assertThat(beyond.samples()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void everyDownsampleKeepsTheMeanOfTheImage() throws Exception {
    int[] values = new int[31 * 17];
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = i == 0 ? 0 : i == 1 ? 1000 : i * 7919 % 1001;
      mean += values[i] / 1000.0 / values.length;
    }
    DicomPixels pixels = pixels(grey(31, values));
    for (double downsample : new double[] {1, 1.3, 2, 3.7, 17, 31, 40}) {
      PixelTile tile = pixels.read(new PixelRegion(1, 0, 0, 31, 17), downsample);
      double sum = 0;
      double weights = 0;
      for (int y = 0; y < tile.height(); y++) {
        for (int x = 0; x < tile.width(); x++) {
          double share =
              Math.min(31, (x + 1) * downsample) - x * downsample;
          share *= Math.min(17, (y + 1) * downsample) - y * downsample;
          sum += share * tile.samples()[y * tile.width() + x];
          weights += share;
        }
      }
      assertThat(sum / weights).as("downsample " + downsample).isCloseTo(mean, within(1e-4));
    }
  }
}
