package org.tessera.explain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("interop")
@DisplayName("report.html in Chromium")
class ReportInBrowserTest {
  private static final String CLICKS =
      """
      <script>
      const seen = [];
      const viewer = document.getElementById("view-I1");
      const heats = function () {
        return Array.from(viewer.querySelectorAll(".heat:not([hidden])"))
          .map(function (heat) { return heat.dataset.finding; }).join();
      };
      seen.push(heats());
      viewer.querySelectorAll("button[data-show]").forEach(function (button) {
        button.click();
        seen.push(heats());
      });
      document.querySelector("a.jump[href='#view-I1'][data-finding='F2']").click();
      seen.push(heats());
      const note = document.getElementById("view-I2");
      note.querySelector("button[data-show='']").click();
      seen.push(note.querySelectorAll("mark:not(.off)").length);
      note.querySelector("button[data-show='F2']").click();
      seen.push(note.querySelectorAll("mark:not(.off)").length);
      document.title = "seen " + seen.join("/");
      </script></body>
      """;

  @TempDir Path out;

  @Test
  @DisplayName("runs its own script under its own policy, and breaks no rule of it")
  void policy() throws IOException, InterruptedException {
    ReportFiles.write(SampleCase.report(), out, List.of());
    Run run = browse(out.resolve("report.html"));
    assertThat(run.page).contains("<html lang=\"en\" class=\"live\"").contains("id=\"view-I4\"");
    assertThat(run.log).doesNotContain("Content Security Policy").doesNotContain("Uncaught");
  }

  @Test
  @DisplayName("switches heat and marked words by button and by link")
  void buttons() throws IOException, InterruptedException {
    ReportFiles.write(SampleCase.report(), out, List.of());
    String page = Files.readString(out.resolve("report.html"));
    String opened =
        page.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
            .replace("</body>", CLICKS);
    Path copy = Files.writeString(out.resolve("clicked.html"), opened);
    assertThat(browse(copy).page).contains("<title>seen F1/F1/F2//F2/0/2</title>");
  }

  private record Run(String page, String log) {}

  private Run browse(Path page) throws IOException, InterruptedException {
    Optional<Path> browser = chromium();
    assumeTrue(browser.isPresent(), "Chromium is not installed");
    Path dom = out.resolve("dom.txt");
    Path log = out.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                browser.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--user-data-dir=" + out.resolve("profile"),
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      assumeTrue(false, "Chromium did not answer within 60 seconds");
    }
    return new Run(Files.readString(dom), Files.readString(log));
  }

  private static Optional<Path> chromium() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
            .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
