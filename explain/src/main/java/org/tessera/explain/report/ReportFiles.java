package org.tessera.explain.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.CaseReport;
import org.tessera.explain.report.Shown.Gallery;

/** Writes what a clinician and a program read about a case. */
public final class ReportFiles {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportFiles() {}

  /**
   * What was written.
   *
   * @param artifacts every file, those of others included, as {@code result.json} lists them
   * @param seal the seal of the result
   * @param result the content of {@code result.json}
   */
  public record Written(List<Artifact> artifacts, Seal seal, ObjectNode result) {
    public Written {
      artifacts = List.copyOf(artifacts);
    }
  }

  /**
   * Writes {@code result.json}, {@code report.html} and {@code overlays/*.png}. {@code result.json}
   * comes last, and all at once: while it is there, so is everything that it lists.
   *
   * @param report the outcome; the content behind its evidence is read again for the pictures
   * @param out folder of the case; made if it is not there
   * @param others files that somebody else wrote into the folder already, to be listed
   * @throws IOException if the folder cannot be written
   * @throws IllegalArgumentException if a number of the report is not finite
   */
  public static Written write(CaseReport report, Path out, List<Artifact> others)
      throws IOException {
    Files.createDirectories(out);
    Files.deleteIfExists(out.resolve("result.json"));
    Seal seal = Seal.of(report);
    Gallery gallery = Overlays.write(report, out);
    replace(out.resolve("report.html"), HtmlReport.of(report, gallery, seal));
    List<Artifact> artifacts = new ArrayList<>();
    artifacts.add(new Artifact("result.json", "result"));
    artifacts.add(new Artifact("report.html", "report"));
    artifacts.addAll(gallery.artifacts());
    artifacts.addAll(others);
    ObjectNode result = ResultJson.of(report, artifacts);
    replace(out.resolve("result.json"), MAPPER.writeValueAsString(result) + "\n");
    return new Written(artifacts, seal, result);
  }

  private static void replace(Path file, String content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(draft, content, StandardCharsets.UTF_8);
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
