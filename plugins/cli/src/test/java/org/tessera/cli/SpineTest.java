package org.tessera.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the project promises about one case, asked of the commands and the model that ships. */
class SpineTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> OPTIONS = List.of("--dicom", "--note", "--audio", "--fhir");
  private static final List<String> FILES =
      List.of("image.dcm", "note.txt", "sound.wav", "record.json");

  @TempDir private static Path world = Path.of("");
  @TempDir private Path folder = Path.of("");

  private static Path phantom = Path.of("");

  @BeforeAll
  static void drawPhantoms() throws IOException {
    Shell.run("phantom", "--n", "4", "--seed", "11", "--out", world.toString());
    String row = Files.readAllLines(world.resolve("manifest.csv")).getLast();
    phantom = world.resolve(row.split(",")[0]);
  }

  @Test
  void everySubsetOfInputsGivesAValidResultWhoseContributionsAddUp() throws IOException {
    int findings = 0;
    for (int subset = 1; subset < 1 << OPTIONS.size(); subset++) {
      List<String> args = new ArrayList<>();
      for (int i = 0; i < OPTIONS.size(); i++) {
        if ((subset >> i & 1) == 1) {
          args.addAll(List.of(OPTIONS.get(i), file(FILES.get(i))));
        }
      }
      assertThat(analyze(args).exit()).isZero();
      assertThat(schema().validate(Files.readString(result()), InputFormat.JSON))
          .as(String.join(" ", args))
          .isEmpty();
      for (JsonNode finding : JSON.readTree(result().toFile()).path("findings")) {
        double logit = 0;
        for (JsonNode part : finding.path("modalityContributions")) {
          logit += part.asDouble();
        }
        assertThat(1 / (1 + Math.exp(-logit)))
            .isCloseTo(finding.path("probability").asDouble(), within(1e-3));
        findings++;
      }
    }
    assertThat(findings).isEqualTo(15 * 12);
  }

  @Test
  void theSealIsTheSameTwiceAndAnotherAfterOnePixelOneLetterOrOneSample() throws IOException {
    String first = seal("image.dcm", "note.txt", "sound.wav");
    List<String> covered = covered();
    String second = seal("image.dcm", "note.txt", "sound.wav");
    assertThat(covered()).isEqualTo(covered);
    assertThat(second).isEqualTo(first);
    byte[] pixels = Files.readAllBytes(Path.of(file("image.dcm")));
    pixels[pixels.length - 1 - 512 * 200] ^= 64;
    byte[] samples = Files.readAllBytes(Path.of(file("sound.wav")));
    samples[samples.length - 2000] ^= 64;
    String note = Files.readString(Path.of(file("note.txt")));
    byte[] letters = note.replaceFirst("e", "a").getBytes(UTF_8);
    assertThat(
            List.of(
                seal(other("image.dcm", pixels), "note.txt", "sound.wav"),
                seal("image.dcm", other("note.txt", letters), "sound.wav"),
                seal("image.dcm", "note.txt", other("sound.wav", samples))))
        .doesNotContain(first)
        .doesNotHaveDuplicates();
  }

  @Test
  void badInputsAreRejectedWithASentenceEachWhileTheRestGoesOn() throws IOException {
    List<String> args = new ArrayList<>(bad());
    int rejected = args.size() / 2;
    args.addAll(List.of("--note", file("note.txt")));
    Shell shell = analyze(args);
    assertThat(shell.exit()).isZero();
    assertThat(shell.err()).doesNotContain("Exception", "\tat ");
    assertThat(shell.out().subList(0, rejected))
        .allSatisfy(line -> assertThat(line).matches("rejected [^:]+: .{10,200}\\."));
    assertThat(shell.out().get(rejected)).isEqualTo("accepted note.txt");
    assertThat(shell.out().subList(rejected + 1, shell.out().size()))
        .hasSize(12)
        .allSatisfy(
            line -> assertThat(line).matches("(supported|withheld|abstained|not-found) .*"));
  }

  @Test
  void aWholeSlideIsNotJudgedByAModelThatWasMeasuredOnTiles() throws IOException {
    BufferedImage slide = new BufferedImage(1500, 1400, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(3);
    for (int y = 0; y < slide.getHeight(); y++) {
      for (int x = 0; x < slide.getWidth(); x++) {
        int dark = (x / 9 + y / 11) % 3 == 0 ? 60 : 0;
        slide.setRGB(x, y, 0xD890C0 - 0x010101 * (dark + random.nextInt(20)));
      }
    }
    Path file = folder.resolve("slide.png");
    ImageIO.write(slide, "png", file.toFile());
    Shell shell = analyze(List.of("--slide", file.toString()));
    assertThat(shell.exit()).isZero();
    assertThat(shell.out()).noneMatch(line -> line.startsWith("supported"));
    assertThat(Files.readString(result()))
        .contains("The slide is more than one tile; the model was only measured on single tiles.");
  }

  @Test
  void whereEverythingIsRejectedTheCaseIsStopped() throws IOException {
    Shell shell = analyze(bad());
    assertThat(shell.exit()).isEqualTo(2);
    assertThat(shell.out()).allSatisfy(line -> assertThat(line).startsWith("rejected "));
    assertThat(JSON.readTree(result().toFile()).at("/case/status").asText()).isEqualTo("stopped");
    assertThat(schema().validate(Files.readString(result()), InputFormat.JSON)).isEmpty();
  }

  @Test
  void aNoteThatAssertsPneumoniaBesideABlankImageSupportsNoImagingFinding() throws IOException {
    String note =
        "Chest radiograph: right lower lobe pneumonia with dense consolidation. Fever 39.4 C."
            + " Bacterial pneumonia is certain.";
    byte[] blank = Files.readAllBytes(Path.of(file("image.dcm")));
    Arrays.fill(blank, 2000, blank.length, (byte) 0);
    analyze(
        List.of(
            "--dicom",
            file(other("image.dcm", blank)),
            "--note",
            file(other("note.txt", note.getBytes(UTF_8)))));
    JsonNode result = JSON.readTree(result().toFile());
    assertThat(result.at("/sequence/tokensByModality/image").asInt()).isPositive();
    assertThat(result.path("findings")).hasSize(12);
    for (JsonNode finding : result.path("findings")) {
      assertThat(finding.path("status").asText())
          .as(finding.at("/code/display").asText())
          .isNotEqualTo("supported");
    }
  }

  @Test
  void inputsOfTwoPatientsStopTheCase() throws IOException {
    String row = Files.readAllLines(world.resolve("manifest.csv")).get(1);
    Path stranger = world.resolve(row.split(",")[0]).resolve("record.json");
    Shell shell =
        analyze(List.of("--dicom", file("image.dcm"), "--fhir", stranger.toString()));
    assertThat(shell.exit()).isEqualTo(2);
    JsonNode result = JSON.readTree(result().toFile());
    assertThat(result.at("/case/status").asText()).isEqualTo("stopped");
    assertThat(result.path("findings")).isEmpty();
  }

  private List<String> bad() throws IOException {
    byte[] wave = Arrays.copyOf(Files.readAllBytes(Path.of(file("sound.wav"))), 44);
    Arrays.fill(wave, 40, 44, (byte) 0);
    byte[] jpeg = {-1, -40, -1, -32, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};
    byte[] zip = {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0};
    String bundle =
        """
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource":
          {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/gone"},
            "code": {"text": "Fever"}}}]}
        """;
    return List.of(
        "--image", file(other("empty.png", new byte[0])),
        "--dicom", file(other("text.dcm", "plain words".getBytes(UTF_8))),
        "--image", file(other("cut.jpg", jpeg)),
        "--audio", file(other("nothing.wav", wave)),
        "--note", file(other("letter.txt", "a".repeat(5 << 20).getBytes(UTF_8))),
        "--fhir", file(other("gone.json", bundle.getBytes(UTF_8))),
        "--audio", file(other("archive.mp3", zip)));
  }

  private String seal(String image, String note, String sound) throws IOException {
    analyze(
        List.of("--dicom", file(image), "--note", file(note), "--audio", file(sound)));
    return JSON.readTree(result().toFile()).at("/seal/result").asText();
  }

  /** What the seal covers, line by line, so that a failure shows the line. */
  private List<String> covered() throws IOException {
    ObjectNode result = (ObjectNode) JSON.readTree(result().toFile());
    result.remove(List.of("timings", "artifacts", "seal"));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result).lines().toList();
  }

  /** A file of one's own in the test's folder. */
  private String other(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  private static String file(String name) {
    return phantom.resolve(name).toString();
  }

  private Shell analyze(List<String> args) {
    List<String> all = new ArrayList<>(List.of("analyze", "--out", out().toString()));
    all.addAll(args);
    return Shell.run(all.toArray(String[]::new));
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Path result() {
    return out().resolve("result.json");
  }

  private static Schema schema() throws IOException {
    try (var in =
        SpineTest.class.getResourceAsStream("/org/tessera/explain/report/result.schema.json")) {
      if (in == null) {
        throw new IOException("The schema is not on the class path.");
      }
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(in);
    }
  }
}
