package org.tessera.fhir.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * The text that an HTML note shows: no markup, no scripts, no styles, nothing hidden or struck out;
 * a line for each block.
 *
 * <p>One walk over the tree, without recursion: the time grows with the length of the note only.
 */
final class HtmlText implements NodeVisitor {
  private static final Set<String> UNSEEN =
      Set.of(
          "head", "script", "style", "noscript", "template", "object", "iframe", "del", "s",
          "strike");

  private final Lines lines = new Lines();
  private int unseen;
  private int preformatted;

  private HtmlText() {}

  static String of(byte[] html, Optional<String> charset) throws IOException {
    HtmlText reader = new HtmlText();
    parsed(html, charset).traverse(reader);
    return reader.lines.tidied();
  }

  private static Document parsed(byte[] html, Optional<String> charset) throws IOException {
    try {
      return Jsoup.parse(new ByteArrayInputStream(html), charset.orElse(null), "");
    } catch (IllegalArgumentException e) {
      // A character set that nobody knows: let the content say it.
      return Jsoup.parse(new ByteArrayInputStream(html), null, "");
    }
  }

  @Override
  public void head(Node node, int depth) {
    switch (node) {
      case TextNode words when unseen == 0 ->
          lines.add(
              preformatted > 0
                  ? words.getWholeText()
                  : words.getWholeText().replaceAll("\\s+", " "));
      case Element element -> enter(element);
      default -> {}
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (node instanceof Element element) {
      unseen -= isUnseen(element) ? 1 : 0;
      preformatted -= element.normalName().equals("pre") ? 1 : 0;
      if (element.isBlock()) {
        lines.newLine();
      }
    }
  }

  private void enter(Element element) {
    unseen += isUnseen(element) ? 1 : 0;
    preformatted += element.normalName().equals("pre") ? 1 : 0;
    if (element.isBlock() || element.normalName().equals("br")) {
      lines.newLine();
    } else if (element.normalName().equals("td")) {
      lines.blank();
    } else if (element.normalName().equals("sup")) {
      lines.raise();
    }
  }

  private static boolean isUnseen(Element element) {
    return UNSEEN.contains(element.normalName())
        || element.hasAttr("hidden")
        || element.attr("style").replace(" ", "").contains("display:none");
  }
}
