package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;

/** The listing for people. */
class DicomDumpTest {

  private static List<String> dump(Attributes dataset, int width) throws IOException {
    StringBuilder text = new StringBuilder();
    new DicomDump(text, width)
        .write(new DicomFile(new Attributes(), dataset, TransferSyntax.EXPLICIT_LITTLE));
    return text.toString().lines().toList();
  }

  @Test
  void everyKindOfElementHasItsLine() throws IOException {
    Attributes dataset = RewrittenFilesTest.sample();
    dataset.setString(0x00290010, VR.LO, "SIEMENS CSA HEADER");
    dataset.setBytes(0x00291010, VR.UN, new byte[] {1, 2, (byte) 0xFF, 4});
    dataset.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY");
    assertThat(dump(dataset, 140))
        .contains(
            "# Data set: Explicit VR Little Endian (1.2.840.10008.1.2.1)",
            "(0008,0008) CS         16    2 ImageType                        ORIGINAL\\PRIMARY",
            "(0008,0016) UI         26    1 SOPClassUID                      "
                + "1.2.840.10008.5.1.4.1.1.7 = Secondary Capture Image Storage",
            "(0008,1140) SQ    defined    1 ReferencedImageSequence          3 items",
            "  Item 1",
            "      Item 1",
            "(0010,0010) PN         14    1 PatientName                      Müller^Änne",
            "(0028,0010) US          2    1 Rows                             2",
            "(0029,0010) LO         18    1 PrivateCreator                   SIEMENS CSA HEADER",
            "(0029,1010) OB          4    1 [CSA Image Header Info]          01 02 ff 04");
  }

  @Test
  void nothingSteersTheTerminalAndNothingIsWiderThanTheLine() throws IOException {
    Attributes dataset = new Attributes();
    dataset.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    dataset.setString(Tag.PatientID, VR.LO, "\u001b[2J\u001b]0;x\u0007\u202e\u009b\r\n");
    dataset.setString(0x00290010, VR.LO, "A\u001b[31m");
    dataset.setBytes(0x00291010, VR.UN, new byte[2]);
    dataset.setBytes(
        Tag.ImageComments, VR.LT, "a".repeat(50_000_000).getBytes(StandardCharsets.US_ASCII));
    dataset.setBytes(Tag.PixelData, VR.OW, new byte[1 << 20]);
    long start = System.nanoTime();
    List<String> lines = dump(dataset, 100);
    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(2000);
    assertThat(lines).allMatch(line -> line.length() <= 100);
    assertThat(String.join("", lines)).matches("[\\x20-\\x7e]*").contains("\\u001b[2J");
  }

  @Test
  void everyInteropFileIsListedWithinTheWidth() throws IOException, RejectedInputException {
    for (Path file : TestData.interopFiles()) {
      StringBuilder text = new StringBuilder();
      DicomFile parsed = DicomFile.read(file);
      new DicomDump(text, 100).write(parsed);
      List<String> lines = text.toString().lines().toList();
      assertThat(lines).as(file.toString()).hasSizeGreaterThan(parsed.dataset().size());
      assertThat(lines).allMatch(line -> line.chars().allMatch(c -> c >= ' '));
    }
  }

  @Test
  void fragmentsAndTheirOffsetsAreShown() throws IOException, RejectedInputException {
    StringBuilder text = new StringBuilder();
    new DicomDump(text, 120)
        .write(DicomFile.read(TestData.interop("pydicom--SC_rgb_rle_16bit_2frame.dcm")));
    assertThat(text.toString())
        .contains("2 fragments, 2,528 bytes", "Offset table: 2 offsets: 0 1272", "Fragment 2: ");
  }
}
