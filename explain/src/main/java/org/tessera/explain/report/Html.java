package org.tessera.explain.report;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A piece of a page. Every string that goes into one is escaped; only another piece goes in as it
 * is. So a note, a file name or a patient's name can never become markup.
 *
 * @param markup safe to be put between tags, or into a double-quoted attribute if made by {@link
 *     #text}
 */
public record Html(String markup) {
  public static final Html NONE = new Html("");

  /** Words of somebody else. */
  public static Html text(String words) {
    StringBuilder escaped = new StringBuilder(words.length() + 16);
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(isAllowed(c) ? c : '\uFFFD');
      }
    }
    return new Html(Wire.text(escaped.toString()));
  }

  /** HTML 13.2.3.5 calls other control characters parse errors. */
  private static boolean isAllowed(char c) {
    return c >= ' ' && (c < '\u007F' || c > '\u009F') || c == '\n' || c == '\t' || c == '\r';
  }

  /**
   * Fills a template written by the one who calls: each {@code {}} takes the next part. Parts other
   * than Html are escaped.
   *
   * @param template markup; never anything from outside
   */
  public static Html of(String template, Object... parts) {
    StringBuilder filled = new StringBuilder(template.length() + 64);
    int from = 0;
    for (Object part : parts) {
      int gap = template.indexOf("{}", from);
      if (gap < 0) {
        throw new IllegalArgumentException("More parts than gaps in: " + template);
      }
      filled.append(template, from, gap);
      filled.append(part instanceof Html html ? html.markup : text(part.toString()).markup);
      from = gap + 2;
    }
    if (template.indexOf("{}", from) >= 0) {
      throw new IllegalArgumentException("More gaps than parts in: " + template);
    }
    return new Html(filled.append(template, from, template.length()).toString());
  }

  /** This piece and another after it. */
  public Html then(Html next) {
    return new Html(markup + next.markup);
  }

  /** One piece for each thing, one after the other. */
  public static <T> Html each(Collection<T> things, Function<? super T, Html> piece) {
    return join(things.stream().map(piece));
  }

  public static Html join(Html... pieces) {
    return join(Stream.of(pieces));
  }

  public static Html join(Stream<Html> pieces) {
    StringBuilder all = new StringBuilder();
    pieces.forEach(piece -> all.append(piece.markup));
    return new Html(all.toString());
  }

  /** A list with a class, or nothing if there is nothing to list. */
  public static Html list(String css, List<String> sentences) {
    return sentences.isEmpty()
        ? NONE
        : of(
            "<ul class=\"{}\">{}</ul>\n",
            css,
            each(sentences, sentence -> of("<li>{}</li>", sentence)));
  }
}
