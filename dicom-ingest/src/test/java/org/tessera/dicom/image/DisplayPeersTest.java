package org.tessera.dicom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Pnm;
import org.tessera.dicom.TestData;
import org.tessera.dicom.Tool;
import org.tessera.dicom.TransferSyntax;

/**
 * What frames look like, against DCMTK's dcm2pnm and against pydicom's transformations with numpy:
 * the first, middle and last frame of all interoperability files, and drawn images for what these
 * lack.
 */
@Tag("interop")
class DisplayPeersTest {
  private static final ParseLimits LIMITS = ParseLimits.standard();

  /**
   * Where dcm2pnm shows something else, by which paragraph. The other program agrees with us in
   * all but CT0012 in lossy JPEG-LS, which no peer shows in colour (its lossless twins agree).
   * Padding and supplemental palettes are numpy in that program, for pydicom has neither.
   */
  private static final Map<String, String> DCMTK_DIFFERS = new TreeMap<>();

  /** Where pydicom does; DCMTK agrees with us in all but the first. */
  private static final Map<String, String> PYDICOM_DIFFERS = new TreeMap<>();

  static {
    String padding =
        "Pixel padding is not to be shown as if it were image, nor to widen an automatic window"
            + " (PS3.3 C.7.5.1.1.2); DCMTK takes it for values";
    for (String name :
        List.of(
            "explicit_big_endian",
            "explicit_little_endian",
            "implicit_little_endian",
            "fragmented_bot_jpeg_ls.80",
            "fragmented_no_bot_jpeg_ls.80",
            "not_fragmented_bot_jpeg_ls.80")) {
      DCMTK_DIFFERS.put("dicomParser--CT1_UNC." + name + ".dcm", padding);
    }
    String supplemental =
        "Values from 1024 on are colours of a supplemental palette (PS3.3 C.7.6.19); DCMTK shows"
            + " grey only";
    for (String name :
        List.of(
            "fragmented_no_bot_jpeg_ls.81",
            "not_fragmented_bot_jpeg_ls.80",
            "not_fragmented_no_bot_jpeg_ls.80")) {
      DCMTK_DIFFERS.put("dicomParser--CT0012." + name + ".dcm", supplemental);
    }
    PYDICOM_DIFFERS.put(
        "dicomParser--CT0012.fragmented_no_bot_jpeg_ls.81.dcm",
        "GDCM 3.0 joins the fragments of a frame only with a table (PS3.5 A.4)");
    String swapped =
        "The writer swapped 32 bits as a whole, as the same dose in little endian shows; DCMTK"
            + " swaps words of 16 bits (PS3.5 7.3)";
    DCMTK_DIFFERS.put("pydicom--rtdose_expb.dcm", swapped);
    DCMTK_DIFFERS.put("pydicom--rtdose_expb_1frame.dcm", swapped);
    DCMTK_DIFFERS.put(
        "window exact, narrow",
        "LINEAR_EXACT has its own formula (PS3.3 C.11.2.1.3.2); DCMTK 3.6.7 takes it for LINEAR");
    DCMTK_DIFFERS.put(
        "window, rescale",
        "Rescaled values are real numbers (PS3.3 C.11.1.1.2); DCMTK rounds them to integers");
    DCMTK_DIFFERS.put(
        "palette with an overlay",
        "Overlays lie over any image (PS3.3 C.9.2); DCMTK draws them over grey ones only");
    for (String name :
        List.of(
            "padding in a window",
            "padding in no window",
            "padding, a range of it, MONOCHROME1")) {
      DCMTK_DIFFERS.put(name, padding);
    }
    PYDICOM_DIFFERS.put(
        "VOI LUT signed",
        "A table may have more entries than an entry has values (PS3.3 C.11.2.1.1); pydicom 2.3"
            + " indexes it in the type of its entries");
  }

