package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;
import org.tessera.dicom.deidentify.ConfidentialityOption;
import org.tessera.dicom.deidentify.Deidentifier;
import org.tessera.dicom.deidentify.Pseudonyms;
import org.tessera.dicom.image.PixelData;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.Spread;

/**
 * {@code burned-in-text}: texts are drawn on real pictures, which go through the whole
 * de-identification as DICOM files; how many of them are blanked, and how much is blanked of the
 * pictures as they were. Pictures, texts and letters are others than those that settings were
 * chosen with. The drawing is ours; the pictures are real.
 */
public final class BurnedInTextBench {
  private static final List<String> SETS =
      List.of("dicom-interop", "cxr-kermany", "cxr-hannover", "cxr-boxes");
  private static final int MOST_OF_A_SET = 40;
  private static final long SEED = 31_338;

  /** Part of the pixels of a text that has to be gone. */
  private static final double COVERED = 0.95;

  private static final double TEXT_GOAL = 0.95;
  private static final double KEPT_GOAL = 0.95;
  private static final String DICOM = SETS.getFirst();

  private final Path work;
  private final int texts;
  private final Map<String, String> workload = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<Double> secondsPerMegapixel = new ArrayList<>();
  private int refused;

  /** Of how many, how many were covered. */
  private record Count(int covered, int of) {
    Count plus(boolean one) {
      return new Count(covered + (one ? 1 : 0), of + 1);
    }

    double share() {
      return of == 0 ? 0 : (double) covered / of;
    }

    @Override
    public String toString() {
      return covered + " of " + of;
    }
  }

  /**
   * Prepares it.
   *
   * @param work an empty folder
   * @param texts how many are drawn
   */
  public BurnedInTextBench(Path work, int texts) {
    this.work = work;
    this.texts = texts;
  }

  /**
   * Runs it.
   *
   * @param data folder of data sets; those that are not there are listed as missing
   * @throws RejectedInputException if there is no picture, or nothing to draw with
   */
  public BenchReport run(Path data, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    List<GreyPicture> pictures = new ArrayList<>();
    for (String set : SETS) {
      if (Files.isDirectory(data.resolve(set))) {
        int most = set.equals(DICOM) ? Integer.MAX_VALUE : MOST_OF_A_SET;
        pictures.addAll(GreyPicture.heldOut(data.resolve(set), most));
      } else {
        missing.add(set);
      }
    }
    DrawnText.Letters letters = DrawnText.Letters.installed();
    if (pictures.isEmpty() || letters.latin().isEmpty()) {
      throw new RejectedInputException(
          pictures.isEmpty()
              ? "There are no pictures in that folder."
              : "None of the fonts is installed: " + String.join(", ", DrawnText.FAMILIES) + ".");
    }
    if (letters.korean().isEmpty()) {
      missing.add(DrawnText.KOREAN + " (Korean letters)");
    }
    Map<String, Count> counts = drawn(pictures, letters, listener);
    Map<String, List<Double>> blanked = plain(pictures, listener);
    return report(pictures, counts, blanked);
  }

  private Map<String, Count> drawn(
      List<GreyPicture> pictures, DrawnText.Letters letters, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    Random random = new Random(SEED);
    Map<String, Count> counts = new LinkedHashMap<>();
    int done = 0;
    while (done < texts) {
      Optional<DrawnText> text =
          DrawnText.on(pictures.get(random.nextInt(pictures.size())), letters, random);
      if (text.isPresent()) {
        listener.at("texts", ++done, texts);
        boolean covered = covered(text.get()) >= COVERED;
        List<String> kinds = new ArrayList<>(List.of("all"));
        kinds.add(text.get().onBorder() ? "on an even ground" : "on anatomy");
        if (text.get().upright()) {
          kinds.add("upright");
        }
        if (text.get().korean()) {
          kinds.add("Korean");
        }
        for (String kind : kinds) {
          counts.put(kind, counts.getOrDefault(kind, new Count(0, 0)).plus(covered));
        }
      }
    }
    return counts;
  }

  /** Of the pixels of a text that are not dark already, the part that is dark afterwards. */
  private double covered(DrawnText text) throws IOException, RejectedInputException {
    byte[] before = text.picture().grey();
    BitSet asked = new BitSet();
    int darkest = darkest(before);
    for (int i : text.pixels().stream().toArray()) {
      asked.set(i, (before[i] & 0xFF) > darkest);
    }
    byte[] after = deidentified(text.picture()).orElse(before);
    long gone = asked.stream().filter(i -> (after[i] & 0xFF) == darkest).count();
    return (double) gone / Math.max(1, asked.cardinality());
  }

  private Map<String, List<Double>> plain(
      List<GreyPicture> pictures, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    Map<String, List<Double>> blanked = new TreeMap<>();
    for (int i = 0; i < pictures.size(); i++) {
      listener.at("pictures", i + 1, pictures.size());
      GreyPicture picture = pictures.get(i);
      byte[] after = deidentified(picture).orElse(picture.grey());
      int changed = 0;
      for (int at = 0; at < after.length; at++) {
        changed += after[at] == picture.grey()[at] ? 0 : 1;
      }
      blanked
          .computeIfAbsent(picture.set(), key -> new ArrayList<>())
          .add((double) changed / after.length);
    }
    return blanked;
  }

