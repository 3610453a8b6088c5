package org.tessera.dicom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Code;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.Tool;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** Objects that we make, judged by dciodvfy and read back by pydicom. */
@org.junit.jupiter.api.Tag("interop")
class WritingPeersTest {
  private static final int ROWS = 7;
  private static final int COLUMNS = 5;
  private static final ParseLimits LIMITS = ParseLimits.standard();
  private static final String READ =
      """
      import sys, hashlib, pydicom
      for name in sys.argv[1:]:
          d = pydicom.dcmread(name)
          a = d.pixel_array
          print("read", a.size, hashlib.sha256(a.tobytes()).hexdigest())
          for f in d.get("PerFrameFunctionalGroupsSequence", []):
              if "SegmentIdentificationSequence" in f:
                  s = f.DerivationImageSequence[0].SourceImageSequence[0]
                  print("frame", f.SegmentIdentificationSequence[0].ReferencedSegmentNumber,
                        s.ReferencedSOPInstanceUID, s.get("ReferencedFrameNumber", 1))
      """;

  @TempDir private Path folder;
  private String python = "";

  @BeforeEach
  void peers() throws IOException, InterruptedException {
    Tool.require("dciodvfy");
    python = Tool.pythonWithPydicom();
  }

  private static List<StoredFrame> frames(int count, int samples, int bits, int values) {
    Random random = new Random(samples * 100L + bits + values);
    List<StoredFrame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] data = new byte[ROWS * COLUMNS * samples * bits / 8];
      for (int k = 0; k < data.length; k++) {
        data[k] = (byte) random.nextInt(values);
      }
      frames.add(new StoredFrame(ROWS, COLUMNS, samples, bits, false, false, data));
    }
    return frames;
  }

  private static Map<String, Attributes> captures() {
    Attributes none = new Attributes();
    Map<String, Attributes> captures = new LinkedHashMap<>();
    captures.put("SCImage 8", SecondaryCapture.of(frames(1, 1, 8, 256), none));
    captures.put("SCImage 16", SecondaryCapture.of(frames(1, 1, 16, 256), none));
    captures.put("SCImage RGB", SecondaryCapture.of(frames(1, 3, 8, 256), none));
    captures.put("MultiframeGrayscaleByteSCImage", SecondaryCapture.of(frames(3, 1, 8, 256), none));
    captures.put(
        "MultiframeGrayscaleWordSCImage", SecondaryCapture.of(frames(3, 1, 16, 256), none));
    captures.put("MultiframeTrueColorSCImage", SecondaryCapture.of(frames(3, 3, 8, 256), none));
    captures.put("MultiframeSingleBitSCImage", SecondaryCapture.ofBits(frames(3, 1, 8, 2), none));
    return captures;
  }

  private static byte[] content(DicomFile file) throws Exception {
    PixelData pixels = PixelData.of(file, LIMITS);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int number = 1; number <= pixels.frames(); number++) {
      digest.update(pixels.frame(number).data());
    }
    return digest.digest();
  }

  private static List<Segmentation.Segment> segments() {
    Code lesion = new Code("49755003", "SCT", "Morphologically Altered Structure");
    Code anatomy = new Code("123037004", "SCT", "Anatomical Structure");
    return List.of(
        new Segmentation.Segment(
            "Pneumonia", lesion, new Code("233604007", "SCT", "Pneumonia"), Optional.of("Ours")),
        new Segmentation.Segment(
            "Lung", anatomy, new Code("39607008", "SCT", "Lung"), Optional.empty()));
  }

  private static Attributes dated() {
    return new Attributes()
        .setString(Tag.ContentDate, VR.DA, "20260102")
        .setString(Tag.ContentTime, VR.TM, "030405");
  }

  private static Attributes segmentation(String source) throws Exception {
    Attributes image = DicomFile.read(TestData.interop(source)).dataset();
    Random random = new Random(7);
    byte[][] masks = new byte[2][image.integer(Tag.Rows, 0) * image.integer(Tag.Columns, 0)];
    for (byte[] mask : masks) {
      for (int i = 0; i < mask.length; i++) {
        mask[i] = (byte) random.nextInt(2);
      }
    }
    int last = image.integer(Tag.NumberOfFrames, 1);
    return Segmentation.binary(
        segments(),
        List.of(
            new Segmentation.Plane(1, image, 1, masks[0]),
            new Segmentation.Plane(2, image, 1, masks[1]),
            new Segmentation.Plane(1, image, last, masks[1])),
        dated());
  }

  private void write(Path file, Attributes object) throws IOException {
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(object, TransferSyntax.EXPLICIT_LITTLE);
    }
  }

  private void requireValid(Path file, String kind) throws IOException, InterruptedException {
    Tool.Outcome outcome = Tool.run(List.of("dciodvfy", file.toString()));
    assertThat(outcome.output()).as(kind).contains(kind).doesNotContain("Error");
  }

  private List<String> read(Path file) throws IOException, InterruptedException {
    return Tool.run(List.of(python, "-c", READ, file.toString())).output().lines()
        .filter(line -> line.startsWith("read ") || line.startsWith("frame "))
        .toList();
  }

  /** Single and multi-frame, also compressed: JPEG-LS, RLE and deflated. */
  @Test
  void secondaryCapturesAreValidAndReadBackExactly() throws Exception {
    for (Map.Entry<String, Attributes> capture : captures().entrySet()) {
      Path file = folder.resolve("capture.dcm");
      write(file, capture.getValue());
      requireValid(file, capture.getKey().split(" ")[0]);
      DicomFile native_ = DicomFile.read(file);
      String hash = HexFormat.of().formatHex(content(native_));
      assertThat(read(file).getFirst()).as(capture.getKey()).endsWith(hash);
      boolean bits = native_.dataset().integer(Tag.BitsAllocated, 0) == 1;
      for (String syntax :
          List.of(UID.RLELossless, UID.JPEGLSLossless, UID.DeflatedExplicitVRLittleEndian)) {
        if (bits && !syntax.equals(UID.DeflatedExplicitVRLittleEndian)) {
          // pydicom 2.3 reads single bits uncompressed only.
          continue;
        }
        Path target = folder.resolve("coded.dcm");
        new Transcoder(syntax, LIMITS).transcode(file, target);
        if (!syntax.equals(UID.DeflatedExplicitVRLittleEndian)) {
          // dciodvfy does not inflate.
          requireValid(target, capture.getKey().split(" ")[0]);
        }
        assertThat(read(target).getFirst()).as(capture + syntax).endsWith(hash);
      }
    }
  }

  /** Over a CT slice, radiographs compressed, an enhanced MR, a CT of several frames. */
  @Test
  void segmentationsAreValidAndReadBackExactly() throws Exception {
    for (String source :
        List.of(
            "pydicom-data--693_UNCR.dcm",
            "pydicom-data--RG3_J2KR.dcm",
            "pydicom--MR_small_implicit.dcm",
            "pydicom-data--emri_small_RLE.dcm",
            "dicomParser--CT0012.not_fragmented_bot_jpeg_ls.80.dcm")) {
      Attributes image = DicomFile.read(TestData.interop(source)).dataset();
      Path file = folder.resolve("seg.dcm");
      write(file, segmentation(source));
      requireValid(file, "Segmentation");
      DicomFile written = DicomFile.read(file);
      String uid = image.string(Tag.SOPInstanceUID).orElseThrow();
      int last = image.integer(Tag.NumberOfFrames, 1);
      List<String> lines = read(file);
      assertThat(lines.getFirst()).endsWith(HexFormat.of().formatHex(content(written)));
      assertThat(lines.subList(1, 4))
          .containsExactly(
              "frame 1 " + uid + " 1", "frame 2 " + uid + " 1", "frame 1 " + uid + " " + last);
    }
  }
}
