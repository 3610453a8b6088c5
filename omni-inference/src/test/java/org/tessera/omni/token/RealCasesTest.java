package org.tessera.omni.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.omni.fixture.SharedData;
import org.tessera.omni.fixture.TestContent;
import org.tessera.omni.signal.AudioDecoder;
import org.tessera.omni.signal.NoteDecoder;
import org.tessera.omni.signal.NoteStructure;
import org.tessera.omni.signal.RasterDecoder;

/** Real files of the shared data, composed into cases (they do not belong to one patient). */
class RealCasesTest {

  @Test
  void realFilesBecomeSequencesWithFiniteNumbers() throws Exception {
    List<Path> images = SharedData.some("cxr-kermany/images", 20);
    List<Path> notes = SharedData.some("reports-indiana/notes", 20);
    List<Path> sounds = SharedData.some("cough-events/audio", 20);
    List<Path> tiles = SharedData.some("pathology-tiles/images", 20);
    for (int i = 0; i < 20; i++) {
      int[] count = {0};
      List<Evidence> evidence = new ArrayList<>();
      evidence.addAll(decode(new RasterDecoder(), images.get(i), "image/jpeg", "image", count));
      evidence.addAll(decode(new RasterDecoder(), tiles.get(i), "image/jpeg", "slide", count));
      evidence.addAll(decode(new NoteDecoder(), notes.get(i), "text/plain", "note", count));
      evidence.addAll(decode(new AudioDecoder(), sounds.get(i), "audio/flac", "audio", count));
      TokenSequence sequence =
          SequenceBuilder.build(
              new PatientCase("C" + i, Optional.empty(), evidence, List.of(), true));
      assertThat(sequence.segments())
          .extracting(Segment::evidence)
          .containsExactly("I3", "I1", "I2", "I4");
      for (Segment segment : sequence.segments()) {
        int odd = 0;
        for (float value : segment.values()) {
          odd += Float.isFinite(value) ? 0 : 1;
        }
        assertThat(odd).isZero();
        assertThat(Arrays.equals(segment.values(), segment.blank().values())).isFalse();
      }
    }
  }

  private static List<Evidence> decode(
      ContentDecoder decoder, Path file, String type, String kind, int[] count) throws Exception {
    return decoder.decode(
        TestContent.of(file, type),
        new DecodeContext(
            () -> "I" + ++count[0],
            Optional.of(Modality.ofWireName(kind)),
            Optional.empty(),
            Optional.empty()));
  }

  @Test
  void transcribedNotesOfAllSpecialtiesFallIntoSections() throws Exception {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    Path file = SharedData.folder("notes-transcribed").resolve("notes.csv");
    try (Reader in = Files.newBufferedReader(file);
        CSVParser rows = format.parse(in)) {
      int structured = 0;
      int all = 0;
      for (CSVRecord row : rows) {
        NoteStructure structure = NoteStructure.of(row.get("text"));
        assertThat(structure.sentences()).isNotEmpty();
        structured += structure.sections().size() > 1 ? 1 : 0;
        all++;
      }
      assertThat(all).isGreaterThanOrEqualTo(20);
      assertThat(structured).isGreaterThan(all * 8 / 10);
    }
  }
}
