package org.tessera.omni.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.TextSpan;
import org.tessera.omni.model.TokenMarks;
import org.tessera.omni.token.NoteSegment;
import org.tessera.omni.token.Position;
import org.tessera.omni.token.RecordSegment;
import org.tessera.omni.token.Token;

class PhantomTruthTest {
  @TempDir private Path folder = Path.of("");

  private static List<Token> tokens(Modality modality, EvidenceRegion... regions) {
    List<Token> tokens = new ArrayList<>();
    for (EvidenceRegion region : regions) {
      tokens.add(new Token(modality, modality.wireName(), region, Position.ORIGIN));
    }
    return tokens;
  }

  @Test
  void wordsAndStatementsOfTheTruthMarkTheTokensThatHoldThem() throws Exception {
    Files.writeString(
        folder.resolve("case.json"),
        """
        {"words": {"fever": [{"start": 4, "end": 9}], "crackles": [{"start": 12, "end": 13}]},
         "entries": [{"resource": "Condition/c2", "path": "code"}]}
        """);
    LabelledRow row =
        new LabelledRow(
            "phantom",
            "1",
            Map.of(Modality.NOTE, folder.resolve("note.txt")),
            "P",
            "train",
            Map.of(),
            Map.of());
    NoteSegment note =
        new NoteSegment(
            "note",
            tokens(
                Modality.NOTE, new TextSpan(0, 4), new TextSpan(8, 10), new TextSpan(12, 14)),
            new float[3 * NoteSegment.FEATURES]);
    RecordSegment record =
        new RecordSegment(
            "record",
            tokens(
                Modality.RECORD,
                new RecordEntry("Condition/c1", "code"),
                new RecordEntry("Condition/c2", "code")),
            new float[2 * RecordSegment.FEATURES]);
    List<TokenMarks> marks =
        PhantomTruth.of(row).orElseThrow().marks(List.of(note, record));
    assertThat(marks)
        .extracting(TokenMarks::finding)
        .containsExactly("phantom-infection", "phantom-mismatch", "phantom-discordance");
    assertThat(marks.get(0).values()).containsExactly(0, 1, 0);
    assertThat(marks.get(1).values()).containsExactly(0, 0, 1);
    assertThat(marks.get(2).values()).containsExactly(0, 1);
  }
}
