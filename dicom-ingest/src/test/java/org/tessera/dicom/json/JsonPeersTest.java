package org.tessera.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.TestData;
import org.tessera.dicom.Tool;

/** The JSON model of every interoperability file against pydicom, element by element. */
@Tag("interop")
class JsonPeersTest {

  /** Files by the kind of difference in them: the table of docs/dicom-json.md. */
  private static final Map<String, Integer> DOCUMENTED =
      Map.of(
          "byte-count", 151,
          "group-length", 13,
          "null", 6,
          "padding", 3,
          "cut-off", 1,
          "no-number", 1,
          "no-preamble", 1,
          "no-sequence", 1);

  @Test
  void theModelIsThatOfPydicomButForTheDocumentedKinds(@TempDir Path folder)
      throws IOException, InterruptedException, RejectedInputException {
    String python = Tool.pythonWithPydicom();
    for (Path file : TestData.interopFiles()) {
      Files.writeString(
          folder.resolve(file.getFileName() + ".json"),
          DicomJson.write(DicomFile.read(file).dataset()));
    }
    Path program = folder.resolve("compare.py");
    try (var in = JsonPeersTest.class.getResourceAsStream("compare.py")) {
      Files.copy(Objects.requireNonNull(in), program);
    }
    Tool.Outcome outcome =
        Tool.run(
            List.of(
                python, program.toString(), TestData.interop().toString(), folder.toString()));
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    List<String> lines = outcome.output().lines().toList();
    assertThat(lines).noneMatch(line -> line.startsWith("different"));
    assertThat(lines).hasSizeGreaterThanOrEqualTo(205);
    Map<String, Integer> kinds = new TreeMap<>();
    for (String line : lines) {
      String[] words = line.split(" ");
      Arrays.stream(words).skip(2).forEach(kind -> kinds.merge(kind, 1, Integer::sum));
    }
    assertThat(kinds).containsExactlyInAnyOrderEntriesOf(DOCUMENTED);
  }
}
