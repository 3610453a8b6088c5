package org.tessera.explain.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedRegion;
import org.tessera.casemodel.ReportedResult;

/**
 * A page for an archive that shows PDF but no structured report: text only, with the supported
 * findings, what they rest on, what the result is not, and the model's card. The same result gives
 * the same bytes. Letters beyond Latin, Greek and Cyrillic are shown as question marks.
 */
public final class PdfReport {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final PDRectangle PAPER = PDRectangle.A4;
  private static final float MARGIN = 56;
  private static final float SPACING = 1.35f;
  private static final float TITLE = 16;
  private static final float HEADING = 12;
  private static final float TEXT = 9.5f;
  private static final int MOST_LINES = 600;

  private final PDDocument document;
  private final PDType0Font font;
  private final Map<Integer, Boolean> drawable = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();

  /** A line in its size, in points. */
  private record Line(String words, float size) {}

  private PdfReport(PDDocument document, PDType0Font font) {
    this.document = document;
    this.font = font;
  }

  /**
   * Writes the page.
   *
   * @param report patient and model are taken from it
   * @param result what of it may leave
   * @return the bytes of a PDF
   */
  public static byte[] of(CaseReport report, ReportedResult result) throws IOException {
    try (PDDocument document = new PDDocument();
        InputStream letters = PDDocument.class.getResourceAsStream(FONT)) {
      if (letters == null) {
        throw new IOException("The font of the page is missing from the program.");
      }
      // Else the time would be in it.
      document.setDocumentId(0L);
      PdfReport page = new PdfReport(document, PDType0Font.load(document, letters));
      page.compose(report, result);
      page.draw();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    }
  }

  private void compose(CaseReport report, ReportedResult result) {
    add(TITLE, "Findings of a model, not verified by a clinician");
    add(TEXT, "Status: " + result.status().wireName());
    result.reason().ifPresent(each -> add(TEXT, "Why an earlier result is replaced: " + each));
    report.patientCase().patient().ifPresent(this::patient);
    add(TEXT, "Case: " + result.caseId());
    if (PhantomMark.isPhantom(report) || report.patientCase().composed()) {
      add(TEXT, "SYNTHETIC: this is not a patient.");
    }
    add(HEADING, "Findings");
    if (result.findings().isEmpty()) {
      add(TEXT, result.conclusion());
    }
    for (ReportedFinding finding : result.findings()) {
      finding(finding);
    }
    add(HEADING, "What this is and is not");
    add(TEXT, ReportedResult.STATEMENT);
    add(HEADING, "Model");
    add(TEXT, report.model().name() + " " + report.model().version());
    add(TEXT, "Intended use: " + report.model().intendedUse());
    report.model().limits().forEach(each -> add(TEXT, "Known limit: " + each));
    add(TEXT, "Seal of the result (SHA-256): " + result.seal());
  }

  private void patient(PatientIdentity patient) {
    patient.name().ifPresent(each -> add(TEXT, "Patient: " + each.replace('^', ' ').strip()));
    patient
        .id()
        .ifPresent(
            each ->
                add(
                    TEXT,
                    "Patient ID: "
                        + each
                        + patient.issuer().map(issuer -> " (" + issuer + ")").orElse("")));
  }

  private void finding(ReportedFinding finding) {
    String phantom =
        finding.code().system().equals(Coding.PHANTOM) ? " (synthetic, not of a patient)" : "";
    add(HEADING, finding.code().display() + phantom);
    if (finding.probability().isPresent()) {
      add(
          TEXT,
          "Probability "
              + percent(finding.probability().getAsDouble())
              + finding.interval().map(PdfReport::interval).orElse("")
              + finding
                  .operatingPoint()
                  .map(each -> "; counts as found from " + percent(each.threshold()))
                  .orElse("")
              + ".");
    }
    Optional<ReportedRegion> strongest =
        finding.regions().stream()
            .max((one, other) -> Double.compare(one.weight(), other.weight()));
    strongest.ifPresent(
        each ->
            add(
                TEXT,
                "%d place(s) in the evidence, the strongest in %s."
                    .formatted(finding.regions().size(), each.input())));
    add(TEXT, finding.gate());
  }

  private static String interval(Finding.Interval interval) {
    return ", %s interval %s to %s"
        .formatted(percent(interval.level()), percent(interval.low()), percent(interval.high()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private void add(float size, String words) {
    float width = (PAPER.getWidth() - 2 * MARGIN) / size * 1000;
    StringBuilder line = new StringBuilder();
    float used = 0;
    for (String word : words.strip().split("\\s+")) {
      String shown = shown(word);
      float length = width(shown) + width(" ");
      if (used > 0 && used + length > width) {
        lines.add(new Line(line.toString(), size));
        line.setLength(0);
        used = 0;
      }
      line.append(used > 0 ? " " : "").append(shown);
      used += length;
    }
    lines.add(new Line(line.toString(), size));
  }

  private float width(String words) {
    try {
      return font.getStringWidth(words);
    } catch (IOException e) {
      return 0;
    }
  }

  /** A word in letters that the font has; a very long one is cut. */
  private String shown(String word) {
    StringBuilder shown = new StringBuilder();
    word.codePoints()
        .limit(80)
        .forEach(
            letter ->
                shown.appendCodePoint(
                    drawable.computeIfAbsent(letter, this::canDraw) ? letter : '?'));
    return shown.toString();
  }

  private boolean canDraw(int letter) {
    try {
      font.encode(Character.toString(letter));
      return !Character.isISOControl(letter);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private void draw() throws IOException {
    int at = 0;
    int most = Math.min(lines.size(), MOST_LINES);
    while (at < most) {
      PDPage page = new PDPage(PAPER);
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        float y = PAPER.getHeight() - MARGIN;
        while (at < most && y > MARGIN) {
          Line line = lines.get(at++);
          y -= line.size() * (line.size() > TEXT ? SPACING * 1.5f : SPACING);
          content.beginText();
          content.setFont(font, line.size());
          content.newLineAtOffset(MARGIN, y);
          content.showText(line.words());
          content.endText();
        }
      }
    }
  }
}
