package org.tessera.dicom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.Tool;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** Objects in another transfer syntax, read back by us and by others. */
class TranscoderTest {
  private static final ParseLimits LIMITS = ParseLimits.standard();
  private static final int LARGEST_FILE = 200_000;
  private static final List<String> LOSSLESS =
      List.of(
          UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.DeflatedExplicitVRLittleEndian,
          UID.RLELossless,
          UID.JPEGLSLossless,
          UID.DeflatedImageFrameCompression);

  private static List<Path> sources() {
    return TestData.interopFiles().stream()
        .filter(file -> file.toFile().length() <= LARGEST_FILE)
        .toList();
  }

  @Test
  void pixelsAreTheSameInEveryLosslessSyntax(@TempDir Path folder) throws IOException {
    Map<String, Integer> written = new TreeMap<>();
    for (Path file : sources()) {
      for (String syntax : LOSSLESS) {
        Path target = folder.resolve("t.dcm");
        PixelData before;
        try {
          before = PixelData.of(DicomFile.read(file, LIMITS), LIMITS);
          before.frame(before.frames());
          new Transcoder(syntax, LIMITS)
              .setExtendedOffsetTable(file.toString().length() % 2 == 0)
              .transcode(file, target);
        } catch (RejectedInputException e) {
          assertThat(e.sentence()).matches(TestData::isOneSentence);
          continue;
        }
        written.merge(syntax, 1, Integer::sum);
        assertSameFrames(file + " " + syntax, before, target, 0);
      }
    }
    assertThat(written).hasSize(LOSSLESS.size());
    assertThat(written.values()).allMatch(count -> count >= 60);
  }

  private static void assertSameFrames(String name, PixelData before, Path target, int near)
      throws IOException {
    try {
      PixelData after = PixelData.of(DicomFile.read(target, LIMITS), LIMITS);
      assertThat(after.frames()).isEqualTo(before.frames());
      for (int number = 1; number <= before.frames(); number += 1 + before.frames() / 4) {
        StoredFrame one = before.frame(number);
        StoredFrame other = after.frame(number);
        if (near == 0) {
          assertThat(other.data()).as(name).isEqualTo(one.data());
        } else {
          int values = one.rows() * one.columns() * one.samples();
          for (int i = 0; i < values; i++) {
            assertThat(Math.abs(one.integer(i) - other.integer(i)))
                .as(name)
                .isLessThanOrEqualTo(near);
          }
        }
      }
    } catch (RejectedInputException e) {
      throw new AssertionError(name + ": " + e.sentence(), e);
    }
  }

  @Test
  void nearLosslessIsADerivedImageOfItsOwn(@TempDir Path folder)
      throws IOException, RejectedInputException {
    Path source = TestData.interop("pydicom--MR_small_implicit.dcm");
    Path target = folder.resolve("t.dcm");
    new Transcoder(UID.JPEGLSNearLossless, LIMITS).setNearLossless(3).transcode(source, target);
    Attributes before = DicomFile.read(source, LIMITS).dataset();
    DicomFile file = DicomFile.read(target, LIMITS);
    Attributes after = file.dataset();
    assertThat(after.string(Tag.LossyImageCompression)).contains("01");
    assertThat(after.string(Tag.LossyImageCompressionMethod)).contains("ISO_14495_1");
    assertThat(after.real(Tag.LossyImageCompressionRatio).orElseThrow()).isGreaterThan(2);
    assertThat(after.string(Tag.ImageType)).contains("DERIVED");
    assertThat(after.string(Tag.SOPInstanceUID))
        .isNotEqualTo(before.string(Tag.SOPInstanceUID))
        .isEqualTo(file.meta().string(Tag.MediaStorageSOPInstanceUID));
    assertThat(after.items(Tag.SourceImageSequence).getLast().string(Tag.ReferencedSOPInstanceUID))
        .isEqualTo(before.string(Tag.SOPInstanceUID));
    assertSameFrames(
        "near", PixelData.of(DicomFile.read(source, LIMITS), LIMITS), target, 3);
  }

  @Test
  void offsetTablesPointAtTheFrames() throws IOException, RejectedInputException {
    DicomFile source =
        DicomFile.read(TestData.interop("pydicom--SC_rgb_rle_2frame.dcm"), LIMITS);
    Transcoder transcoder = new Transcoder(UID.JPEGLSLossless, LIMITS);
    Attributes basic = transcoder.transcode(source).dataset();
    Attributes extended = transcoder.setExtendedOffsetTable(true).transcode(source).dataset();
    Fragments fragments = (Fragments) basic.element(Tag.PixelData).orElseThrow().value();
    long second = fragments.parts().getFirst().length() + 8;
    assertThat(fragments.offsetTable().length()).isEqualTo(8);
    assertThat((long) fragments.offsetTable().doubleWord(4)).isEqualTo(second);
    assertThat(basic.contains(Tag.ExtendedOffsetTable)).isFalse();
    assertThat(extended.bytes(Tag.ExtendedOffsetTable).orElseThrow().quadWord(8))
        .isEqualTo(second);
    assertThat(extended.bytes(Tag.ExtendedOffsetTableLengths).orElseThrow().quadWord(0))
        .isEqualTo(second - 8);
    assertThat(
            ((Fragments) extended.element(Tag.PixelData).orElseThrow().value())
                .offsetTable()
                .length())
        .isZero();
  }

