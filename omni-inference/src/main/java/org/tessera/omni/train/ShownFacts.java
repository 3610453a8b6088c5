package org.tessera.omni.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.FindingCatalog;
import org.tessera.omni.model.Shown;

/**
 * What each modality of a labelled row shows, as the shared latent space is taught and measured by
 * it.
 *
 * <p>Every modality shows the findings that it decides alone, but for those whose labels follow the
 * acquisition. Phantoms also show what several modalities share: sex (image, note, record), a
 * pacemaker (image, note, record) and whether there is a cough (sound, note, record). Image and
 * sound show what the phantom is; a note or a record shows what it says: without a word about a
 * pacemaker it counts as none, without a word about a cough or the sex it shows nothing of it.
 */
public final class ShownFacts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SEX = "sex";
  private static final String PACEMAKER = "pacemaker";
  private static final String COUGH = "cough-heard";
  private static final String PACEMAKER_CODE = "\"441509002\"";
  private static final String COUGH_CODE = "\"49727002\"";
  private static final Pattern PACED =
      Pattern.compile("pacemaker|\\bPPM\\b|\\bpaced\\b|박동기", Pattern.CASE_INSENSITIVE);
  private static final Pattern COUGHED =
      Pattern.compile("cough|기침", Pattern.CASE_INSENSITIVE);
  private static final Pattern SEXED =
      Pattern.compile(
          "\\b(he|she|his|her|man|woman|male|female)\\b|남성|여성", Pattern.CASE_INSENSITIVE);

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
    JsonNode causes = JSON.readTree(Files.readAllBytes(truth)).path("causes");
    Map<String, String> real = new HashMap<>();
    if (causes.has("sex")) {
      real.put(SEX, causes.path("sex").asText());
    }
    if (causes.has("pacemaker")) {
      real.put(PACEMAKER, Boolean.toString(causes.path("pacemaker").asBoolean()));
    }
    if (causes.has("coughs")) {
      real.put(COUGH, Boolean.toString(causes.path("coughs").asInt() > 0));
    }
    show(facts, Modality.IMAGE, real, SEX);
    show(facts, Modality.IMAGE, real, PACEMAKER);
    show(facts, Modality.AUDIO, real, COUGH);
    show(facts, Modality.RECORD, real, SEX);
    Path note = row.files().get(Modality.NOTE);
    if (note != null) {
      String text = Files.readString(note, StandardCharsets.UTF_8);
      if (SEXED.matcher(text).find()) {
        show(facts, Modality.NOTE, real, SEX);
      }
      if (COUGHED.matcher(text).find()) {
        show(facts, Modality.NOTE, real, COUGH);
      }
      stated(facts, Modality.NOTE, real, PACED.matcher(text).find());
      Map<String, String> said = facts.get(Modality.NOTE);
      if (said != null && causes.has("fever")) {
        said.put("fever", Boolean.toString(causes.path("fever").asText().equals("asserted")));
      }
    }
    Path chart = row.files().get(Modality.RECORD);
    if (chart != null) {
      String text = Files.readString(chart, StandardCharsets.UTF_8);
      if (text.contains(COUGH_CODE)) {
        show(facts, Modality.RECORD, real, COUGH);
      }
      stated(facts, Modality.RECORD, real, text.contains(PACEMAKER_CODE));
    }
  }

  private static void show(
      Map<Modality, Map<String, String>> facts,
      Modality modality,
      Map<String, String> real,
      String name) {
    Map<String, String> shown = facts.get(modality);
    String value = real.get(name);
    if (shown != null && value != null) {
      shown.put(name, value);
    }
  }

  private static void stated(
      Map<Modality, Map<String, String>> facts,
      Modality modality,
      Map<String, String> real,
      boolean mentioned) {
    Map<String, String> shown = facts.get(modality);
    if (shown != null && real.containsKey(PACEMAKER)) {
      shown.put(PACEMAKER, Boolean.toString(mentioned));
    }
  }
}