  /** The pixels of what is written; empty if it is refused. */
  private Optional<byte[]> deidentified(GreyPicture picture)
      throws IOException, RejectedInputException {
    Path file = work.resolve("picture.dcm");
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(object(picture), TransferSyntax.EXPLICIT_LITTLE);
    }
    Path folder = Files.createTempDirectory(work, "out");
    Deidentifier deidentifier =
        new Deidentifier(
            EnumSet.of(ConfidentialityOption.CLEAN_PIXEL_DATA),
            new Pseudonyms(Pseudonyms.freshKey()),
            folder,
            ParseLimits.standard());
    long began = System.nanoTime();
    Deidentifier.Outcome outcome = deidentifier.clean(file);
    secondsPerMegapixel.add(
        (System.nanoTime() - began) / 1e3 / ((double) picture.width() * picture.height()));
    if (!(outcome instanceof Deidentifier.Written written)) {
      refused++;
      return Optional.empty();
    }
    DicomFile cleaned = DicomFile.read(written.file(), ParseLimits.standard());
    byte[] pixels = PixelData.of(cleaned, ParseLimits.standard()).frame(1).data().clone();
    Files.delete(written.file());
    return Optional.of(pixels);
  }

  private static Attributes object(GreyPicture picture) {
    byte[] pixels = new byte[picture.grey().length + picture.grey().length % 2];
    System.arraycopy(picture.grey(), 0, pixels, 0, picture.grey().length);
    return new Attributes()
        .setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage)
        .setString(Tag.SOPInstanceUID, VR.UI, "2.25.31338.1")
        .setString(Tag.StudyInstanceUID, VR.UI, "2.25.31338.2")
        .setString(Tag.SeriesInstanceUID, VR.UI, "2.25.31338.3")
        .setString(Tag.Modality, VR.CS, "OT")
        .setString(Tag.PatientName, VR.PN, "Bench^Picture")
        .setString(Tag.PatientID, VR.LO, "BENCH-1")
        .setString(Tag.BurnedInAnnotation, VR.CS, "YES")
        .setInteger(Tag.SamplesPerPixel, VR.US, 1)
        .setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2")
        .setInteger(Tag.Rows, VR.US, picture.height())
        .setInteger(Tag.Columns, VR.US, picture.width())
        .setInteger(Tag.BitsAllocated, VR.US, 8)
        .setInteger(Tag.BitsStored, VR.US, 8)
        .setInteger(Tag.HighBit, VR.US, 7)
        .setInteger(Tag.PixelRepresentation, VR.US, 0)
        .setBytes(Tag.PixelData, VR.OB, pixels);
  }

  private static int darkest(byte[] grey) {
    int darkest = 255;
    for (byte value : grey) {
      darkest = Math.min(darkest, value & 0xFF);
    }
    return darkest;
  }

  private BenchReport report(
      List<GreyPicture> pictures,
      Map<String, Count> counts,
      Map<String, List<Double>> blanked) {
    workload.put(
        "texts",
        "drawn on %d real pictures, 8 to 60 pixels high; covered: %.0f %% of a text's pixels and"
            .formatted(pictures.size(), 100 * COVERED)
            + " of those beside them are gone");
    counts.forEach((kind, count) -> workload.put("texts covered, " + kind, count.toString()));
    List<Double> radiographs = new ArrayList<>();
    blanked.forEach(
        (set, shares) -> {
          if (!set.equals(DICOM)) {
            radiographs.addAll(shares);
          }
          workload.put(
              "blanked of pictures as they are, " + set,
              String.format(
                  Locale.ROOT,
                  "%.2f %% (%d pictures, most %.1f %%)",
                  100 * mean(shares),
                  shares.size(),
                  100 * shares.stream().mapToDouble(Double::doubleValue).max().orElse(0)));
        });
    workload.put("refused", Integer.toString(refused));
    List<Goal> goals = new ArrayList<>();
    goals.add(
        new Goal(
            "share of texts covered",
            TEXT_GOAL,
            counts.getOrDefault("all", new Count(0, 0)).share()));
    if (!radiographs.isEmpty()) {
      goals.add(
          new Goal("share of radiographs that stays", KEPT_GOAL, 1 - mean(radiographs)));
    }
    return new BenchReport(
        "burned-in-text",
        Map.of("tessera", "tessera on Java " + Runtime.version()),
        workload,
        List.of(
            new Figure(
                "de-identification of a megapixel",
                "s",
                Spread.of(
                    secondsPerMegapixel.stream().mapToDouble(Double::doubleValue).toArray()),
                null)),
        goals,
        missing);
  }

  private static double mean(List<Double> shares) {
    return shares.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
