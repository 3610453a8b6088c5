package org.tessera.omni.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.FindingCatalog;

/**
 * Reads the data sets that teach or measure findings: any of {@code cxr-kermany}, {@code
 * cough-events}, {@code cough-covid}, {@code pathology-tiles}, and phantoms (any folder whose
 * manifest has phantom columns), each a folder with a {@code manifest.csv}.
 *
 * <p>What a source does not label stays unlabelled: bacterial against viral is asked of pneumonia
 * only, and tissue of the colon is not asked about the lung.
 */
public final class LabelledData {
  private static final List<String> PHANTOM_FINDINGS =
      FindingCatalog.keys().stream().filter(each -> each.startsWith("phantom-")).toList();

  private static final List<String> PHANTOM_SIGNS =
      List.of(
          PhantomLabels.NOTE_FEVER, PhantomLabels.NOTE_CRACKLES, PhantomLabels.RECORD_OPACITY);

  private static final Set<String> REAL_SETS =
      Set.of("cxr-kermany", "cough-events", "cough-covid", "pathology-tiles");

  private LabelledData() {}

  /**
   * Reads all known data sets below a folder.
   *
   * @param data a folder of data sets, or one data set
   * @return rows in the order of the manifests; sets in the order of their names
   * @throws RejectedInputException if there is no such folder, nothing known is in it, or a
   *     manifest has not the columns of its set
   * @throws IOException if a manifest cannot be read
   */
  public static List<LabelledRow> read(Path data) throws IOException, RejectedInputException {
    if (!Files.isDirectory(data)) {
      throw new RejectedInputException("The data are not in a folder of that name.");
    }
    List<LabelledRow> rows = new ArrayList<>();
    try {
      for (Path folder : folders(data)) {
        rows.addAll(readSet(folder));
      }
    } catch (IllegalArgumentException e) {
      throw new RejectedInputException("A manifest of the data has not the columns of its set.", e);
    } catch (CSVException e) {
      throw new RejectedInputException("A manifest of the data is no table of its set.", e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException) {
        throw new RejectedInputException("A manifest of the data is no table of its set.", e);
      }
      throw e.getCause();
    }
    if (rows.isEmpty()) {
      throw new RejectedInputException("No labelled data set was found in that folder.");
    }
    return rows;
  }

  private static List<Path> folders(Path data) throws IOException {
    if (Files.exists(data.resolve("manifest.csv"))) {
      return List.of(data);
    }
    try (var entries = Files.list(data)) {
      return entries.filter(each -> Files.exists(each.resolve("manifest.csv"))).sorted().toList();
    }
  }

  private static List<LabelledRow> readSet(Path folder) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    List<LabelledRow> rows = new ArrayList<>();
    try (CSVParser parser =
        CSVParser.parse(folder.resolve("manifest.csv"), StandardCharsets.UTF_8, format)) {
      boolean phantoms = parser.getHeaderNames().contains("phantom-opacity");
      String set = phantoms ? "phantom" : String.valueOf(folder.getFileName());
      if (!phantoms && !REAL_SETS.contains(set)) {
        return List.of();
      }
      for (CSVRecord line : parser) {
        LabelledRow row = phantoms ? phantom(folder, line) : real(folder, set, line);
        if (!row.labels().isEmpty()) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static LabelledRow real(Path folder, String set, CSVRecord line) {
    Map<String, Boolean> labels = new HashMap<>();
    Map<String, String> strata = new HashMap<>();
    String label = line.get("label");
    Modality modality =
        switch (set) {
          case "cxr-kermany" -> {
            boolean pneumonia = !label.equals("normal");
            labels.put("pneumonia", pneumonia);
            if (pneumonia) {
              labels.put("bacterial-pneumonia", label.equals("bacterial-pneumonia"));
            }
            strata.put("view", line.get("view"));
            yield Modality.IMAGE;
          }
          case "cough-events" -> {
            labels.put("cough", label.equals("cough"));
            yield Modality.AUDIO;
          }
          case "cough-covid" -> {
            labels.put("covid-cough", label.equals("covid-19"));
            strata.put("channel", line.get("channel"));
            yield Modality.AUDIO;
          }
          case "pathology-tiles" -> {
            if (line.get("source").contains("lung") && !label.contains("colon")) {
              labels.put("adenocarcinoma", label.equals("adenocarcinoma"));
              labels.put("squamous-cell-carcinoma", label.equals("squamous-cell-carcinoma"));
            }
            yield Modality.SLIDE;
          }
          default -> Modality.IMAGE;
        };
    String patient =
        line.isMapped("patient_id")
            ? line.get("patient_id")
            : line.isMapped("group") ? line.get("group") : line.get("file");
    String id = line.isMapped("id") ? line.get("id") : line.get("file");
    return new LabelledRow(
        set,
        id,
        labels.isEmpty() ? Map.of() : Map.of(modality, folder.resolve(line.get("file"))),
        patient,
        line.get("split"),
        labels,
        strata);
  }

  private static LabelledRow phantom(Path folder, CSVRecord line) {
    Map<Modality, Path> files = new EnumMap<>(Modality.class);
    for (Modality modality : Modality.values()) {
      String column = modality.wireName();
      if (line.isMapped(column) && !line.get(column).isBlank()) {
        files.put(modality, folder.resolve(line.get(column)));
      }
    }
    Map<String, Boolean> labels = new HashMap<>();
    for (String finding : PHANTOM_FINDINGS) {
      if (line.isMapped(finding) && !line.get(finding).isBlank()) {
        labels.put(finding, line.get(finding).equals("1"));
      }
    }
    Map<String, Boolean> signs = new HashMap<>();
    for (String sign : PHANTOM_SIGNS) {
      if (line.isMapped(sign)) {
        signs.put(sign, line.get(sign).equals("1"));
      }
    }
    Map<String, String> looks = new HashMap<>();
    for (String look : PhantomLabels.LOOKS) {
      if (line.isMapped(look) && !line.get(look).isBlank()) {
        looks.put(look, line.get(look));
      }
    }
    return new LabelledRow(
        "phantom",
        line.get("id"),
        files,
        line.get("patient_id"),
        line.get("split"),
        labels,
        Map.of("view", line.get("view"), "machine", line.get("machine")),
        signs,
        looks);
  }
}
