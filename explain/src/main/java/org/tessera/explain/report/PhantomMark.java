package org.tessera.explain.report;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.PatientIdentity;

/** Tells drawn cases and drawn findings from real ones. */
final class PhantomMark {
  private static final String ISSUER = "tessera-phantom";
  private static final String NAME = "phantom^";

  private PhantomMark() {}

  /** True if any identity in the case says that there is no patient behind it. */
  static boolean isPhantom(CaseReport report) {
    Stream<PatientIdentity> identities =
        Stream.concat(
            report.patientCase().patient().stream(),
            report.patientCase().evidence().stream()
                .flatMap(evidence -> evidence.origin().patient().stream()));
    return identities.anyMatch(PhantomMark::isPhantom);
  }

  private static boolean isPhantom(PatientIdentity identity) {
    return lower(identity.issuer()).contains(ISSUER)
        || lower(identity.issuer()).startsWith(Coding.PHANTOM)
        || lower(identity.name()).startsWith(NAME);
  }

  /** True for a finding that means something that the project draws, never a disease. */
  static boolean isPhantom(Finding finding) {
    return finding.code().system().equals(Coding.PHANTOM);
  }

  private static String lower(Optional<String> words) {
    return words.orElse("").toLowerCase(Locale.ROOT);
  }
}
