package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tessera dicom deidentify}: a folder in, a folder out, and what is wrong with inputs. */
class DeidentifyCommandTest {
  @TempDir private Path folder = Path.of("");
  private Path in = Path.of("");
  private Path image = Path.of("");
  private String patient = "";

  @BeforeEach
  void aFolderWithARadiographAndALetter() throws IOException {
    Path cases = folder.resolve("cases");
    Shell.run("phantom", "--n", "1", "--seed", "5", "--out", cases.toString());
    try (Stream<Path> files = Files.walk(cases)) {
      image = files.filter(file -> file.toString().endsWith(".dcm")).findFirst().orElseThrow();
    }
    in = folder.resolve("in");
    Files.createDirectories(in.resolve("deeper"));
    Files.copy(image, in.resolve("deeper").resolve("image.dcm"));
    Files.writeString(in.resolve("letter.txt"), "Dear Dr. Planted,\n");
    Shell json = Shell.run("dicom", "json", image.toString());
    String id = json.out().getFirst().split("\"00100020\":\\{\"vr\":\"LO\",\"Value\":\\[\"", 2)[1];
    patient = id.substring(0, id.indexOf('"'));
    assertThat(patient).hasSizeGreaterThan(4);
    assertThat(holds(image, patient)).isTrue();
  }

  private static boolean holds(Path file, String text) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
  }

  private static Shell deidentify(String... args) {
    return Shell.run(
        Stream.concat(Stream.of("dicom", "deidentify"), Stream.of(args)).toArray(String[]::new));
  }

  private void assertNothingSaid(Shell shell) {
    assertThat(String.join("\n", shell.out()) + shell.err())
        .doesNotContain(patient, "Planted", "Exception", "\tat ", folder.toString());
  }

  @Test
  void aFolderBecomesAFolderWithoutItsPatient() throws IOException {
    Path out = folder.resolve("out");
    Shell shell = deidentify(in.toString(), "--out", out.toString());
    assertThat(shell.exit()).isZero();
    assertThat(shell.out()).hasSize(2);
    assertThat(shell.out().getFirst()).matches("ok image\\.dcm: 2\\.25\\.[0-9]+\\.dcm");
    assertThat(shell.out().getLast()).isEqualTo("refused letter.txt: This is not a DICOM file.");
    assertNothingSaid(shell);
    List<Path> written;
    try (Stream<Path> files = Files.list(out)) {
      written = files.toList();
    }
    assertThat(written).hasSize(1);
    assertThat(shell.out().getFirst()).endsWith(" " + written.getFirst().getFileName());
    assertThat(holds(written.getFirst(), patient)).isFalse();
    assertThat(Shell.run("dicom", "json", written.getFirst().toString()).out())
        .singleElement()
        .asString()
        .contains("\"00120062\":{\"vr\":\"CS\",\"Value\":[\"YES\"]}");
  }

  @Test
  void oneKeyGivesTheSameNamesAndNothingIsWrittenOver() throws IOException {
    String key = folder.resolve("key").toString();
    String first = folder.resolve("first").toString();
    Shell once = deidentify(in.toString(), "--out", first, "--key", key);
    Shell again =
        deidentify(in.toString(), "--out", folder.resolve("second").toString(), "--key", key);
    assertThat(again.out()).isEqualTo(once.out());
    assertThat(once.err()).contains("keep it secret");
    Shell over = deidentify(image.toString(), "--out", first, "--key", key);
    assertThat(over.exit()).isEqualTo(2);
    assertThat(over.out())
        .singleElement()
        .asString()
        .endsWith(": A file of this SOP Instance is already in the output folder.");
  }

  @Test
  void withoutAnyUsableInputTheExitIsTwo() throws IOException {
    Path damaged = folder.resolve("damaged.dcm");
    byte[] bytes = Files.readAllBytes(image);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));
    String out = folder.resolve("none").toString();
    for (Path bad :
        List.of(in.resolve("letter.txt"), damaged, folder.resolve("no.dcm"))) {
      Shell shell = deidentify(bad.toString(), "--out", out);
      assertThat(shell.exit()).as(bad.toString()).isEqualTo(2);
      assertThat(shell.out())
          .singleElement()
          .asString()
          .matches("refused " + bad.getFileName() + ": \\p{Lu}.*\\.");
      assertNothingSaid(shell);
    }
    assertThat(folder.resolve("none")).isEmptyDirectory();
  }

  @Test
  void badUsageIsOneSentenceAndWritesNothing() throws IOException {
    Path out = folder.resolve("out");
    Path shortKey = Files.writeString(folder.resolve("short"), "secret");
    String[][] wrong = {
      {in.toString()},
      {"--out", out.toString()},
      {in.toString(), "--out", out.toString(), "--retain-nothing"},
      {
        in.toString(), "--out", out.toString(), "--retain-full-dates", "--retain-modified-dates"
      },
      {in.toString(), "--out", out.toString(), "--key", shortKey.toString()},
    };
    for (String[] args : wrong) {
      Shell shell = deidentify(args);
      assertThat(shell.exit()).as(String.join(" ", args)).isEqualTo(2);
      assertThat(shell.out()).isEmpty();
      assertThat(shell.err()).startsWith("tessera: ").doesNotContain("Exception", "\tat ");
    }
    assertThat(out).doesNotExist();
  }
}
