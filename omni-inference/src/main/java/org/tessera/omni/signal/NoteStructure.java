package org.tessera.omni.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tessera.casemodel.TextSpan;

/**
 * The parts of a note, in code points of its text.
 *
 * @param sections in order; text before the first heading is a section without a name
 * @param sentences in order, without the blanks around them; a heading is not part of a sentence
 * @param language the dominant language
 */
public record NoteStructure(
    List<Section> sections, List<TextSpan> sentences, NoteLanguage language) {
  public NoteStructure {
    sections = List.copyOf(sections);
    sentences = List.copyOf(sentences);
  }

  /**
   * A section.
   *
   * @param name its heading in lower case, without the colon; empty if it has none
   * @param body what follows the heading, without the blanks around it
   */
  public record Section(String name, TextSpan body) {}

  /** Capitals before a colon where a sentence may begin, or a known heading at a line's start. */
  private static final Pattern HEADING =
      Pattern.compile(
          "(?:^|[\\n\\r.,;])[ \\t]*"
              + "((?-i:[A-Z][A-Z0-9 /&()-]{2,48}[A-Z)])"
              + "|(?<=^|[\\n\\r \\t])(?i:findings?|impressions?|conclusions?|indications?|history"
              + "|clinical history|clinical information|comparison|technique|exam(?:ination)?"
              + "|recommendations?|assessment|plan|소견|결론|판독|판독소견|과거력|현병력|임상정보"
              + "|주소|검사|권고))[ \\t]*[::]",
          Pattern.UNICODE_CASE);

  private static final Pattern BREAK =
      Pattern.compile(
          "(?<=[.!?。])[\"')\\]]?\\s++(?=[\\p{Lu}\\p{Lo}\\p{N}\"'(\\[•*-])"
              + "|\\R[ \\t]*+\\R\\s*+"
              + "|\\R[ \\t]*+(?=[•*-] |\\d{1,2}[.)] )");

  /** More than any abbreviation has. */
  private static final int LOOK_BACK = 12;

  private static final Pattern ABBREVIATION =
      Pattern.compile(
          "(?i:(?:^|[\\s(])"
              + "(?:dr|mr|mrs|ms|prof|st|vs|nr|fig|approx|e\\.g|i\\.e|cf|pt|hx|dx))\\.$"
              + "|(?:^|[\\s(])(?:\\p{Lu}|\\d{1,2})\\.$");

  /** Takes a note apart. */
  public static NoteStructure of(String text) {
    CodePoints points = new CodePoints(text);
    List<Section> sections = new ArrayList<>();
    List<TextSpan> sentences = new ArrayList<>();
    Matcher heading = HEADING.matcher(text);
    String name = "";
    int start = 0;
    while (start <= text.length()) {
      boolean more = heading.find(start == 0 ? 0 : start - 1) && heading.end() > start;
      int end = more ? heading.start(1) : text.length();
      String section = name;
      points
          .trimmed(start, end)
          .ifPresent(
              body -> {
                sections.add(new Section(section, body));
                sentences.addAll(sentences(points, body));
              });
      if (!more) {
        break;
      }
      name = heading.group(1).toLowerCase(Locale.ROOT).strip();
      start = heading.end();
    }
    return new NoteStructure(sections, sentences, NoteLanguage.of(text));
  }

  private static List<TextSpan> sentences(CodePoints points, TextSpan body) {
    String text = points.text();
    int from = points.index(body.start());
    int to = points.index(body.end());
    List<TextSpan> found = new ArrayList<>();
    Matcher gap = BREAK.matcher(text).region(from, to).useTransparentBounds(true);
    int start = from;
    while (gap.find()) {
      String last = text.substring(Math.max(start, gap.start() - LOOK_BACK), gap.start());
      if (!ABBREVIATION.matcher(last).find()) {
        points.trimmed(start, gap.start()).ifPresent(found::add);
        start = gap.end();
      }
    }
    points.trimmed(start, to).ifPresent(found::add);
    return found;
  }

  /** The section that a place of the text belongs to. */
  public Optional<Section> sectionOf(TextSpan span) {
    return sections.stream()
        .filter(each -> each.body().start() <= span.start() && span.start() < each.body().end())
        .findFirst();
  }
}
