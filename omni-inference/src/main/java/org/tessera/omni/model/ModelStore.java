package org.tessera.omni.model;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.Modality;

/**
 * A model as three files: {@code model.json} (sizes, card, calibration, profiles, and the SHA-256
 * of the other two), {@code weights.safetensors} (matrices F16 if they were rounded to it, else all
 * F32) and {@code memory.safetensors} (matrices F16).
 */
public final class ModelStore {
  private static final String CARD = "model.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String MEMORY = "memory.safetensors";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ModelStore() {}

  /**
   * The model that ships with the project, ready to run.
   *
   * @throws IOException if it is missing or its checksums are wrong
   */
  public static OmniModel shipped() throws IOException {
    return new EmbeddedModel(shippedBundle());
  }

  /** The files of the model that ships. */
  public static ModelBundle shippedBundle() throws IOException {
    return read(
        name -> {
          try (InputStream in = ModelStore.class.getResourceAsStream("shipped/" + name)) {
            if (in == null) {
              throw new IOException("The shipped model has no " + name + ".");
            }
            return in.readAllBytes();
          }
        });
  }

  /** A model of a folder, ready to run. */
  public static OmniModel load(Path folder) throws IOException {
    return new EmbeddedModel(bundle(folder));
  }

  /** The files of a model of a folder. */
  public static ModelBundle bundle(Path folder) throws IOException {
    return read(name -> Files.readAllBytes(folder.resolve(name)));
  }

  /** Writes a model into a folder. */
  public static void save(ModelBundle bundle, Path folder) throws IOException {
    Files.createDirectories(folder);
    byte[] weights = weights(bundle);
    byte[] memory = Safetensors.write(bundle.memory().tensors(), true);
    Files.write(folder.resolve(WEIGHTS), weights);
    Files.write(folder.resolve(MEMORY), memory);
    Files.writeString(folder.resolve(CARD), card(bundle, weights, memory) + "\n");
  }

  /** SHA-256 of the weights as they are written. */
  public static String hash(ModelBundle bundle) {
    return sha256(weights(bundle));
  }

  private static byte[] weights(ModelBundle bundle) {
    return Safetensors.write(bundle.weights(), Safetensors.isRounded(bundle.weights()));
  }

  private interface Source {
    byte[] read(String name) throws IOException;
  }

  private static ModelBundle read(Source source) throws IOException {
    JsonNode card = JSON.readTree(source.read(CARD));
    byte[] weights = checked(source, WEIGHTS, card);
    byte[] memory = checked(source, MEMORY, card);
    List<FindingProfile> profiles = new ArrayList<>();
    for (JsonNode each : card.path("findings")) {
      profiles.add(profile(each));
    }
    Map<String, CalibrationCurve> calibration = new LinkedHashMap<>();
    for (JsonNode each : card.path("findings")) {
      calibration.put(each.path("key").asText(), calibration(each));
    }
    return new ModelBundle(
        card.path("name").asText(),
        card.path("version").asText(),
        config(card.path("config")),
        card.path("intendedUse").asText(),
        strings(card.path("trainedOn")),
        strings(card.path("limits")),
        calibration,
        profiles,
        Safetensors.read(weights),
        new TrainingMemory(Safetensors.read(memory)));
  }

  /** Models written before there was a choice have experts and attention weights per group. */
  private static ModelConfig config(JsonNode node) throws IOException {
    ObjectNode config = node.deepCopy();
    if (!config.hasNonNull("architecture")) {
      config.put("architecture", Architecture.MOE_MOT.name());
    }
    return JSON.treeToValue(config, ModelConfig.class);
  }

