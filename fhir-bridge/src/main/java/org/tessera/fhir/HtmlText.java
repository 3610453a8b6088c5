package org.tessera.fhir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The text that an HTML note shows: no markup, no scripts, no styles, a line for each block. */
final class HtmlText {

  private HtmlText() {}

  static String of(byte[] html, Optional<String> charset) throws IOException {
    Document document;
    try {
      document = Jsoup.parse(new ByteArrayInputStream(html), charset.orElse(null), "");
    } catch (IllegalArgumentException e) {
      document = Jsoup.parse(new ByteArrayInputStream(html), null, "");
    }
    document.select("head, script, style, noscript, template, object, iframe").remove();
    Element body = document.body();
    body.select("br").after("\n");
    body.select("p, div, li, tr, h1, h2, h3, h4, h5, h6, table, ul, ol, section").before("\n");
    return body.wholeText().replaceAll("[ \\t\\x0B\\f\\r\\u00A0]+", " ")
        .replaceAll(" ?\\n ?", "\n").replaceAll("\\n{3,}", "\n\n").strip();
  }
}
