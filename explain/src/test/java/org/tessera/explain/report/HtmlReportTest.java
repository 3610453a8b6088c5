package org.tessera.explain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.TextSpan;

@DisplayName("report.html")
class HtmlReportTest {
  private static final String ATTACK = "\"><script>alert('x')</script><img src=http://evil/a.png>";

  @TempDir Path out;

  @Test
  @DisplayName("shows markup in a note, a file name or a patient's name as plain words")
  void escapes() throws IOException {
    PatientIdentity patient =
        new PatientIdentity(
            Optional.of(ATTACK),
            Optional.of(ATTACK),
            Optional.of(ATTACK),
            Optional.empty(),
            Optional.empty());
    String page = page(SampleCase.report("Note " + ATTACK, patient, "picture" + ATTACK));
    assertThat(count(page, "<script")).isEqualTo(1);
    assertThat(page).doesNotContain("<img src=http").doesNotContain("<script>alert");
    assertThat(count(page, "&lt;script&gt;alert(&#39;x&#39;)")).isGreaterThanOrEqualTo(5);
  }

  @Test
  @DisplayName("asks no network for anything")
  void noNetwork() throws IOException {
    String page = page(SampleCase.report());
    Matcher links =
        Pattern.compile("(?:src|href|srcset|data|action)=\"([^\"]{0,40})").matcher(page);
    int seen = 0;
    while (links.find()) {
      assertThat(links.group(1)).matches("(data:(image|audio)/[a-z]+;base64,.*)|(#.+)");
      seen++;
    }
    assertThat(seen).isGreaterThan(10);
    assertThat(page)
        .contains("default-src 'none'; img-src data:; media-src data:")
        .doesNotContain("@import")
        .doesNotContain("url(");
  }

  @Test
  @DisplayName("marks the right words behind characters beyond the basic plane")
  void marksCodePoints() throws IOException {
    String note = "\uD83E\uDEC1\uD83E\uDEC1 fever \uD83C\uDF21 today <b>";
    CaseReport report = SampleCase.report(note, SampleCase.PATIENT, "chest.dcm");
    List<Highlight> highlights =
        List.of(
            new Highlight("I2", new TextSpan(3, 8), 1),
            new Highlight("I2", new TextSpan(9, 10), 0.5),
            new Highlight("I2", new TextSpan(17, 400), 0.2));
    String page = page(SampleFindingsEdit.highlighted(report, highlights));
    assertThat(page)
        .contains(">fever</mark> <mark")
        .contains(">\uD83C\uDF21</mark> today <mark")
        .contains(">&lt;b&gt;</mark></div>");
  }

  @Test
  @DisplayName("shows no heat for a map that failed its tests, and says so")
  void untrusted() throws IOException {
    String page = page(SampleFindingsEdit.untrusted(SampleCase.report()));
    assertThat(count(page, "class=\"heat\"")).isEqualTo(1);
    assertThat(page).contains("No trustworthy explanation");
  }

  @Test
  @DisplayName("says synthetic for a phantom, and only for a phantom")
  void synthetic() throws IOException {
    assertThat(page(SampleCase.report())).contains("SYNTHETIC PHANTOM: not a patient");
    PatientIdentity real = PatientIdentity.of("12345", Optional.of("ST-ELSEWHERE"));
    assertThat(page(SampleCase.report(SampleCase.NOTE, real, "a.dcm")))
        .doesNotContain("SYNTHETIC PHANTOM");
  }

  @Test
  @DisplayName("gives the reason of a withheld finding, a stopped case and a rejected input")
  void reasons() throws IOException {
    assertThat(page(SampleCase.report()))
        .contains("Withheld: it persists when the recording is swapped")
        .contains("The recording has no sound in it: it lasts 0 seconds.")
        .contains("Not a negative finding")
        .contains("Not judged (2)")
        .contains("No lung tissue in this case, so adenocarcinoma of the lung was not judged.");
    assertThat(page(SampleCase.stopped()))
        .contains("I1 and I2 name different patients.")
        .contains("Nothing was analysed");
  }

  @Test
  @DisplayName("flips between the case as it is and without the evidence, by two radio buttons")
  void flips() throws IOException {
    CaseReport report = SampleCase.report();
    String page = page(report);
    assertThat(count(page, "<fieldset class=\"flip\">")).isEqualTo(2);
    assertThat(count(page, "type=\"radio\" name=\"flip-F1\"")).isEqualTo(2);
    assertThat(page)
        .contains("Evidence removed <b>11 %</b>")
        .contains("and it would not be reported.");
    String flip = page.substring(page.indexOf("<fieldset"), page.indexOf("</fieldset>"));
    Matcher pictures = Pattern.compile("<img alt=\"[^\"]*\"[^>]*src=\"([^\"]+)\"").matcher(flip);
    assertThat(pictures.find()).isTrue();
    String before = pictures.group(1);
    assertThat(pictures.find()).isTrue();
    assertThat(pictures.group(1)).isNotEqualTo(before);
    assertThat(page(SampleFindingsEdit.untrusted(report))).doesNotContain("name=\"flip-F1\"");
  }

  @Test
  @DisplayName("cuts a very long note, and says so")
  void longNote() throws IOException {
    CaseReport report =
        SampleCase.report("word ".repeat(100_000), SampleCase.PATIENT, "chest.dcm");
    String page = page(SampleCase.withFindings(report, List.of()));
    assertThat(page).contains("The first 20000 of 500000 characters are shown.");
    assertThat(count(page, "word ")).isEqualTo(4_000);
  }

  private String page(CaseReport report) throws IOException {
    ReportFiles.write(report, out, List.of());
    return Files.readString(out.resolve("report.html"));
  }

  private static int count(String page, String words) {
    return page.split(Pattern.quote(words), -1).length - 1;
  }
}