  private static CalibrationCurve calibration(JsonNode finding) throws IOException {
    if (finding.hasNonNull("calibration")) {
      return JSON.treeToValue(finding.get("calibration"), CalibrationCurve.class);
    }
    // Models written before it could bend have a straight line.
    double scale = finding.path("scale").asDouble(1);
    if (!(scale > 0)) {
      throw new IOException("The model's calibration is damaged: a scale is not above 0.");
    }
    double shared = finding.path("covariance").asDouble();
    return new CalibrationCurve(
        List.of(),
        List.of(scale),
        finding.path("shift").asDouble(0),
        finding.hasNonNull("covariance")
            ? List.of(
                finding.path("scaleVariance").asDouble(),
                shared,
                shared,
                finding.path("shiftVariance").asDouble())
            : List.of());
  }

  private static byte[] checked(Source source, String name, JsonNode card) throws IOException {
    byte[] bytes = source.read(name);
    if (!sha256(bytes).equals(card.path("sha256").path(name).asText())) {
      throw new IOException("The model's " + name + " is damaged: its checksum is wrong.");
    }
    return bytes;
  }

  private static String card(ModelBundle bundle, byte[] weights, byte[] memory)
      throws IOException {
    ObjectNode card = JSON.createObjectNode();
    card.put("name", bundle.name());
    card.put("version", bundle.version());
    card.put("intendedUse", bundle.intendedUse());
    card.set("trainedOn", JSON.valueToTree(bundle.trainedOn()));
    card.set("limits", JSON.valueToTree(bundle.limits()));
    card.set("config", JSON.valueToTree(bundle.config()));
    card.putObject("sha256").put(WEIGHTS, sha256(weights)).put(MEMORY, sha256(memory));
    var findings = card.putArray("findings");
    for (FindingProfile profile : bundle.profiles()) {
      ObjectNode node = json(profile);
      CalibrationCurve calibration =
          bundle.calibration().getOrDefault(profile.key(), CalibrationCurve.NONE);
      node.set("calibration", JSON.valueToTree(calibration));
      findings.add(node);
    }
    return JSON.writeValueAsString(card);
  }

  private static ObjectNode json(FindingProfile profile) {
    ObjectNode node = JSON.createObjectNode();
    node.put("key", profile.key());
    node.set("code", JSON.valueToTree(profile.code()));
    Set<String> decidedBy = new TreeSet<>();
    profile.decidedBy().forEach(each -> decidedBy.add(each.wireName()));
    node.set("decidedBy", JSON.valueToTree(decidedBy));
    node.put("disagreement", profile.disagreement());
    node.put("subject", profile.subject());
    node.put("phantom", profile.phantom());
    profile
        .operatingPoint()
        .ifPresent(each -> node.set("operatingPoint", JSON.valueToTree(each)));
    profile.competence().ifPresent(each -> node.set("competence", JSON.valueToTree(each)));
    node.set("thresholds", JSON.valueToTree(new TreeMap<>(profile.thresholds())));
    return node;
  }

  private static FindingProfile profile(JsonNode node) throws IOException {
    Set<Modality> decidedBy = EnumSet.noneOf(Modality.class);
    for (JsonNode each : node.path("decidedBy")) {
      decidedBy.add(Modality.ofWireName(each.asText()));
    }
    Map<String, Double> thresholds =
        JSON.convertValue(node.path("thresholds"), new TypeReference<Map<String, Double>>() {});
    return new FindingProfile(
        node.path("key").asText(),
        JSON.treeToValue(node.path("code"), Coding.class),
        decidedBy,
        node.path("disagreement").asBoolean(),
        node.path("subject").asText(),
        node.path("phantom").asBoolean(),
        optional(node, "operatingPoint", OperatingPoint.class),
        optional(node, "competence", Competence.class),
        thresholds);
  }

  private static <T> Optional<T> optional(JsonNode node, String name, Class<T> type)
      throws IOException {
    return node.hasNonNull(name)
        ? Optional.of(JSON.treeToValue(node.path(name), type))
        : Optional.empty();
  }

  private static List<String> strings(JsonNode node) {
    List<String> strings = new ArrayList<>();
    node.forEach(each -> strings.add(each.asText()));
    return strings;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
