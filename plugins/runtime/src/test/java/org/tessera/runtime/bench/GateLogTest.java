package org.tessera.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.Finding.Status;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.validation.gate.GateCase;
import org.tessera.validation.gate.GateRow;
import org.tessera.validation.gate.GateStudy.Fault;
import org.tessera.validation.gate.PlantedSentences.Kind;
import org.tessera.validation.gate.PlantedSentences.Tally;

class GateLogTest {
  private static final GateCase KEPT =
      new GateCase("cough", "set/P1", true, 0.93, true, Status.SUPPORTED, "");
  private static final GateCase BLOCKED =
      new GateCase("cough", "set/P1", false, 0.99, true, Status.WITHHELD, "evidence-drop");
  private static final GateRow ROW =
      new GateRow(
          "set/1",
          List.of(KEPT),
          Map.of(Fault.IGNORES_EVIDENCE, BLOCKED),
          Map.of(Kind.INVENTED, new Tally(3, 2)));

  @TempDir Path folder;

  private Path written() throws IOException, RejectedInputException {
    Path file = folder.resolve("made/gate.cases");
    try (GateLog log = GateLog.open(file, "model a", true)) {
      assertThat(log.finished("set/1")).isEmpty();
      log.add(ROW);
    }
    return file;
  }

  @Test
  void whatWasFinishedIsThereAgain() throws Exception {
    try (GateLog log = GateLog.open(written(), "model a", true)) {
      assertThat(log.finished("set/1")).contains(ROW);
      assertThat(log.finished("set/2")).isEmpty();
    }
  }

  @Test
  void aLineThatWasCutOffIsDoneAgainAndHarmsNothing() throws Exception {
    Path file = written();
    Files.writeString(file, "{\"row\":\"set/2\",\"int", StandardOpenOption.APPEND);
    GateRow second = new GateRow("set/2", List.of(), Map.of(), Map.of());
    try (GateLog log = GateLog.open(file, "model a", true)) {
      assertThat(log.finished("set/2")).isEmpty();
      log.add(second);
    }
    try (GateLog log = GateLog.open(file, "model a", true)) {
      assertThat(log.finished("set/1")).contains(ROW);
      assertThat(log.finished("set/2")).contains(second);
    }
  }

  @Test
  void casesOfAnotherModelDoNotCount() throws Exception {
    Path file = written();
    assertThatThrownBy(() -> GateLog.open(file, "model b", true))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("another model");
    try (GateLog log = GateLog.open(file, "model b", false)) {
      assertThat(log.finished("set/1")).isEmpty();
    }
  }

  @Test
  void anotherFileIsRefusedAndLeftAsItIs() throws IOException {
    for (String text : List.of("not a log\n", "{}\n", "null\n", "")) {
      Path file = Files.writeString(folder.resolve("notes.txt"), text);
      assertThatThrownBy(() -> GateLog.open(file, "model a", true))
          .as(text)
          .isInstanceOf(RejectedInputException.class);
      assertThat(file).hasContent(text.strip());
    }
  }
}
