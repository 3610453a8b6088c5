package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.dicom.evidence.DicomDecoder;
import org.tessera.dicom.image.StoredFrames;
import org.tessera.dicom.json.DicomJson;

/** All files of the well-known toolkits' own test sets. */
class InteropFilesTest {

  @Test
  void everyFileIsParsedOrRefusedWithOneSentence() throws IOException {
    List<Path> files = TestData.interopFiles();
    List<String> refused = new ArrayList<>();
    for (Path file : files) {
      try {
        DicomFile parsed = DicomFile.read(file);
        assertThat(DicomJson.write(parsed.dataset())).startsWith("{").endsWith("}");
      } catch (RejectedInputException e) {
        assertThat(e.sentence()).matches(TestData::isOneSentence, "one sentence");
        refused.add(file.getFileName() + ": " + e.sentence());
      }
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(205);
    assertThat(refused).as("files that are not even parsed").isEmpty();
  }

  @Test
  void everyFileBecomesEvidenceOrIsRefusedWithOneSentence() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    DicomDecoder decoder = new DicomDecoder();
    for (Path file : TestData.interopFiles()) {
      String outcome;
      try {
        Evidence evidence =
            decoder.decode(TestData.content(file), TestData.context()).getFirst();
        PixelTile tile =
            switch (evidence) {
              case ImageEvidence image -> image.pixels().readFrame(1);
              case CineEvidence cine -> cine.pixels().readFrame(1);
              case SlideEvidence slide -> slide.pixels().readFrame(1);
              default -> throw new AssertionError("Not an image: " + file);
            };
        assertThat(outOfRange(tile.samples())).as(file.toString()).isZero();
        outcome = evidence.modality().wireName();
      } catch (RejectedInputException e) {
        assertThat(e.sentence()).matches(TestData::isOneSentence, "one sentence");
        outcome = "refused";
      }
      counts.merge(outcome, 1, Integer::sum);
    }
    assertThat(counts)
        .containsEntry("image", 127)
        .containsEntry("cine", 6)
        .containsEntry("slide", 2)
        .containsEntry("refused", 70);
  }

  @Test
  void everyInteropFileLooksLikeDicomAndOtherFilesDoNot() throws IOException {
    for (Path file : TestData.interopFiles()) {
      byte[] head = Arrays.copyOf(Files.readAllBytes(file), 132);
      if (!file.endsWith("pydicom--ExplVR_BigEndNoMeta.dcm")) {
        assertThat(DicomFile.looksLikeDicom(head)).as(file.toString()).isTrue();
      }
    }
    for (String other : List.of("", "II*\0", "%PDF-1.7", "PK\3\4", "\211PNG\r\n", "A note.")) {
      byte[] head = other.getBytes(StandardCharsets.ISO_8859_1);
      assertThat(DicomFile.looksLikeDicom(head)).as(other).isFalse();
    }
  }

  private static int outOfRange(float[] samples) {
    int count = 0;
    for (float sample : samples) {
      count += sample >= 0 && sample <= 1 ? 0 : 1;
    }
    return count;
  }

  @Test
  void allFramesOfAllFilesAreExportedWithin256MegabytesOfHeap(@TempDir Path folder)
      throws IOException, InterruptedException {
    Tool.Outcome outcome = exportAll(folder);
    List<String> lines = outcome.output().lines().toList();
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(205);
    assertThat(lines).allMatch(line -> line.startsWith("ok ") || line.startsWith("refused "));
    assertThat(lines.stream().filter(line -> line.startsWith("ok ")).count()).isEqualTo(148);
    String name = "pydicom--SC_rgb_rle_2frame.dcm";
    assertThat(folder.resolve(name + ".2.raw")).hasSize(100 * 100 * 3);
    assertThat(Files.readString(folder.resolve(name + ".json")))
        .contains("\"frames\":2", "\"samples\":3", "\"bits\":8");
  }

  /** Exports all files into a folder, in a process of its own with a heap of 256 MB. */
  static Tool.Outcome exportAll(Path folder) throws IOException, InterruptedException {
    return Tool.run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            ExportAll.class.getName(),
            TestData.interop().toString(),
            folder.toString()));
  }

  /** Run in a process of its own. */
  static final class ExportAll {
    private ExportAll() {}

    public static void main(String[] arguments) throws IOException {
      StoredFrames frames = new StoredFrames(Path.of(arguments[1]), ParseLimits.standard());
      for (Path file : TestData.files(Path.of(arguments[0]))) {
        System.out.println(frames.export(file));
      }
    }
  }
}
