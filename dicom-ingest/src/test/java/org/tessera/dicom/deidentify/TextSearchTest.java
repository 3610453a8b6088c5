package org.tessera.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text in frames that mostly stand still. */
class TextSearchTest {
  private static final int COLUMNS = 400;
  private static final int ROWS = 300;
  private static final long SEED = 4;

  private final DrawnText.Drawing drawing =
      DrawnText.onBody(new Random(SEED), COLUMNS, ROWS);
  private final TextSearch search = new TextSearch(COLUMNS, ROWS);

  @Test
  void textOfOneFrameIsFoundInThatFrameOnly() {
    assertThat(find(drawing.before())).isEmpty();
    List<Box> shown = find(drawing.after());
    assertThat(drawing.covered(shown)).isGreaterThan(0.95);
    assertThat(find(drawing.before())).isEmpty();
  }

  @Test
  void textThatStandsStillIsFoundInEveryFrame() {
    List<Box> first = find(drawing.after());
    assertThat(drawing.covered(first)).isGreaterThan(0.95);
    Random random = new Random(SEED);
    for (int i = 0; i < 3; i++) {
      byte[] flickering = drawing.after().clone();
      for (int at = 0; at < flickering.length; at++) {
        int value = (flickering[at] & 0xFF) + random.nextInt(TextSearch.SAME) - 2;
        flickering[at] = (byte) Math.clamp(value, 0, 255);
      }
      assertThat(find(flickering)).isEqualTo(first);
    }
  }

  @Test
  void textThatComesSlowlyIsFound() {
    List<Box> found = List.of();
    int steps = 60;
    for (int step = 0; step <= steps; step++) {
      byte[] frame = drawing.before().clone();
      for (int at = 0; at < frame.length; at++) {
        int from = frame[at] & 0xFF;
        frame[at] = (byte) (from + ((drawing.after()[at] & 0xFF) - from) * step / steps);
      }
      found = find(frame);
    }
    assertThat(drawing.covered(found)).isGreaterThan(0.95);
  }

  @Test
  void secondPictureOfAFrameIsSearchedToo() {
    List<Box> found = search.find(List.of(drawing.before().clone(), drawing.after().clone()));
    assertThat(drawing.covered(found)).isGreaterThan(0.95);
  }

  private List<Box> find(byte[] grey) {
    return search.find(List.of(grey.clone()));
  }
}
