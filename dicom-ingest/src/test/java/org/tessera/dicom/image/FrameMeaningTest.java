package org.tessera.dicom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.VR;
import org.tessera.dicom.Values;

/** What pixel values mean: palettes, overlays, functional groups, segments, floats. */
class FrameMeaningTest {

  private static Attributes image(int rows, int columns, int samples, int bits) {
    Attributes image = new Attributes();
    image.setInteger(Tag.SamplesPerPixel, VR.US, samples);
    image.setString(
        Tag.PhotometricInterpretation, VR.CS, samples == 1 ? "MONOCHROME2" : "RGB");
    image.setInteger(Tag.Rows, VR.US, rows);
    image.setInteger(Tag.Columns, VR.US, columns);
    image.setInteger(Tag.BitsAllocated, VR.US, bits);
    image.setInteger(Tag.BitsStored, VR.US, bits);
    image.setInteger(Tag.HighBit, VR.US, bits - 1);
    image.setInteger(Tag.PixelRepresentation, VR.US, 0);
    return image;
  }

  private static DicomFile file(Attributes image) {
    return new DicomFile(new Attributes(), image, TransferSyntax.EXPLICIT_LITTLE);
  }

  private static PixelData pixels(Attributes image) throws RejectedInputException {
    return PixelData.of(file(image), ParseLimits.standard());
  }

  private static float[] shown(Attributes image, int frame) throws Exception {
    return new DicomPixels(file(image), ParseLimits.standard()).readFrame(frame).samples();
  }

  private static void palette(Attributes image, int first, int bits, int count, byte[]... tables) {
    int[] descriptors = {
      Tag.RedPaletteColorLookupTableDescriptor,
      Tag.GreenPaletteColorLookupTableDescriptor,
      Tag.BluePaletteColorLookupTableDescriptor
    };
    int[] data = {
      Tag.SegmentedRedPaletteColorLookupTableData,
      Tag.SegmentedGreenPaletteColorLookupTableData,
      Tag.SegmentedBluePaletteColorLookupTableData
    };
    for (int i = 0; i < 3; i++) {
      image.setInteger(descriptors[i], VR.US, count, first, bits);
      image.setBytes(data[i], VR.OW, tables[Math.min(i, tables.length - 1)]);
    }
  }

  @Test
  void segmentedPalettesListLeadAndRepeat() throws Exception {
    Attributes image = image(1, 8, 1, 8);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "PALETTE COLOR");
    image.setBytes(Tag.PixelData, VR.OW, new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
    // 0, 100, then to 65535 in 3 steps, then the linear segment of byte 8 again, from 65535.
    byte[] words = Values.encoded(VR.US, 0, 2, 0, 100, 1, 3, 65535, 2, 1, 8, 0);
    palette(image, 0, 16, 8, words);
    float[] samples = shown(image, 1);
    float[] red = new float[8];
    for (int i = 0; i < 8; i++) {
      red[i] = samples[3 * i] * 65535;
    }
    assertThat(red)
        .usingComparatorWithPrecision(0.01f)
        .containsExactly(0, 100, 21912, 43723, 65535, 65535, 65535, 65535);
    byte[] bytes = {0, 2, 0, 90, 1, 6, 30, 0};
    palette(image, 0, 8, 8, bytes);
    assertThat(shown(image, 1)[3 * 4] * 255).isCloseTo(60, within(0.01f));
  }

  @Test
  void segmentedPalettesThatLieAreRefused() {
    byte[][] lies = {
      Values.encoded(VR.US, 1, 4, 9), // linear first
      Values.encoded(VR.US, 2, 1, 0, 0), // indirect first
      Values.encoded(VR.US, 0, 1, 5, 2, 1, 6, 0, 2, 1, 6, 0), // indirect to indirect
      Values.encoded(VR.US, 0, 9, 1), // longer than the data
      Values.encoded(VR.US, 0, 1, 5), // fewer than the descriptor
      Values.encoded(VR.US, 7, 1, 5),
      Values.encoded(VR.US, 0, 1, 5, 2, 1, 65535, 65535),
      new byte[0]
    };
    for (byte[] lie : lies) {
      Attributes image = image(1, 2, 1, 8);
      image.setString(Tag.PhotometricInterpretation, VR.CS, "PALETTE COLOR");
      image.setBytes(Tag.PixelData, VR.OW, new byte[] {0, 1});
      palette(image, 0, 16, 4, lie);
      assertThatThrownBy(() -> shown(image, 1))
          .isInstanceOf(RejectedInputException.class)
          .hasMessageContaining("palette");
    }
  }

  @Test
  void supplementalPalettesColourOnlyTheirOwnValues() throws Exception {
    Attributes image = image(1, 2, 1, 8);
    image.setString(Tag.PixelPresentation, VR.CS, "COLOR");
    image.setString(Tag.WindowCenter, VR.DS, "128");
    image.setString(Tag.WindowWidth, VR.DS, "256");
    image.setBytes(Tag.PixelData, VR.OW, new byte[] {51, (byte) 201});
    palette(image, 200, 8, 2, new byte[] {0, 2, 10, (byte) 255}, new byte[] {0, 2, 0, 0});
    assertThat(shown(image, 1))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(0.2f, 0.2f, 0.2f, 1, 0, 0);
  }