  /** A frame as we show it, without and with its overlays. */
  private record Ours(
      String name,
      Path file,
      int frame,
      List<String> options,
      boolean ybr,
      RenderedFrame plain,
      RenderedFrame drawn) {

    String verdict(
        RenderedFrame ours, Optional<byte[]> theirs, Map<String, String> exceptions) {
      if (theirs.isEmpty()) {
        return "not shown";
      }
      int largest = largest(ours.levels(), theirs.get());
      if (largest > 1) {
        return exceptions.containsKey(name) ? "excepted" : different(largest);
      }
      return largest == 0 ? "equal" : "within one level";
    }

    private String different(int levels) {
      return "different by " + levels;
    }
  }

  @TempDir private Path folder;
  private String python = "";

  @BeforeEach
  void peers() throws IOException, InterruptedException {
    Dcm2pnm.require();
    python = Tool.pythonWithPydicom();
  }

  @Test
  void interopFilesAreShownWithinOneLevelOfDcmtkAndPydicom()
      throws IOException, InterruptedException {
    List<Ours> frames = new ArrayList<>();
    List<Path> refused = new ArrayList<>();
    for (Path file : TestData.interopFiles()) {
      String name = String.valueOf(file.getFileName());
      try {
        frames.addAll(ours(name, file, Optional.empty()));
      } catch (RejectedInputException e) {
        refused.add(file);
      }
    }
    for (Path file : refused) {
      assertThat(new Dcm2pnm(file, folder).shown(List.of())).as(file.toString()).isEmpty();
    }
    Map<String, Integer> verdicts = compare(frames, "display-peers.md");
    assertThat(frames.stream().map(Ours::name).distinct().count() + refused.size())
        .isEqualTo(TestData.interopFiles().size());
    assertThat(verdicts.getOrDefault("DCMTK equal", 0)).isGreaterThanOrEqualTo(70);
    assertThat(verdicts.getOrDefault("pydicom equal", 0)).isGreaterThanOrEqualTo(120);
  }

