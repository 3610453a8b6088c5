package org.tessera.runtime;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.ReportedResult;
import org.tessera.explain.report.Artifact;
import org.tessera.explain.report.ReportFiles;
import org.tessera.explain.report.Seal;
import org.tessera.fhir.FhirBundleWriter;
import org.tessera.omni.token.SequenceWriter;

/** The folder of a case. {@code result.json} is written last: while it is there, all of it is. */
final class CaseFiles {
  private final Path out;

  private CaseFiles(Path out) {
    this.out = out;
  }

  /** A folder, made if need be; what an earlier run left there is removed. */
  static CaseFiles in(Path out) throws IOException {
    Files.createDirectories(out);
    EarlierRun.remove(out);
    return new CaseFiles(out);
  }

  Path reportFile() {
    return out.resolve("report.html");
  }

  /** Writes everything. */
  Seal write(CaseReport report, SequencedCase sequenced, boolean tokens, ResultIssue issue)
      throws IOException {
    List<Artifact> others = new ArrayList<>();
    if (report.status() == CaseReport.Status.COMPLETED) {
      DicomResults dicom = DicomResults.of(sequenced.assembled());
      ReportedResult result =
          issue.issued(dicom.reported(report, Seal.of(report).result()));
      Files.writeString(
          out.resolve("bundle.json"),
          FhirBundleWriter.write(report, result, issue.made(), issue.replaced()));
      others.add(new Artifact("bundle.json", "fhir-bundle"));
      others.addAll(dicom.write(report, result, issue.time(), out));
    }
    if (tokens) {
      try (BufferedWriter lines = Files.newBufferedWriter(out.resolve("sequence.jsonl"))) {
        SequenceWriter.write(sequenced.sequence(), lines);
      }
      others.add(new Artifact("sequence.jsonl", "sequence"));
    }
    others.addAll(Quarantine.write(sequenced.assembled(), out));
    return ReportFiles.write(report, out, others).seal();
  }
}
