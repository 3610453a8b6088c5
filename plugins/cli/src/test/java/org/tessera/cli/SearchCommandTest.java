package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.omni.model.Initialization;
import org.tessera.omni.model.ModelConfig;
import org.tessera.omni.model.ModelStore;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.model.ShippedCard;

/** The search with an untrained model: what it finds means nothing, that it finds is asked. */
class SearchCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder = Path.of("");

  private static Path data = Path.of("");
  private static Path phantom = Path.of("");

  @BeforeAll
  static void index() throws IOException {
    data = folder.resolve("phantoms");
    Shell.run("phantom", "--n", "8", "--seed", "3", "--out", data.toString());
    phantom = data.resolve("train-00000");
    ModelConfig config = ModelConfig.shipped();
    model("model", config, Initialization.of(config, 1));
    model("other", config, Initialization.of(config, 2));
    Map<String, Tensor> old = new TreeMap<>(Initialization.of(config, 1));
    old.keySet().removeIf(name -> name.startsWith("latent."));
    model("old", config, old);
    Shell made =
        search("index", "--data", data.toString(), "--out", at("index"), "--model", at("model"));
    assertThat(made.err()).isEmpty();
    assertThat(made.exit()).isZero();
    assertThat(made.out().getFirst()).matches("indexed 8 cases, \\d+ vectors; left out 0");
  }

  private static void model(String name, ModelConfig config, Map<String, Tensor> weights)
      throws IOException {
    ModelStore.save(
        ShippedCard.unmeasured("test", config, weights, List.of("nothing")),
        folder.resolve(name));
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static Shell search(String... args) {
    List<String> all = new ArrayList<>(List.of("search"));
    all.addAll(List.of(args));
    return Shell.run(all.toArray(String[]::new));
  }

  private static Shell ask(String... args) {
    List<String> all = new ArrayList<>(List.of("--index", at("index"), "--model", at("model")));
    all.addAll(List.of(args));
    return search(all.toArray(String[]::new));
  }

  private static String file(String name) {
    return phantom.resolve(name).toString();
  }

  private static String someoneElse(String name) {
    return data.resolve("train-00001").resolve(name).toString();
  }

  @Test
  void aCaseIsFoundByItsOwnImageNoteAndSound() throws IOException {
    Map<String, String> files =
        Map.of("--dicom", "image.dcm", "--note", "note.txt", "--audio", "sound.wav");
    for (Map.Entry<String, String> each : files.entrySet()) {
      Shell shell = ask(each.getKey(), file(each.getValue()), "--json");
      assertThat(shell.err()).isEmpty();
      JsonNode first = JSON.readTree(String.join("\n", shell.out())).at("/hits/0");
      assertThat(first.path("case").asText()).isEqualTo("train-00000");
      assertThat(first.path("similarity").asDouble()).isCloseTo(1, within(1e-4));
      assertThat(first.path("labels").size()).isPositive();
    }
  }

  @Test
  void imageAndWordsTogetherFindOneModalityNearestFirst() throws IOException {
    Shell shell =
        ask(
            "--dicom", file("image.dcm"), "--text", "Fever for three days.",
            "--modality", "audio", "-k", "3", "--json");
    assertThat(shell.exit()).isZero();
    JsonNode found = JSON.readTree(String.join("\n", shell.out()));
    assertThat(found.path("query").toString()).isEqualTo("[\"image\",\"note\"]");
    Set<String> cases = new HashSet<>();
    double before = 1;
    for (JsonNode hit : found.path("hits")) {
      assertThat(hit.path("modality").asText()).isEqualTo("audio");
      assertThat(hit.path("similarity").asDouble()).isLessThanOrEqualTo(before);
      before = hit.path("similarity").asDouble();
      cases.add(hit.path("case").asText());
    }
    assertThat(cases).hasSize(3);
  }

  @Test
  void theSameQuestionHasTheSameAnswer() {
    Shell first = ask("--note", file("note.txt"));
    assertThat(first.exit()).isZero();
    assertThat(first.out()).hasSizeGreaterThan(3);
    assertThat(ask("--note", file("note.txt")).out()).isEqualTo(first.out());
  }

  @Test
  void whatCannotBeSearchedIsRefusedInOneSentence() throws IOException {
    Path broken = folder.resolve("broken.png");
    Files.writeString(broken, "no picture");
    List<Shell> refused =
        List.of(
            search("--note", file("note.txt")),
            ask(),
            ask("--text", "words", "-k", "0"),
            ask("--text", "words", "--modality", "smell"),
            ask("--text", "   "),
            ask("--image", broken.toString()),
            ask("--note", at("absent.txt")),
            ask("--dicom", file("image.dcm"), "--fhir", someoneElse("record.json")),
            search("--index", at("absent"), "--model", at("model"), "--text", "words"),
            search("--index", at("index"), "--model", at("other"), "--text", "words"),
            search("index", "--data", at("absent"), "--out", at("new"), "--model", at("model")),
            search("index", "--data", data.toString(), "--out", data.toString(), "--model",
                at("model")));
    for (Shell shell : refused) {
      assertThat(shell.exit()).isEqualTo(2);
      assertThat(shell.out()).isEmpty();
      assertThat(shell.err()).startsWith("tessera: ").doesNotContain("Exception", "\tat ");
      assertThat(shell.err().lines().findFirst().orElseThrow()).endsWith(".");
    }
  }

  @Test
  void aModelOfBeforeTheSharedSpaceIsRefused() {
    Shell shell =
        search("index", "--data", data.toString(), "--out", at("never"), "--model", at("old"));
    assertThat(shell.exit()).isEqualTo(2);
    assertThat(shell.err().strip())
        .isEqualTo(
            "tessera: This model has no shared latent space; train it again to search with it.");
  }

  @Test
  void recallIsMeasuredOnPhantoms() throws IOException {
    Path figures = folder.resolve("figures.json");
    Shell shell =
        search(
            "evaluate", "--data", data.toString(), "--split", "train", "--out",
            figures.toString(), "--model", at("model"));
    assertThat(shell.err()).isEmpty();
    assertThat(shell.exit()).isZero();
    assertThat(shell.out().getFirst()).contains("recall@10", "chance");
    JsonNode scores = JSON.readTree(figures.toFile()).path("scores");
    assertThat(scores.size()).isPositive();
    for (JsonNode score : scores) {
      assertThat(score.path("recall").asDouble()).isBetween(0.0, 1.0);
      assertThat(score.path("chance").asDouble()).isBetween(0.0, 1.0);
    }
  }
}
