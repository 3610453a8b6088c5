package org.tessera.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.RejectedInput;

/** A case as lines of text: one per input, in the order of their ids, then one per finding. */
final class OutcomeLines {
  private OutcomeLines() {}

  static List<String> of(CaseReport report) {
    SortedMap<Integer, String> inputs = new TreeMap<>();
    for (Evidence each : report.patientCase().evidence()) {
      inputs.put(number(each.id()), "accepted " + each.origin().source());
    }
    for (RejectedInput each : report.patientCase().rejected()) {
      inputs.put(number(each.id()), "rejected " + each.source() + ": " + each.reason());
    }
    List<String> lines = new ArrayList<>(inputs.values());
    report.findings().forEach(each -> lines.add(line(each)));
    return lines.stream().map(OutcomeLines::onOneLine).toList();
  }

  private static String line(Finding finding) {
    StringBuilder line = new StringBuilder();
    line.append(finding.status().wireName()).append(' ').append(finding.code().display());
    finding
        .probability()
        .ifPresent(each -> line.append(String.format(Locale.ROOT, " %.3f", each)));
    finding
        .interval()
        .ifPresent(
            each ->
                line.append(
                    String.format(Locale.ROOT, " [%.3f, %.3f]", each.low(), each.high())));
    finding.statusReason().ifPresent(each -> line.append(": ").append(each));
    return line.toString();
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  /** File names may hold anything, also line ends and terminal escapes. */
  private static String onOneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
