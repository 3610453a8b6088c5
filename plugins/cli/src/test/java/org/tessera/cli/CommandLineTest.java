package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that need no model: help, usage, DICOM, phantoms. */
class CommandLineTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void everyCommandExplainsItself() {
    for (String command :
        List.of(
            "analyze", "demo", "phantom", "evaluate", "train", "ablate", "fusion", "search",
            "dicom")) {
      Shell shell = Shell.run(command, "--help");
      assertThat(shell.exit()).as(command).isZero();
      assertThat(String.join("\n", shell.out())).contains("Usage: tessera " + command);
    }
    assertThat(String.join("\n", Shell.run("--help").out())).contains("analyze", "Not a medical");
  }

  @Test
  void badUsageIsOneSentenceAndExitTwo() {
    List<String[]> wrong =
        List.of(
            new String[] {},
            new String[] {"diagnose"},
            new String[] {"analyze", "--out", "x"},
            new String[] {"analyze", "--image", "a.png"},
            new String[] {"analyze", "--image"},
            new String[] {"phantom", "--n", "0", "--out", "x"},
            new String[] {"phantom", "--n", "many", "--out", "x"},
            new String[] {"phantom", "--n", "1", "--missing", "2", "--out", "x"},
            new String[] {"phantom", "--n", "1", "--noisy", "NaN", "--out", "x"},
            new String[] {"phantom", "--n", "1", "--split", "other", "--out", "x"},
            new String[] {"fusion", "--out", "x.json"},
            new String[] {"fusion", "--data", "/nowhere", "--out", "x.json"},
            new String[] {"fusion", "--data", "x", "--under", "noisy", "--out", "x.json"},
            new String[] {"encrypt", "--data", "/nowhere", "--key", "/nowhere", "--out", "x"},
            new String[] {"train", "--data", "/nowhere", "--out", "x"},
            new String[] {"ablate", "--data", "/nowhere", "--out", "x"},
            new String[] {
              "evaluate", "--data", ".", "--into", "/nowhere.md", "--out", "x.json"
            },
            new String[] {"dicom"},
            new String[] {"dicom", "pixels", "a.dcm"},
            new String[] {"evaluate", "--out", "x.json"},
            new String[] {"evaluate", "--data", "/nowhere", "--out", "x.json"});
    for (String[] args : wrong) {
      Shell shell = Shell.run(args);
      assertThat(shell.exit()).as(String.join(" ", args)).isEqualTo(2);
      assertThat(shell.err()).startsWith("tessera: ").doesNotContain("Exception", "\tat ");
      assertThat(shell.out()).isEmpty();
    }
  }

  @Test
  void aPhantomsRadiographIsReadableDicom() throws IOException {
    Path cases = folder.resolve("cases");
    assertThat(Shell.run("phantom", "--n", "2", "--seed", "5", "--out", cases.toString()).exit())
        .isZero();
    List<String> rows = Files.readAllLines(cases.resolve("manifest.csv"));
    assertThat(rows).hasSize(3);
    Path image = cases.resolve(rows.get(1).split(",")[2]);
    Shell json = Shell.run("dicom", "json", image.toString());
    assertThat(json.exit()).isZero();
    assertThat(json.out()).singleElement().asString().contains("\"00100020\"", "PHANTOM");
    Path pixels = folder.resolve("pixels");
    Shell decoded = Shell.run("dicom", "pixels", image.toString(), "--out", pixels.toString());
    assertThat(decoded.out()).containsExactly("ok " + image.getFileName());
    assertThat(pixels.resolve(image.getFileName() + ".1.raw")).isNotEmptyFile();
  }

  @Test
  void phantomsOfOneSeedAreTheSameBytes() throws IOException {
    for (String name : List.of("a", "b")) {
      Shell.run("phantom", "--n", "1", "--seed", "9", "--out", folder.resolve(name).toString());
    }
    List<Path> files;
    try (var walk = Files.walk(folder.resolve("a"))) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(6);
    for (Path file : files) {
      Path same = folder.resolve("b").resolve(folder.resolve("a").relativize(file));
      assertThat(Files.mismatch(file, same)).as(file.toString()).isEqualTo(-1);
    }
  }

  @Test
  void aFileThatIsNoDicomIsRefusedWithASentence() throws IOException {
    Path text = Files.writeString(folder.resolve("note.dcm"), "a note");
    Shell json = Shell.run("dicom", "json", text.toString());
    assertThat(json.exit()).isEqualTo(2);
    assertThat(json.out()).isEmpty();
    assertThat(json.err()).startsWith("refused note.dcm: ");
    Shell pixels =
        Shell.run(
            "dicom", "pixels", text.toString(), "--out", folder.resolve("raw").toString());
    assertThat(pixels.exit()).isEqualTo(2);
    assertThat(pixels.out()).singleElement().asString().startsWith("refused note.dcm: ");
  }
}
