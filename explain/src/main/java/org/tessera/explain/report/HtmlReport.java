package org.tessera.explain.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.tessera.casemodel.CaseReport;
import org.tessera.explain.report.Shown.Gallery;

/**
 * {@code report.html}: one file that opens offline. Pictures and sound are {@code data:} URIs; the
 * Content Security Policy (CSP Level 3) allows no request at all, and only the one style sheet and
 * the one script whose hashes it names, so that a note could not smuggle in another.
 */
final class HtmlReport {
  private static final String STYLE = resource("report.css");
  private static final String SCRIPT = resource("report.js");

  private HtmlReport() {}

  static String of(CaseReport report, Gallery gallery, Seal seal) {
    String policy =
        "default-src 'none'; img-src data:; media-src data:; style-src 'sha256-%s';"
                .formatted(hash(STYLE))
            + " script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
                .formatted(hash(SCRIPT));
    return Html.of(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>{}</title>
            <style>{}</style>
            </head>
            <body>
            {}<a class="skip" href="#findings">Skip to the findings</a>
            {}<main>
            {}{}</main>
            {}<script>{}</script>
            </body>
            </html>
            """,
            new Html(policy),
            "Tessera report, case " + report.patientCase().id(),
            new Html(STYLE),
            Marks.shapes(),
            new PageHead(report).section(),
            new FindingCards(report, gallery.flips()).section(),
            new EvidenceViews(report, gallery).section(),
            new FinePrint(report, seal).section(),
            new Html(SCRIPT))
        .markup();
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The program is incomplete: " + name + " is missing.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