  @Test
  void framesOfSingleBitsArePackedAcrossTheirBorders() throws IOException, RejectedInputException {
    byte[] packed = {(byte) 0b1011_0110, 0b0101_1101, 0b0000_0010, 0};
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.SegmentationStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    image.setString(Tag.NumberOfFrames, VR.IS, "3");
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    int[][] numbers = {
      {Tag.Rows, 2}, {Tag.Columns, 3}, {Tag.SamplesPerPixel, 1}, {Tag.BitsAllocated, 1},
      {Tag.BitsStored, 1}, {Tag.HighBit, 0}, {Tag.PixelRepresentation, 0}
    };
    for (int[] number : numbers) {
      image.setInteger(number[0], VR.US, number[1]);
    }
    image.setBytes(Tag.PixelData, VR.OB, packed);
    DicomFile source =
        new DicomFile(
            new Attributes(), image, TransferSyntax.EXPLICIT_LITTLE);
    for (String syntax : List.of(UID.RLELossless, UID.DeflatedImageFrameCompression)) {
      DicomFile compressed = new Transcoder(syntax, LIMITS).transcode(source);
      DicomFile back = new Transcoder(UID.ExplicitVRLittleEndian, LIMITS).transcode(compressed);
      assertThat(back.dataset().bytes(Tag.PixelData).orElseThrow().toArray()).isEqualTo(packed);
    }
  }

  @Test
  void whatASyntaxCannotHoldIsRefusedOrNeverOffered() {
    assertThatThrownBy(() -> new Transcoder(UID.ExplicitVRBigEndian, LIMITS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Transcoder(UID.JPEGBaseline8Bit, LIMITS))
        .isInstanceOf(IllegalArgumentException.class);
    Attributes report = new Attributes().setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    DicomFile source =
        new DicomFile(
            new Attributes(), report, TransferSyntax.EXPLICIT_LITTLE);
    assertThatThrownBy(() -> new Transcoder(UID.RLELossless, LIMITS).transcode(source))
        .isInstanceOfSatisfying(
            RejectedInputException.class,
            e -> assertThat(e.sentence()).matches(TestData::isOneSentence));
  }

  /** Peers read what we write as we read it, in four syntaxes, all files of 200 KB or less. */
  @org.junit.jupiter.api.Tag("interop")
  @Test
  void peersDecodeWhatWeWrite(@TempDir Path folder) throws IOException, InterruptedException {
    String python = Tool.pythonWithPydicom();
    Path written = Files.createDirectory(folder.resolve("written"));
    Path exported = Files.createDirectory(folder.resolve("exported"));
    StoredFrames frames = new StoredFrames(exported, LIMITS);
    List<String> syntaxes =
        List.of(
            UID.RLELossless, UID.JPEGLSLossless, UID.JPEGLSNearLossless,
            UID.ExplicitVRLittleEndian);
    int count = 0;
    for (Path file : sources()) {
      String syntax = syntaxes.get(count++ % syntaxes.size());
      Path target = written.resolve(String.valueOf(file.getFileName()));
      try {
        new Transcoder(syntax, LIMITS).transcode(file, target);
      } catch (RejectedInputException e) {
        continue;
      }
      frames.export(target);
    }
    Path program = folder.resolve("peer_pixels.py");
    try (var in = TestData.class.getResourceAsStream("peer_pixels.py")) {
      Files.copy(Objects.requireNonNull(in), program);
    }
    Tool.Outcome outcome =
        Tool.run(List.of(python, program.toString(), written.toString(), exported.toString()));
    List<String> different = new ArrayList<>();
    int equal = 0;
    for (String line : outcome.output().lines().filter(each -> each.contains("\t")).toList()) {
      List<String> columns = List.of(line.split("\t", -1));
      List<String> peers = columns.subList(Math.min(3, columns.size()), columns.size());
      if (peers.stream().anyMatch(peer -> peer.endsWith("=0"))) {
        equal++;
      } else if (peers.stream().noneMatch(peer -> peer.endsWith("=1")) && !peers.isEmpty()) {
        different.add(line);
      }
    }
    assertThat(different).isEmpty();
    assertThat(equal).as(outcome.output()).isGreaterThanOrEqualTo(50);
  }
}
