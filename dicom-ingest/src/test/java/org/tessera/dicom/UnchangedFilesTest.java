package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;

/** What is read and written unchanged is the same, byte for byte. */
class UnchangedFilesTest {
  private static final ParseLimits LIMITS = ParseLimits.standard();

  private static byte[] written(DicomFile file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes)) {
      out.writeUnchanged(file);
    }
    return bytes.toByteArray();
  }

  /** The file, its deflated data set inflated. */
  private static byte[] comparable(byte[] file, DicomFile parsed) throws RejectedInputException {
    if (!parsed.syntax().deflated()) {
      return file;
    }
    int meta = 132 + 12 + parsed.meta().integer(Tag.FileMetaInformationGroupLength).orElseThrow();
    byte[] inflated =
        Bytes.of(Inflation.inflate(FileBytes.of(file), meta, LIMITS.maxInflatedBytes()))
            .toArray();
    byte[] whole = Arrays.copyOf(file, meta + inflated.length);
    System.arraycopy(inflated, 0, whole, meta, inflated.length);
    return whole;
  }

  @Test
  void everyInteropFileAndSlideIsWrittenBackByteForByte() throws IOException {
    List<Path> files = new ArrayList<>(TestData.interopFiles());
    int interop = files.size();
    for (Path slide : TestData.files(TestData.slides())) {
      if (slide.toString().endsWith(".dcm")) {
        files.add(slide);
      }
    }
    List<String> different = new ArrayList<>();
    int exact = 0;
    for (Path file : files) {
      try {
        byte[] original = Files.readAllBytes(file);
        DicomFile parsed = DicomFile.read(original, LIMITS);
        byte[] again = written(parsed);
        int at =
            Arrays.mismatch(comparable(original, parsed), comparable(again, parsed));
        if (at < 0) {
          exact++;
        } else {
          different.add(file.getFileName() + " at " + at);
        }
      } catch (RejectedInputException e) {
        different.add(file.getFileName() + " refused: " + e.sentence());
      }
    }
    assertThat(different).isEmpty();
    assertThat(interop).isGreaterThanOrEqualTo(205);
    assertThat(exact).isGreaterThan(interop);
  }

  private static byte[] unchanged(String hex) throws IOException, RejectedInputException {
    byte[] original = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(written(DicomFile.read(original, LIMITS))).as(hex).isEqualTo(original);
    return original;
  }

  @Test
  void oddFormsOfElementsAreKept() throws IOException, RejectedInputException {
    String start = "08000500 4353 0a00 49534f5f495220313030";
    List<String> forms =
        List.of(
            // A value of odd length, and one whose text is not padded with a space.
            "10001000 504e 0300 412042",
            "10001000 504e 0400 41204200",
            // Letters that are no VR, with both lengths; two zeros; a header without VR.
            "10001000 3f3f 0200 4142",
            "10001000 5858 0000 02000000 4142",
            "10001000 0000 0200 4142",
            "10001000 02000000 4142",
            // Group length, right or wrong; out of order; twice; a stray delimiter.
            "10000000 554c 0400 ffffffff 10001000 504e 0200 4142",
            "10001000 504e 0200 4142 08006000 4353 0200 4354",
            "10001000 504e 0200 4142 10001000 504e 0200 4344",
            "10001000 504e 0200 4142 feff0de0 00000000 10002000 4c4f 0000",
            // Sequences: defined, undefined, empty, a public one in UN (items without VRs).
            "08004011 5351 0000 12000000 feff00e0 0a000000 08005511 5549 0200 3100",
            "08004011 5351 0000 ffffffff feff00e0 ffffffff 08005511 5549 0200 3100"
                + " feff0de0 00000000 feffdde0 00000000",
            "08004011 5351 0000 00000000",
            "08004011 554e 0000 12000000 feff00e0 0a000000 08005511 02000000 3100",
            "08004011 554e 0000 ffffffff feff00e0 0a000000 08005511 02000000 3100"
                + " feffdde0 00000000",
            // A sequence that says LO, zeros behind the end.
            "08004011 4c4f 0200 4142",
            "10001000 504e 0200 4142 000000000000000000000000");
    for (String form : forms) {
      unchanged(start + form);
    }
  }

  @Test
  void everyFragmentStaysAsItIs() throws IOException, RejectedInputException {
    String start = "08000500 4353 0a00 49534f5f495220313030 e07f1000 4f57 0000 ffffffff";
    unchanged(start + "feff00e0 00000000 feff00e0 03000000 010203 feffdde0 00000000");
    unchanged(start + "feff00e0 04000000 00000000 feff00e0 02000000 0102");
    unchanged(start + "feffdde0 00000000");
    unchanged(start);
  }

  @Test
  void aChangedFileIsWrittenWithTheChangeAndAllElseAsItWas()
      throws IOException, RejectedInputException {
    byte[] original =
        unchanged(
            "08000500 4353 0a00 49534f5f495220313030 10001000 504e 0300 412042"
                + " 08004011 554e 0000 12000000 feff00e0 0a000000 08005511 02000000 3100");
    DicomFile file = DicomFile.read(original, LIMITS);
    file.dataset().setString(Tag.PatientID, VR.LO, "new");
    DicomFile again = DicomFile.read(written(file), LIMITS);
    assertThat(again.dataset().string(Tag.PatientID)).hasValue("new");
    assertThat(again.dataset().bytes(Tag.PatientName).orElseThrow().length()).isEqualTo(3);
    assertThat(again.dataset().item(Tag.ReferencedImageSequence)).isPresent();
  }

  @Test
  void aProgramInThePreambleIsNotPassedOnAndOtherPreamblesAre()
      throws IOException, RejectedInputException {
    byte[] original = Files.readAllBytes(TestData.interop("pydicom--JPEG-lossy.dcm"));
    for (String head : List.of("4d5a9000", "7f454c46", "cffaedfe", "cafebabe", "23212f62")) {
      byte[] program = original.clone();
      System.arraycopy(HexFormat.of().parseHex(head), 0, program, 0, 4);
      byte[] again = written(DicomFile.read(program, LIMITS));
      assertThat(Arrays.copyOf(again, 128)).as(head).containsOnly(0);
    }
    byte[] tiff = original.clone();
    System.arraycopy(HexFormat.of().parseHex("49492a00"), 0, tiff, 0, 4);
    assertThat(written(DicomFile.read(tiff, LIMITS))).isEqualTo(tiff);
  }
}
