package org.tessera.validation.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhantomWriterTest {
  private static final int CASES = 8;

  @TempDir Path scratch = Path.of("");

  /** Stands in for the DICOM and FHIR writers, which live in other modules: plain dumps. */
  private static final PhantomWriter WRITER =
      new PhantomWriter(
          (file, image, patient, study, time) -> Files.write(file, image.samples()),
          (file, patient, facts, time) -> Files.writeString(file, patient + "\n" + facts));

  @Test
  void theSameSeedWritesTheSameBytesAndAnotherSeedDoesNot() throws IOException {
    Map<String, String> first = written("first", 1);
    assertThat(first).hasSize(6 * CASES + 1).isEqualTo(written("again", 1));
    Map<String, String> other = written("other", 2);
    assertThat(other.keySet()).isEqualTo(first.keySet());
    assertThat(other.get("train-00000/image.dcm")).isNotEqualTo(first.get("train-00000/image.dcm"));
  }

  @Test
  void theManifestAgreesWithTheTruthOfEachCase() throws IOException {
    Path folder = scratch.resolve("cases");
    List<Integer> progress = new ArrayList<>();
    WRITER.write(folder, PhantomWriter.parts(5, CASES, PhantomConditions.Odds.NONE), progress::add);
    assertThat(progress).hasSize(CASES).endsWith(CASES);
    List<String> splits = new ArrayList<>();
    for (CSVRecord row : manifest(folder)) {
      splits.add(row.get("split"));
      JsonNode truth =
          new ObjectMapper().readTree(folder.resolve(row.get("id") + "/case.json").toFile());
      assertThat(truth.get("synthetic").asBoolean()).isTrue();
      boolean silent = truth.at("/causes/listing").asText().equals("silent");
      assertThat(truth.get("entries")).hasSize(silent ? 0 : 1);
      assertThat(row.get("patient_id")).startsWith("PHANTOM-");
      for (PhantomFinding finding : PhantomFinding.values()) {
        boolean present = truth.get("findings").get(finding.key()).asBoolean();
        assertThat(row.get(finding.key())).isEqualTo(present ? "1" : "0");
      }
      assertThat(truth.get("regions").isEmpty())
          .isEqualTo(row.get("phantom-opacity").equals("0"));
      assertThat(truth.get("seconds").isEmpty())
          .isEqualTo(row.get("phantom-crackles").equals("0"));
      assertThat(truth.get("tissue").isEmpty()).isEqualTo(row.get("phantom-atypia").equals("0"));
      assertThat(truth.get("words").get("crackles")).isNotEmpty();
      assertThat(truth.at("/wordings/crackle_wording").asText())
          .isEqualTo(row.get("crackle_wording"))
          .matches(row.get("note_crackles").equals("1") ? "heard \\d+" : "none \\d+");
      String fever = truth.at("/causes/fever").asText();
      assertThat(row.get("fever_wording"))
          .isEqualTo(truth.at("/wordings/fever_wording").asText())
          .matches(fever.equals("silent") ? "" : fever + " \\d+");
      for (String column : List.of("image", "slide", "note", "audio", "record")) {
        assertThat(folder.resolve(row.get(column))).isNotEmptyFile();
      }
    }
    assertThat(splits).hasSize(CASES).contains("train", "val", "test");
  }

  @Test
  void conditionsTakeEvidenceAwayAndChangeNoTruth() throws IOException {
    Path usual = scratch.resolve("usual");
    Path harsh = scratch.resolve("harsh");
    WRITER.write(usual, PhantomWriter.parts(5, 20, PhantomConditions.Odds.NONE), done -> {});
    PhantomConditions.Odds odds = new PhantomConditions.Odds(0.4, 0.5, 0.5, 0.5, 0.5);
    WRITER.write(harsh, PhantomWriter.parts(5, 20, odds), done -> {});
    List<CSVRecord> before = manifest(usual);
    List<CSVRecord> after = manifest(harsh);
    int missing = 0;
    for (int i = 0; i < before.size(); i++) {
      for (PhantomFinding finding : PhantomFinding.values()) {
        assertThat(after.get(i).get(finding.key())).isEqualTo(before.get(i).get(finding.key()));
      }
      int there = 0;
      for (String column : List.of("image", "slide", "note", "audio", "record")) {
        String file = after.get(i).get(column);
        there += file.isEmpty() ? 0 : 1;
        missing += file.isEmpty() ? 1 : 0;
        if (!file.isEmpty()) {
          assertThat(harsh.resolve(file)).isNotEmptyFile();
        }
      }
      assertThat(there).isPositive();
      if (after.get(i).get("confounded").equals("1")) {
        boolean opacity = after.get(i).get("phantom-opacity").equals("1");
        assertThat(after.get(i).get("view")).isEqualTo(opacity ? "AP" : "PA");
      }
      if (after.get(i).get("language").equals("ko") && !after.get(i).get("note").isEmpty()) {
        assertThat(harsh.resolve(after.get(i).get("note"))).content().containsPattern("[가-힣]");
      }
    }
    assertThat(missing).isBetween(20, 60);
  }

  @Test
  void theSizeOfATissueFileTellsNothing() throws IOException {
    Path folder = scratch.resolve("sizes");
    WRITER.write(folder, PhantomWriter.parts(5, CASES, PhantomConditions.Odds.NONE), done -> {});
    Set<Long> sizes = new HashSet<>();
    for (CSVRecord row : manifest(folder)) {
      Path tissue = folder.resolve(row.get("slide"));
      sizes.add(Files.size(tissue));
      assertThat(ImageIO.read(tissue.toFile()).getWidth()).isEqualTo(TissuePainter.SIDE);
    }
    assertThat(sizes).hasSize(1);
  }

  @Test
  void theSoundFileIsReadBackSampleForSample() throws Exception {
    PhantomCase drawn = new PhantomGenerator(9, PhantomWorld.TEST).generate(0);
    Path file = scratch.resolve("sound.wav");
    Wave.write(file, drawn.sound());
    try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
      AudioFormat format = in.getFormat();
      assertThat(format.getSampleRate()).isEqualTo(16_000f);
      assertThat(format.getChannels()).isEqualTo(1);
      byte[] bytes = in.readAllBytes();
      assertThat(bytes).hasSize(2 * drawn.sound().length);
      for (int i = 0; i < drawn.sound().length; i++) {
        short value = (short) (bytes[2 * i] & 0xff | bytes[2 * i + 1] << 8);
        assertThat(value / 32768f).isEqualTo(drawn.sound()[i]);
      }
    }
  }

  private Map<String, String> written(String name, long seed) throws IOException {
    Path folder = scratch.resolve(name);
    WRITER.write(folder, PhantomWriter.parts(seed, CASES, PhantomConditions.Odds.NONE), done -> {});
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        contents.put(folder.relativize(file).toString(), bytes);
      }
    }
    return contents;
  }

  private static List<CSVRecord> manifest(Path folder) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser =
        CSVParser.parse(folder.resolve("manifest.csv"), StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    }
  }
}
