package org.tessera.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tool;
import org.tessera.dicom.json.DicomJson;

/** "Done when": no planted identifier leaves, in any form. */
class PlantedStudyTest {
  private static final byte[] KEY =
      "a key of thirty-two bytes, or so".getBytes(StandardCharsets.US_ASCII);

  private static final Set<ConfidentialityOption> CLEANING =
      EnumSet.of(
          ConfidentialityOption.CLEAN_PIXEL_DATA,
          ConfidentialityOption.CLEAN_GRAPHICS,
          ConfidentialityOption.CLEAN_STRUCTURED_CONTENT,
          ConfidentialityOption.CLEAN_DESCRIPTORS,
          ConfidentialityOption.RETAIN_MODIFIED_DATES,
          ConfidentialityOption.RETAIN_PATIENT_CHARACTERISTICS,
          ConfidentialityOption.RETAIN_SAFE_PRIVATE);

  private static final Set<ConfidentialityOption> PIXELS_ONLY =
      EnumSet.of(ConfidentialityOption.CLEAN_PIXEL_DATA);

  private static List<Path> exported(Path in, Path out, Set<ConfidentialityOption> options)
      throws IOException {
    Files.createDirectories(in);
    Files.createDirectories(out);
    Deidentifier deidentifier =
        new Deidentifier(options, new Pseudonyms(KEY), out, ParseLimits.standard());
    List<Path> written = new ArrayList<>();
    for (Path file : PlantedStudy.write(in)) {
      assertThat(deidentifier.clean(file)).isInstanceOf(Deidentifier.Written.class);
    }
    try (Stream<Path> files = Files.list(out)) {
      files.sorted().forEach(written::add);
    }
    assertThat(written).hasSize(4);
    return written;
  }

