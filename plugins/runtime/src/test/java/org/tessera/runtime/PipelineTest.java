package org.tessera.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.validation.phantom.PhantomGenerator;
import org.tessera.validation.phantom.PhantomWorld;

/** Files in, files out, with the real model before its training. */
class PipelineTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path phantom = Path.of("");
  @TempDir private Path folder = Path.of("");

  private static Pipeline pipeline = new Pipeline(UntrainedModel::open);

  @BeforeAll
  static void drawAPhantom() throws IOException {
    PhantomPorts.writer()
        .write(phantom, new PhantomGenerator(7, PhantomWorld.TEST).generate(0));
  }

  @AfterAll
  static void closeTheModel() {
    pipeline.close();
  }

  @Test
  void aPhantomCaseBecomesOneSequenceAndAReport() throws Exception {
    CaseOutcome outcome = analyze(true, whole());
    CaseReport report = outcome.report();
    assertThat(report.status()).isEqualTo(CaseReport.Status.COMPLETED);
    assertThat(report.patientCase().rejected()).isEmpty();
    assertThat(report.tokensByModality().keySet())
        .extracting(each -> each.wireName())
        .contains("image", "note", "audio", "record");
    assertThat(report.findings()).hasSize(12);
    assertThat(outcome.reportFile()).isRegularFile();
    JsonNode result = result();
    for (JsonNode each : result.path("artifacts")) {
      assertThat(out().resolve(each.path("file").asText())).isRegularFile();
    }
    assertThat(Files.readAllLines(out().resolve("sequence.jsonl")))
        .hasSize(result.at("/sequence/length").asInt());
    assertThat(JSON.readTree(out().resolve("bundle.json").toFile()).path("type").asText())
        .isEqualTo("transaction");
  }

  @Test
  void aLoopIsInTheSequenceFrameByFrameAndNothingIsFoundInIt() throws Exception {
    Path loop =
        SharedData.folder().resolve("dicom-interop").resolve("pydicom--examples_ybr_color.dcm");
    Assumptions.assumeTrue(Files.exists(loop), "dicom-interop is not here");
    CaseReport report = analyze(true, new CaseInput(InputKind.DICOM, loop)).report();
    assertThat(report.status()).isEqualTo(CaseReport.Status.COMPLETED);
    assertThat(report.findings())
        .hasSize(12)
        .allSatisfy(
            each -> {
              assertThat(each.status()).isEqualTo(Finding.Status.ABSTAINED);
              assertThat(each.probability()).isEmpty();
              assertThat(each.statusReason().orElseThrow())
                  .contains("never trained on moving pictures");
            });
    List<String> lines = Files.readAllLines(out().resolve("sequence.jsonl"));
    assertThat(lines).hasSize(16);
    JsonNode last = JSON.readTree(lines.getLast()).path("region");
    assertThat(last.path("frame").asInt()).isEqualTo(30);
    assertThat(last.path("seconds").asDouble()).isBetween(0.966, 0.967);
    assertThat(Files.readString(out().resolve("report.html"))).contains("frame 15 of 30 · 0.47 s");
  }

  @Test
  void identifiersFollowTheOrderOfTheInputs() throws Exception {
    CaseReport report =
        analyze(
                false,
                new CaseInput(InputKind.NOTE, phantom.resolve("note.txt")),
                new CaseInput(InputKind.DICOM, phantom.resolve("absent.dcm")),
                new CaseInput(InputKind.AUDIO, phantom.resolve("sound.wav")))
            .report();
    assertThat(report.patientCase().evidence()).extracting(each -> each.id()).contains("I1", "I3");
    assertThat(report.patientCase().rejected())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.id()).isEqualTo("I2");
              assertThat(each.reason()).isEqualTo("There is no such file.");
            });
  }

  @Test
  void badInputsAreRejectedOneByOneWhileTheRestGoesOn() throws Exception {
    Map<String, byte[]> bad =
        Map.of(
            "empty.png", new byte[0],
            "text.dcm", "this is not an image".getBytes(UTF_8),
            "zero.wav", silence(),
            "letter.txt", "a".repeat(5 << 20).getBytes(UTF_8),
            "reference.json", danglingReference(),
            "archive.mp3", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0},
            "truncated.jpg", new byte[] {-1, -40, -1, -32, 0, 16, 'J', 'F', 'I', 'F', 0, 1});
    List<CaseInput> inputs = new ArrayList<>();
    for (Map.Entry<String, byte[]> each : bad.entrySet()) {
      Path file = Files.write(folder.resolve(each.getKey()), each.getValue());
      inputs.add(new CaseInput(kind(each.getKey()), file));
    }
    inputs.add(new CaseInput(InputKind.NOTE, phantom.resolve("note.txt")));
    CaseOutcome outcome = analyze(false, inputs.toArray(CaseInput[]::new));
    assertThat(outcome.completed()).isTrue();
    assertThat(outcome.report().patientCase().evidence()).hasSize(1);
    assertThat(outcome.report().patientCase().rejected()).hasSize(bad.size());
    assertThat(outcome.report().patientCase().rejected())
        .allSatisfy(
            each ->
                assertThat(each.reason())
                    .endsWith(".")
                    .hasSizeBetween(12, 220)
                    .doesNotContain("Exception", "/tmp", "java."));
    assertThat(out().resolve("rejected")).isDirectoryContaining("glob:**.reason.txt");
  }

  @Test
  void aCaseWithoutAnyUsableInputIsStoppedAndSaysSo() throws Exception {
    Path empty = Files.write(folder.resolve("empty.png"), new byte[0]);
    CaseOutcome outcome = analyze(false, new CaseInput(InputKind.IMAGE, empty));
    assertThat(outcome.completed()).isFalse();
    assertThat(result().at("/case/status").asText()).isEqualTo("stopped");
    assertThat(result().at("/case/inputs/0/reason").asText()).isEqualTo("The file is empty.");
    assertThat(out().resolve("bundle.json")).doesNotExist();
  }

  @Test
  void aDraftThatCannotBeReadIsRefusedWithASentence() throws Exception {
    Path draft = folder.resolve("draft.txt");
    Map<byte[], String> refused =
        Map.of(
            new byte[] {(byte) 0xC3, (byte) 0x28}, "The draft is not UTF-8 text.",
            new byte[100_000], "The draft is longer than 80,000 bytes.");
    for (Map.Entry<byte[], String> each : refused.entrySet()) {
      Files.write(draft, each.getKey());
      assertThatThrownBy(() -> withDraft(draft))
          .isInstanceOf(RejectedInputException.class)
          .hasMessage(each.getValue());
    }
    assertThatThrownBy(() -> withDraft(folder.resolve("none.txt")))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage("The draft is not there.");
  }

  private void withDraft(Path draft) throws Exception {
    CaseInput image = new CaseInput(InputKind.DICOM, phantom.resolve("image.dcm"));
    CaseRequest request =
        new CaseRequest(
            List.of(image),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(draft));
    pipeline.analyze(request, out(), false, stage -> {});
  }

  @Test
  void inputsOfTwoPatientsStopTheCaseWhateverItIsCalled() throws Exception {
    Path other = folder.resolve("other");
    PhantomPorts.writer().write(other, new PhantomGenerator(7, PhantomWorld.TEST).generate(1));
    List<CaseInput> inputs =
        List.of(
            new CaseInput(InputKind.DICOM, phantom.resolve("image.dcm")),
            new CaseInput(InputKind.FHIR, other.resolve("record.json")));
    for (Optional<String> name : List.of(Optional.<String>empty(), Optional.of("PHANTOM-1"))) {
      CaseOutcome outcome =
          pipeline.analyze(
              new CaseRequest(inputs, Optional.empty(), name), out(), false, stage -> {});
      assertThat(outcome.completed()).isFalse();
      assertThat(outcome.report().findings()).isEmpty();
      assertThat(result().at("/case/statusReason").asText()).isNotEmpty();
    }
  }

  @Test
  void aManifestGivesIdentityToFilesThatCarryNone() throws Exception {
    CaseOutcome outcome = withManifest("sound.wav,audio,P-7,CLINIC,2026-03-01T08:30:00Z", false);
    assertThat(outcome.completed()).isTrue();
    assertThat(result().at("/case/patient/id").asText()).isEqualTo("P-7");
    assertThat(result().at("/case/patient/issuer").asText()).isEqualTo("CLINIC");
  }

  @Test
  void aManifestThatContradictsAFileStopsTheCase() throws Exception {
    assertThat(withManifest("image.dcm,dicom,P-7,,", true).completed()).isFalse();
  }

  @Test
  void aManifestWithAnUnknownColumnIsRefusedAsAWhole() throws IOException {
    Path manifest = Files.writeString(folder.resolve("m.csv"), "file,colour\na.png,red\n");
    assertThatThrownBy(
            () ->
                pipeline.analyze(
                    new CaseRequest(List.of(), Optional.of(manifest), Optional.empty()),
                    out(),
                    false,
                    stage -> {}))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("column");
  }

  @Test
  void theSameContentTwiceCountsOnce() throws Exception {
    Path copy = Files.copy(phantom.resolve("sound.wav"), folder.resolve("copy.wav"));
    CaseReport report =
        analyze(
                false,
                new CaseInput(InputKind.AUDIO, phantom.resolve("sound.wav")),
                new CaseInput(InputKind.AUDIO, copy))
            .report();
    assertThat(report.patientCase().evidence()).hasSize(1);
    assertThat(report.patientCase().rejected().getFirst().reason()).contains("sound.wav");
  }

  @Test
  void aFolderOfDicomIsWalkedAndTheRestOfItRejected() throws Exception {
    CaseReport report = analyze(false, new CaseInput(InputKind.DICOM, phantom)).report();
    assertThat(report.patientCase().evidence()).hasSize(1);
    assertThat(report.patientCase().rejected())
        .hasSize(5)
        .allSatisfy(each -> assertThat(each.reason()).contains("not a DICOM file"));
  }

  @Test
  void theSealFollowsTheInputsAndNothingElse() throws Exception {
    String first = seal(whole());
    assertThat(seal(whole())).isEqualTo(first);
    Path note = folder.resolve("note.txt");
    Files.writeString(note, Files.readString(phantom.resolve("note.txt")) + "x");
    assertThat(
            seal(
                new CaseInput(InputKind.DICOM, phantom.resolve("image.dcm")),
                new CaseInput(InputKind.NOTE, note),
                new CaseInput(InputKind.AUDIO, phantom.resolve("sound.wav")),
                new CaseInput(InputKind.FHIR, phantom.resolve("record.json"))))
        .isNotEqualTo(first);
  }

  @Test
  void nothingOfAnEarlierCaseIsLeftInTheFolder() throws Exception {
    Path empty = Files.write(folder.resolve("empty.png"), new byte[0]);
    Files.createDirectories(out());
    Path mine = Files.writeString(out().resolve("mine.txt"), "keep");
    analyze(true, new CaseInput(InputKind.IMAGE, empty));
    analyze(false, whole());
    assertThat(out().resolve("sequence.jsonl")).doesNotExist();
    try (Stream<Path> left = Files.walk(out().resolve("rejected"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
    assertThat(mine).exists();
  }

  private CaseOutcome withManifest(String row, boolean dicom) throws Exception {
    Path manifest =
        Files.writeString(
            phantom.resolve("manifest.csv"), "file,kind,patient_id,issuer,time\n" + row + "\n");
    List<CaseInput> inputs =
        dicom
            ? List.of(new CaseInput(InputKind.DICOM, phantom.resolve("image.dcm")))
            : List.of();
    try {
      return pipeline.analyze(
          new CaseRequest(inputs, Optional.of(manifest), Optional.empty()),
          out(),
          false,
          stage -> {});
    } finally {
      Files.delete(manifest);
    }
  }

  private CaseOutcome analyze(boolean tokens, CaseInput... inputs) throws Exception {
    return pipeline.analyze(
        new CaseRequest(List.of(inputs), Optional.empty(), Optional.empty()),
        out(),
        tokens,
        stage -> {});
  }

  private String seal(CaseInput... inputs) throws Exception {
    analyze(false, inputs);
    return result().at("/seal/result").asText();
  }

  private static CaseInput[] whole() {
    return new CaseInput[] {
      new CaseInput(InputKind.DICOM, phantom.resolve("image.dcm")),
      new CaseInput(InputKind.NOTE, phantom.resolve("note.txt")),
      new CaseInput(InputKind.AUDIO, phantom.resolve("sound.wav")),
      new CaseInput(InputKind.FHIR, phantom.resolve("record.json"))
    };
  }

  private Path out() {
    return folder.resolve("out");
  }

  private JsonNode result() throws IOException {
    return JSON.readTree(out().resolve("result.json").toFile());
  }

  private static InputKind kind(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "dcm" -> InputKind.DICOM;
      case "txt" -> InputKind.NOTE;
      case "json" -> InputKind.FHIR;
      case "wav", "mp3" -> InputKind.AUDIO;
      default -> InputKind.IMAGE;
    };
  }

  /** A WAV header that announces no samples at all. */
  private static byte[] silence() {
    byte[] header = new byte[44];
    byte[] words = "RIFF\44\0\0\0WAVEfmt \20\0\0\0\1\0\1\0".getBytes(UTF_8);
    System.arraycopy(words, 0, header, 0, words.length);
    byte[] rest = {-128, 62, 0, 0, 0, 125, 0, 0, 2, 0, 16, 0, 'd', 'a', 't', 'a', 0, 0, 0, 0};
    System.arraycopy(rest, 0, header, 24, rest.length);
    return header;
  }

  private static byte[] danglingReference() {
    return """
        {"resourceType": "Bundle", "type": "collection", "entry": [
          {"resource": {"resourceType": "Condition", "id": "c1",
            "subject": {"reference": "Patient/absent"},
            "code": {"text": "Fever"}}}]}
        """
        .getBytes(UTF_8);
  }
}
