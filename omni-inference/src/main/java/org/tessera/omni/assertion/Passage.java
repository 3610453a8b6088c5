package org.tessera.omni.assertion;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tessera.casemodel.TextSpan;
import org.tessera.omni.signal.NoteStructure;

/**
 * A sentence of a note, or a piece of at most 1,000 characters of a longer one, with the heading
 * that it stands under.
 *
 * @param heading its words; empty if there is none
 * @param text of the piece
 * @param start where it begins in the note, in UTF-16 units
 */
record Passage(String heading, String text, int start) {
  private static final int MAX_LENGTH = 1_000;

  /** A line of its own in brackets, or a few words before a colon where a line begins. */
  private static final Pattern HEADING =
      Pattern.compile(
          "(?:^|\\R)[ \\t]*(?:[\\[<(#*■▶·•-]\\s*+([\\p{L}][\\p{L} /]{1,30})[\\])>]++\\s*+[::]?"
              + "|(?:[#*■▶·•-]\\s*+)?([\\p{L}][\\p{L} /]{1,30})\\s?[::])");

  /** All passages, in order. */
  static List<Passage> of(String note) {
    NoteStructure structure = NoteStructure.of(note);
    List<Passage> passages = new ArrayList<>();
    String section = "";
    String heading = "";
    int at = 0;
    int points = 0;
    for (TextSpan span : structure.sentences()) {
      at = note.offsetByCodePoints(at, span.start() - points);
      int end = note.offsetByCodePoints(at, span.end() - span.start());
      points = span.start();
      String above = structure.sectionOf(span).map(NoteStructure.Section::name).orElse("");
      if (!above.equals(section)) {
        section = above;
        heading = above;
      }
      heading = split(note.substring(at, end), at, heading, passages);
    }
    return passages;
  }

  /** Adds what stands between headings; returns the heading that goes on. */
  private static String split(
      String sentence, int start, String above, List<Passage> passages) {
    Matcher matcher = HEADING.matcher(sentence);
    String heading = above;
    int from = 0;
    while (matcher.find()) {
      cut(heading, sentence.substring(from, matcher.start()), start + from, passages);
      heading = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      from = matcher.start();
    }
    cut(heading, sentence.substring(from), start + from, passages);
    return heading;
  }

  private static void cut(String heading, String text, int start, List<Passage> passages) {
    for (int i = 0; i < text.length(); i += MAX_LENGTH) {
      String piece = text.substring(i, Math.min(text.length(), i + MAX_LENGTH));
      passages.add(new Passage(heading, piece, start + i));
    }
  }
}
