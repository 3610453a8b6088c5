package org.tessera.omni.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.FindingCatalog;
import org.tessera.omni.model.Shown;

/**
 * What each modality of a labelled row shows, as the shared latent space is taught and measured by
 * it.
 *
 * <p>Every modality shows the findings that it decides alone, but for those whose labels follow the
 * acquisition. Phantoms also show what several modalities share (sex, a pacemaker, a cough that is
 * heard), as {@code shows} of their {@code case.json} says.
 */
public final class ShownFacts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Map<Modality, Shown>> rows = new HashMap<>();

  private ShownFacts() {}

  /** What all the examples show. */
  static ShownFacts of(List<Example> examples) throws IOException {
    ShownFacts all = new ShownFacts();
    for (Example example : examples) {
      all.rows.put(source(example.row()), of(example.row()));
    }
    return all;
  }

  /** What one modality of an example shows. */
  Shown of(Example example, Modality modality) {
    return rows.getOrDefault(source(example.row()), Map.of())
        .getOrDefault(modality, Shown.NOTHING);
  }

  /**
   * What a row shows, by modality.
   *
   * @throws IOException if a file of a phantom cannot be read
   */
  public static Map<Modality, Shown> of(LabelledRow row) throws IOException {
    Map<Modality, Map<String, String>> facts = new EnumMap<>(Modality.class);
    for (Modality modality : row.files().keySet()) {
      facts.put(modality, decided(row, modality));
    }
    if (row.set().equals("phantom")) {
      shared(row, facts);
    }
    Map<Modality, Shown> shown = new EnumMap<>(Modality.class);
    facts.forEach((modality, each) -> shown.put(modality, new Shown(source(row), each)));
    return shown;
  }

  private static String source(LabelledRow row) {
    return row.set() + "/" + row.id();
  }

  private static Map<String, String> decided(LabelledRow row, Modality modality) {
    Map<String, String> decided = new HashMap<>();
    for (FindingCatalog.Entry finding : FindingCatalog.entries()) {
      String key = finding.profile().key();
      Boolean label = row.labels().get(key);
      boolean alone =
          finding.profile().decidedBy().size() == 1
              && finding.profile().decidedBy().contains(modality);
      if (label != null && alone && !Watch.TRAPS.contains(key)) {
        decided.put(key, label.toString());
      }
    }
    return decided;
  }

  private static void shared(LabelledRow row, Map<Modality, Map<String, String>> facts)
      throws IOException {
    Path any = row.files().values().iterator().next();
    Path truth = any.resolveSibling("case.json");
    if (!Files.exists(truth)) {
      return;
    }
    JsonNode shows = JSON.readTree(truth.toFile()).path("shows");
    facts.forEach(
        (modality, shown) ->
            shows
                .path(modality.wireName())
                .properties()
                .forEach(each -> shown.put(each.getKey(), each.getValue().asText())));
  }
}