  private static void assertNothingLeft(List<Path> files)
      throws IOException, RejectedInputException {
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      String narrow = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      String all =
          file.getFileName()
              + "\n"
              + narrow
              + "\n"
              + narrow.replace("\0", "")
              + "\n"
              + DicomJson.write(DicomFile.read(file).dataset()).toLowerCase(Locale.ROOT);
      String coded = new String(bytes, StandardCharsets.ISO_8859_1);
      for (String needle : PlantedStudy.NEEDLES) {
        assertThat(all).as(needle).doesNotContain(needle.toLowerCase(Locale.ROOT));
        for (int shift = 0; shift < 3 && needle.length() >= 10; shift++) {
          byte[] padded = ("x".repeat(shift) + needle).getBytes(StandardCharsets.US_ASCII);
          String base64 = Base64.getEncoder().encodeToString(padded);
          String middle = base64.substring(4, base64.length() - 4);
          assertThat(coded).as(needle + " in base 64").doesNotContain(middle);
        }
      }
    }
  }

  @Test
  void noPlantedIdentifierLeavesUnderTheBasicProfile(@TempDir Path folder)
      throws IOException, RejectedInputException {
    assertNothingLeft(exported(folder.resolve("in"), folder.resolve("out"), PIXELS_ONLY));
  }

  @Test
  void noPlantedIdentifierLeavesUnderTheOptionsThatKeepMore(@TempDir Path folder)
      throws IOException, RejectedInputException {
    assertNothingLeft(exported(folder.resolve("in"), folder.resolve("out"), CLEANING));
  }

  @Test
  void theSearchFindsWhatIsThere(@TempDir Path folder) throws IOException {
    for (Path file : PlantedStudy.write(folder)) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      assertThat(text).contains("ZWINGENBERG", "QX4711880", "19580623", "GREENWILLOW");
    }
  }

  @Test
  void referencesAndIntervalsStay(@TempDir Path folder)
      throws IOException, RejectedInputException {
    List<Path> once = exported(folder.resolve("in"), folder.resolve("a"), CLEANING);
    List<Path> again = exported(folder.resolve("in2"), folder.resolve("b"), CLEANING);
    assertThat(names(again)).isEqualTo(names(once));
    Pseudonyms pseudonyms = new Pseudonyms(KEY);
    for (Path file : once) {
      Attributes object = DicomFile.read(file).dataset();
      assertThat(object.string(org.tessera.dicom.Tag.StudyInstanceUID))
          .contains(pseudonyms.uid(PlantedStudy.STUDY));
      assertThat(object.string(org.tessera.dicom.Tag.PatientIdentityRemoved)).contains("YES");
      assertThat(object.string(org.tessera.dicom.Tag.StudyTime)).contains("101112.5");
      String study = object.string(org.tessera.dicom.Tag.StudyDate).orElseThrow();
      String series = object.string(org.tessera.dicom.Tag.SeriesDate).orElseThrow();
      assertThat(org.tessera.dicom.DicomTime.date(study).orElseThrow().plusDays(2))
          .isEqualTo(org.tessera.dicom.DicomTime.date(series).orElseThrow());
      assertThat(object.string(org.tessera.dicom.Tag.AcquisitionDateTime).orElseThrow())
          .endsWith("101112.5+0200");
    }
    String referenced = pseudonyms.uid(PlantedStudy.ROOT + "4.1");
    assertThat(names(once)).contains(referenced + ".dcm");
    assertThat(once.stream().map(PlantedStudyTest::json)).anyMatch(
        json -> json.contains("\"SR\"") && json.contains(referenced));
  }

  private static String json(Path file) {
    try {
      return DicomJson.write(DicomFile.read(file).dataset());
    } catch (IOException | RejectedInputException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> String.valueOf(file.getFileName())).toList();
  }

  @Test
  void burnedInTextIsRefusedWithoutTheOption(@TempDir Path folder) throws IOException {
    Deidentifier deidentifier =
        new Deidentifier(Set.of(), new Pseudonyms(KEY), folder, ParseLimits.standard());
    Path in = Files.createDirectories(folder.resolve("in"));
    Path ultrasound = PlantedStudy.write(in).getLast();
    assertThat(deidentifier.clean(ultrasound)).isInstanceOf(Deidentifier.Refused.class);
  }

  @Test
  @Tag("interop")
  void tesseractReadsNothingInTheOutput(@TempDir Path folder)
      throws IOException, InterruptedException, RejectedInputException {
    Tool.require("tesseract");
    Tool.require("dcmj2pnm");
    Path in = folder.resolve("in");
    List<Path> out = exported(in, folder.resolve("out"), CLEANING);
    assertThat(read(in.resolve("us.dcm"), folder)).contains("ZWINGENBERG", "1958");
    for (Path file : out) {
      if (DicomFile.read(file).dataset().contains(org.tessera.dicom.Tag.PixelData)) {
        assertThat(read(file, folder)).doesNotContain("ZWING", "QX47", "1958");
      }
    }
  }

  private static String read(Path file, Path folder) throws IOException, InterruptedException {
    Path picture = folder.resolve("picture.pnm");
    Tool.run(
        List.of("sh", "-c", "dcmj2pnm -q +Wm --scale-x-factor 3 '" + file + "' '" + picture + "'"));
    return Tool.run(List.of("tesseract", picture.toString(), "-", "--psm", "11")).output();
  }

  @Test
  @Tag("interop")
  void peersReadTheOutput(@TempDir Path folder) throws IOException, InterruptedException {
    Tool.require("dcmdump");
    String python = Tool.pythonWithPydicom();
    for (Path file : exported(folder.resolve("in"), folder.resolve("out"), CLEANING)) {
      Tool.Outcome dump = Tool.run(List.of("dcmdump", "-q", file.toString()));
      assertThat(dump.exit()).isZero();
      assertThat(dump.output()).doesNotContain("W:", "E:");
      String program =
          "import pydicom,sys; d=pydicom.dcmread(sys.argv[1]); str(d); print(d.PatientID)";
      Tool.Outcome read = Tool.run(List.of(python, "-c", program, file.toString()));
      assertThat(read.exit()).as(read.output()).isZero();
      assertThat(read.output()).startsWith("P");
    }
  }
}
