package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;

/**
 * Stored values of all interoperability files, exported under a heap of 256 MB, against every
 * decoding that pydicom (with GDCM and Pillow), GDCM and DCMTK have for them.
 */
@org.junit.jupiter.api.Tag("interop")
class PixelPeersTest {

  /** Peers that are wrong about a file, and by which paragraph. */
  private static final Map<String, Set<String>> WRONG_PEERS =
      Map.of(
          // RLE segments go from the most significant byte to the least (PS3.5 G.2); GDCM takes
          // them in the order of the machine. DCMTK and pydicom agree with us.
          "pydicom--SC_rgb_rle_16bit.dcm", Set.of("gdcmconv"),
          // 32 bits in OW are two words each swapped by itself (PS3.5 7.3), which the writer did
          // not do: only whole swaps give the values of the same dose in little endian and in
          // RLE (rtdose_1frame, rtdose_rle_1frame). So does pydicom.
          "pydicom--rtdose_expb.dcm", Set.of("gdcmconv", "dcmconv"),
          "pydicom--rtdose_expb_1frame.dcm", Set.of("gdcmconv", "dcmconv"),
          // The file ends 62 bytes before its pixels do. GDCM fills up; pydicom and DCMTK refuse
          // as we do, for a value has the length that its header states (PS3.5 7.1.1).
          "pydicom--MR_truncated.dcm", Set.of("gdcmconv"),
          // GDCM 3.0 joins the fragments of a frame only with a table; gdcmconv refuses.
          "dicomParser--CT0012.fragmented_no_bot_jpeg_ls.81.dcm", Set.of("pydicom-gdcm"),
          // Bits Stored is 1, so the values are 0 and 1 (PS3.5 8.1.1); Pillow stretches them.
          "pydicom-data--liver_nonbyte_aligned_j2k.dcm", Set.of("pydicom-pillow"),
          // GDCM reports an error and hands out memory that it never filled.
          "pydicom--JPEG2000-embedded-sequence-delimiter.dcm", Set.of("pydicom-gdcm"));

  private static final Set<String> LOSSY =
      Set.of(
          UID.JPEGBaseline8Bit,
          UID.JPEGExtended12Bit,
          UID.JPEGLSNearLossless,
          UID.JPEG2000,
          UID.HTJ2K);

  /** A file and its peers' largest differences from us. */
  private record Line(String name, String syntax, boolean ours, Map<String, String> peers) {

    static Line parse(String text) {
      String[] columns = text.split("\t");
      Map<String, String> peers = new TreeMap<>();
      for (String peer : Arrays.asList(columns).subList(3, columns.length)) {
        peers.put(peer.substring(0, peer.indexOf('=')), peer.substring(peer.indexOf('=') + 1));
      }
      WRONG_PEERS.getOrDefault(columns[0], Set.of()).forEach(peers::remove);
      return new Line(columns[0], columns[1], columns[2].equals("ok"), peers);
    }

    private boolean isWithin(int levels) {
      return peers.values().stream()
          .allMatch(
              difference ->
                  difference.matches("[0-9].*") && Double.parseDouble(difference) <= levels);
    }

    String verdict() throws IOException, RejectedInputException {
      if (!ours) {
        return peers.isEmpty() ? "refused by both" : "refused by us only";
      }
      if (peers.isEmpty()) {
        return "decoded by us only";
      }
      if (isWithin(0)) {
        return "equal";
      }
      return isWithin(levels()) ? "within tolerance" : "different";
    }

    /** One for lossy compression, two where YBR was turned into RGB, none for the rest. */
    private int levels() throws IOException, RejectedInputException {
      Attributes image = DicomFile.read(TestData.interop(name)).dataset();
      String photometric = image.string(Tag.PhotometricInterpretation).orElse("");
      boolean converted = photometric.startsWith("YBR_") && !photometric.equals("YBR_RCT");
      return converted ? 2 : LOSSY.contains(syntax) ? 1 : 0;
    }
  }

  @Test
  void storedValuesEqualThoseOfEveryPeer(@TempDir Path folder)
      throws IOException, InterruptedException, RejectedInputException {
    String python = Tool.pythonWithPydicom();
    Tool.require("gdcmconv");
    Tool.require("dcmdjpeg");
    Path exported = Files.createDirectory(folder.resolve("exported"));
    Tool.Outcome export = InteropFilesTest.exportAll(exported);
    assertThat(export.exit()).as(export.output()).isZero();
    List<String> wrong = new ArrayList<>();
    Map<String, Map<String, Integer>> table = new TreeMap<>();
    for (Line line : compared(python, exported, folder)) {
      String verdict = line.verdict();
      if (verdict.equals("different") || verdict.equals("refused by us only")) {
        wrong.add(verdict + ": " + line);
      }
      table
          .computeIfAbsent(line.syntax(), syntax -> new TreeMap<>())
          .merge(verdict, 1, Integer::sum);
    }
    String report = report(table);
    Files.writeString(Path.of("target", "pixel-peers.md"), report);
    System.out.println(report);
    assertThat(wrong).isEmpty();
    assertThat(report.lines().filter(row -> row.startsWith("| 1.2.")).count())
        .isGreaterThanOrEqualTo(13);
  }

  private static List<Line> compared(String python, Path exported, Path folder)
      throws IOException, InterruptedException {
    Path program = folder.resolve("peer_pixels.py");
    try (var in = PixelPeersTest.class.getResourceAsStream("peer_pixels.py")) {
      Files.copy(Objects.requireNonNull(in), program);
    }
    Tool.Outcome outcome =
        Tool.run(
            List.of(
                python, program.toString(), TestData.interop().toString(), exported.toString()));
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    List<Line> lines =
        outcome.output().lines().filter(line -> line.contains("\t")).map(Line::parse).toList();
    assertThat(lines).hasSameSizeAs(TestData.interopFiles());
    return lines;
  }

  private static String report(Map<String, Map<String, Integer>> table) {
    List<String> verdicts =
        List.of(
            "equal",
            "within tolerance",
            "different",
            "decoded by us only",
            "refused by us only",
            "refused by both");
    StringBuilder report = new StringBuilder("| transfer syntax | files | ");
    report.append(String.join(" | ", verdicts)).append(" |\n|---|");
    report.append("---|".repeat(verdicts.size() + 1)).append('\n');
    table.forEach(
        (syntax, counts) -> {
          int files = counts.values().stream().mapToInt(Integer::intValue).sum();
          report.append("| ").append(syntax).append(' ').append(name(syntax));
          report.append(" | ").append(files);
          for (String verdict : verdicts) {
            report.append(" | ").append(counts.getOrDefault(verdict, 0));
          }
          report.append(" |\n");
        });
    return report.toString();
  }

  private static String name(String syntax) {
    return UidDictionary.name(syntax).orElse("(not stated)");
  }
}