  @Test
  void drawnImagesAreShownWithinOneLevelOfDcmtkAndPydicom()
      throws IOException, InterruptedException, RejectedInputException {
    List<Ours> frames = new ArrayList<>();
    for (Map.Entry<String, DrawnImages.Drawn> drawn : DrawnImages.all().entrySet()) {
      Path file = folder.resolve("drawn" + frames.size() + ".dcm");
      try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
        out.writeFile(drawn.getValue().image(), TransferSyntax.EXPLICIT_LITTLE);
      }
      frames.addAll(ours(drawn.getKey(), file, Optional.of(drawn.getValue())));
    }
    compare(frames, "display-drawn.md");
  }

  private static List<Ours> ours(String name, Path file, Optional<DrawnImages.Drawn> drawn)
      throws IOException, RejectedInputException {
    DicomFile dicom = DicomFile.read(file, LIMITS);
    FrameRenderer renderer = FrameRenderer.of(dicom, LIMITS);
    List<Ours> ours = new ArrayList<>();
    int last = renderer.frames();
    for (int frame : new TreeSet<>(List.of(1, (last + 1) / 2, last))) {
      RenderedFrame plain = renderer.withoutOverlays().render(frame);
      List<String> asked =
          drawn.isPresent()
              ? drawn.get().options(frame)
              : Dcm2pnm.options(dicom.dataset(), frame, plain.channels() == 3);
      boolean ybr =
          dicom
              .dataset()
              .string(org.tessera.dicom.Tag.PhotometricInterpretation)
              .orElse("")
              .startsWith("YBR");
      ours.add(new Ours(name, file, frame, asked, ybr, plain, renderer.render(frame)));
    }
    return ours;
  }

  private Map<String, Integer> compare(List<Ours> frames, String table)
      throws IOException, InterruptedException {
    List<Optional<byte[]>> pydicom = pydicom(frames);
    Map<String, Integer> verdicts = new TreeMap<>();
    Map<String, String> rows = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      Ours ours = frames.get(i);
      Optional<Dcm2pnm.Shown> shown =
          new Dcm2pnm(ours.file(), folder).shown(ours.options());
      String dcmtk =
          ours.verdict(ours.drawn(), shown.map(s -> levels(s.picture())), DCMTK_DIFFERS);
      if (dcmtk.equals(ours.different(2)) && shown.orElseThrow().decodedBy().equals("GDCM")
          && ours.ybr()) {
        dcmtk = "within two levels (YBR decoded by GDCM)";
      }
      String numpy = ours.verdict(ours.plain(), pydicom.get(i), PYDICOM_DIFFERS);
      verdicts.merge("DCMTK " + dcmtk, 1, Integer::sum);
      verdicts.merge("pydicom " + numpy, 1, Integer::sum);
      String row =
          "| %s | %d | %s | %s | %s | %s |"
              .formatted(
                  ours.name(),
                  ours.frame(),
                  String.join(" ", ours.options()),
                  shown.map(Dcm2pnm.Shown::decodedBy).orElse(""),
                  dcmtk,
                  numpy);
      rows.put(ours.name() + "\t" + ours.frame(), row);
      boolean alone = !isGood(dcmtk) && !isGood(numpy) && !isExcepted(dcmtk, numpy);
      if (dcmtk.startsWith("different") || numpy.startsWith("different") || alone) {
        wrong.add(row);
      }
    }
    String report = report(verdicts, rows);
    Files.writeString(Path.of("target", table), report);
    System.out.println(verdicts);
    assertThat(wrong).isEmpty();
    return verdicts;
  }

  private static boolean isGood(String verdict) {
    return verdict.equals("equal") || verdict.startsWith("within");
  }

  private static boolean isExcepted(String dcmtk, String numpy) {
    return dcmtk.equals("excepted") && numpy.equals("excepted");
  }

  private static byte[] levels(Pnm picture) {
    int count = picture.width() * picture.height() * picture.channels();
    byte[] levels = new byte[count];
    System.arraycopy(picture.bytes(), picture.at(), levels, 0, count);
    return levels;
  }

  private static int largest(byte[] ours, byte[] theirs) {
    if (ours.length != theirs.length) {
      return 256;
    }
    int largest = 0;
    for (int i = 0; i < ours.length; i++) {
      largest = Math.max(largest, Math.abs((ours[i] & 0xFF) - (theirs[i] & 0xFF)));
    }
    return largest;
  }

  private List<Optional<byte[]>> pydicom(List<Ours> frames)
      throws IOException, InterruptedException {
    Path program = folder.resolve("peer_display.py");
    try (var in = Attributes.class.getResourceAsStream("peer_display.py")) {
      Files.copy(Objects.requireNonNull(in), program);
    }
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < frames.size(); i++) {
      lines.append(frames.get(i).file()).append('\t').append(frames.get(i).frame());
      lines.append('\t').append(folder.resolve("peer" + i)).append('\n');
    }
    Path list = Files.writeString(folder.resolve("list"), lines);
    Tool.Outcome outcome = Tool.run(List.of(python, program.toString(), list.toString()));
    List<String> answers =
        outcome.output().lines().filter(line -> line.matches("ok|none .*")).toList();
    assertThat(answers).as(outcome.output()).hasSameSizeAs(frames);
    List<Optional<byte[]>> shown = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      shown.add(
          answers.get(i).equals("ok")
              ? Optional.of(Files.readAllBytes(folder.resolve("peer" + i)))
              : Optional.empty());
    }
    return shown;
  }

  private static String report(Map<String, Integer> verdicts, Map<String, String> rows) {
    StringBuilder report = new StringBuilder();
    verdicts.forEach(
        (verdict, count) -> report.append("- %s: %d frames%n".formatted(verdict, count)));
    report.append("\n| file | frame | dcm2pnm | decoded by | DCMTK | pydicom |\n");
    report.append("|---|---|---|---|---|---|\n");
    rows.values().forEach(row -> report.append(row).append('\n'));
    report.append('\n');
    DCMTK_DIFFERS.forEach((name, why) -> report.append("- %s: %s.%n".formatted(name, why)));
    PYDICOM_DIFFERS.forEach((name, why) -> report.append("- %s: %s.%n".formatted(name, why)));
    return report.toString();
  }
}