  @Test
  void overlaysOfTheirOwnAreMasksOverTheFramesThatTheyName() throws Exception {
    Attributes image = image(2, 2, 1, 8);
    image.setString(Tag.NumberOfFrames, VR.IS, "4");
    image.setBytes(Tag.PixelData, VR.OW, new byte[16]);
    image.setInteger(0x60020010, VR.US, 3);
    image.setInteger(0x60020011, VR.US, 3);
    image.setString(0x60020015, VR.IS, "2");
    image.setString(0x60020040, VR.CS, "R");
    image.setInteger(0x60020050, VR.SS, 1, -1);
    image.setInteger(0x60020051, VR.US, 2);
    image.setInteger(0x60020100, VR.US, 1);
    image.setInteger(0x60020102, VR.US, 0);
    image.setString(0x60021500, VR.LO, "ROI");
    // Planes of 9 bits follow each other without padding: 1_0000_0001, then 0_1000_0010.
    image.setBytes(0x60023000, VR.OW, new byte[] {0x01, 0x05, 0x01, 0});
    Overlay overlay = Overlay.of(image, pixels(image).format()).getFirst();
    assertThat(overlay.label()).isEqualTo("ROI");
    assertThat(overlay.region()).isTrue();
    assertThat(List.of(overlay.top(), overlay.left())).containsExactly(0, -2);
    assertThat(overlay.covers(1)).isFalse();
    assertThat(overlay.mask(pixels(image), 2)).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(overlay.mask(pixels(image), 3)).containsExactly(0, 1, 0, 0, 0, 0, 0, 1, 0);
    assertThat(overlay.covers(4)).isFalse();
    image.setBytes(0x60023000, VR.OW, new byte[] {1, 1});
    assertThat(Overlay.of(image, pixels(image).format())).isEmpty();
  }

  @Test
  void overlaysInUnusedBitsAreMasksAndNoPartOfTheValues() throws Exception {
    Attributes image = image(1, 3, 1, 16);
    image.setInteger(Tag.BitsStored, VR.US, 12);
    image.setInteger(Tag.HighBit, VR.US, 11);
    image.setBytes(Tag.PixelData, VR.OW, Values.encoded(VR.US, 0x1005, 0x2006, 0x3007));
    for (int i = 0; i < 2; i++) {
      int base = 0x60000000 + (i << 17);
      image.setInteger(base | 0x10, VR.US, 1);
      image.setInteger(base | 0x11, VR.US, 3);
      image.setString(base | 0x40, VR.CS, "G");
      image.setInteger(base | 0x100, VR.US, 16);
      image.setInteger(base | 0x102, VR.US, 12 + i);
    }
    PixelData pixels = pixels(image);
    List<Overlay> overlays = Overlay.of(image, pixels.format());
    assertThat(overlays.get(0).mask(pixels, 1)).containsExactly(1, 0, 1);
    assertThat(overlays.get(1).mask(pixels, 1)).containsExactly(0, 1, 1);
    assertThat(pixels.frame(1).integer(2)).isEqualTo(7);
    // A bit that belongs to the value is no overlay.
    image.setInteger(0x60000102, VR.US, 11);
    assertThat(Overlay.of(image, pixels.format())).hasSize(1);
  }

  @Test
  void framesHaveTheirOwnRescaleWindowAndPlaceElseTheSharedOne() throws Exception {
    Attributes image = image(1, 1, 1, 8);
    image.setString(Tag.NumberOfFrames, VR.IS, "2");
    image.setBytes(Tag.PixelData, VR.OW, new byte[] {100, 100});
    Attributes shared =
        image.newSequence(Tag.SharedFunctionalGroupsSequence).add(new Attributes());
    Attributes rescale =
        shared.newSequence(Tag.PixelValueTransformationSequence).add(new Attributes());
    rescale.setString(Tag.RescaleSlope, VR.DS, "2");
    rescale.setString(Tag.RescaleIntercept, VR.DS, "-100");
    Attributes measures = shared.newSequence(Tag.PixelMeasuresSequence).add(new Attributes());
    measures.setString(Tag.PixelSpacing, VR.DS, "0.5", "0.25");
    var perFrame = image.newSequence(Tag.PerFrameFunctionalGroupsSequence);
    for (int i = 0; i < 2; i++) {
      Attributes own = perFrame.add(new Attributes());
      Attributes window = own.newSequence(Tag.FrameVOILUTSequence).add(new Attributes());
      window.setString(Tag.WindowCenter, VR.DS, i == 0 ? "100" : "0", "7");
      window.setString(Tag.WindowWidth, VR.DS, "400", "0");
      window.setString(Tag.VOILUTFunction, VR.CS, "LINEAR_EXACT");
      Attributes plane = own.newSequence(Tag.PlanePositionSequence).add(new Attributes());
      plane.setString(Tag.ImagePositionPatient, VR.DS, "1", "2", i == 0 ? "3" : "4");
      assertThat(Window.all(window)).hasSize(1);
    }
    assertThat(shown(image, 1)).containsExactly(0.5f);
    assertThat(shown(image, 2)).containsExactly(0.75f);
    FrameGeometry second = FrameGeometry.of(image, 2);
    assertThat(second.position()).containsExactly(1.0, 2.0, 4.0);
    assertThat(second.spacing()).containsExactly(0.5, 0.25);
    assertThat(second.aspect()).isEqualTo(2);
    assertThat(second.orientation()).isEmpty();
  }

  @Test
  void aWindowOfOnesOwnReplacesThatOfTheImage() throws Exception {
    Attributes image = image(1, 2, 1, 8);
    image.setBytes(Tag.PixelData, VR.OW, new byte[] {50, 100});
    image.setString(Tag.WindowCenter, VR.DS, "50", "100");
    image.setString(Tag.WindowWidth, VR.DS, "100", "200");
    List<Window> windows = Window.all(image);
    DisplayFrame frame =
        DisplayFrame.of(pixels(image).frame(1), image, 1, windows.get(1));
    float[] row = new float[2];
    frame.row(0, 0, 2, row);
    assertThat(row[1]).isCloseTo(0.5f + 0.5f / 199, within(1e-6f));
  }

  @Test
  void paddingMayHaveTheWrongSignAndARange() throws Exception {
    Attributes image = image(1, 4, 1, 16);
    image.setInteger(Tag.PixelRepresentation, VR.US, 1);
    image.setBytes(Tag.PixelData, VR.OW, Values.encoded(VR.SS, -2000, -1990, 0, 10));
    image.setInteger(Tag.PixelPaddingValue, VR.US, 63536);
    image.setInteger(Tag.PixelPaddingRangeLimit, VR.SS, -1985);
    assertThat(shown(image, 1)).containsExactly(0, 0, 0, 1);
    image.remove(Tag.PixelPaddingRangeLimit);
    assertThat(shown(image, 1)[1]).isZero();
    assertThat(shown(image, 1)[2]).isCloseTo(0.995f, within(1e-5f));
  }

  @Test
  void floatsAndWideIntegersAreSpreadOverTheirRangeWithoutPadding() throws Exception {
    Attributes image = image(1, 3, 1, 32);
    image.setBytes(
        Tag.FloatPixelData,
        VR.OF,
        Values.encoded(
            VR.UL,
            Float.floatToIntBits(-1),
            Float.floatToIntBits(3),
            Float.floatToIntBits(1e30f) & 0xFFFFFFFFL));
    image.setBytes(
        Tag.FloatPixelPaddingValue, VR.FL, Values.encoded(VR.UL, Float.floatToIntBits(1e30f)));
    assertThat(shown(image, 1)).containsExactly(0, 1, 0);
    image.remove(Tag.FloatPixelData);
    image.setBytes(Tag.PixelData, VR.OW, Values.encoded(VR.UL, 0, 0xFFFFFFFFL, 1L << 31));
    assertThat(shown(image, 1)[2]).isCloseTo(0.5f, within(1e-6f));
    assertThat(pixels(image).frame(1).integer(1)).isEqualTo(0xFFFFFFFFL);
  }

  @Test
  void segmentsAreMasksOfZeroToOne() throws Exception {
    Attributes image = image(2, 3, 1, 1);
    image.setString(Tag.SegmentationType, VR.CS, "BINARY");
    image.setString(Tag.NumberOfFrames, VR.IS, "2");
    // Frames of 6 bits follow each other without padding.
    image.setBytes(Tag.PixelData, VR.OB, new byte[] {(byte) 0b11_000101, 0b1000});
    var perFrame = image.newSequence(Tag.PerFrameFunctionalGroupsSequence);
    for (int i = 0; i < 2; i++) {
      perFrame
          .add(new Attributes())
          .newSequence(Tag.SegmentIdentificationSequence)
          .add(new Attributes())
          .setInteger(Tag.ReferencedSegmentNumber, VR.US, i + 3);
    }
    SegmentFrames segments = SegmentFrames.of(file(image), ParseLimits.standard());
    assertThat(segments.mask(1)).containsExactly(1, 0, 1, 0, 0, 0);
    assertThat(segments.mask(2)).containsExactly(1, 1, 0, 0, 0, 1);
    assertThat(segments.segment(2)).hasValue(4);
    Attributes fractional = image(1, 2, 1, 8);
    fractional.setString(Tag.SegmentationType, VR.CS, "FRACTIONAL");
    fractional.setInteger(Tag.MaximumFractionalValue, VR.US, 200);
    fractional.setBytes(Tag.PixelData, VR.OB, new byte[] {50, (byte) 200});
    assertThat(SegmentFrames.of(file(fractional), ParseLimits.standard()).mask(1))
        .containsExactly(0.25f, 1);
    assertThatThrownBy(
            () -> SegmentFrames.of(file(image(1, 2, 1, 8)), ParseLimits.standard()))
        .isInstanceOf(RejectedInputException.class);
  }
}
