package org.tessera.explain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.explain.Phrases;

/** Who, what, and what has to be known before anything else is read. */
final class PageHead {
  private final CaseReport report;

  PageHead(CaseReport report) {
    this.report = report;
  }

  Html section() {
    Optional<PatientIdentity> patient = report.patientCase().patient();
    String id = patient.flatMap(PatientIdentity::id).orElse("not stated");
    return Html.of(
        """
        <header class="top"><p class="brand"><span><b>Tessera</b> report</span>
        <span class="limits">Not a medical device. For research; not for diagnosis.</span></p>
        <h1><span class="label">Patient</span> {}</h1>
        <dl>{}</dl>
        </header>
        {}{}{}{}
        """,
        id,
        Html.each(facts(patient), fact -> Html.of("<div><dt>{}</dt><dd>{}</dd></div>\n",
            fact.name, fact.value)),
        synthetic(),
        composed(),
        ended(),
        rejected());
  }

  private List<Fact> facts(Optional<PatientIdentity> patient) {
    List<Fact> facts = new ArrayList<>();
    patient.flatMap(PatientIdentity::name).ifPresent(name -> facts.add(new Fact("Name", name)));
    patient
        .flatMap(PatientIdentity::birthDate)
        .ifPresent(date -> facts.add(new Fact("Born", date.toString())));
    patient
        .flatMap(PatientIdentity::sex)
        .ifPresent(
            sex ->
                facts.add(
                    new Fact("Sex", Phrases.sentence(sex.name().toLowerCase(Locale.ROOT)))));
    patient
        .flatMap(PatientIdentity::issuer)
        .ifPresent(issuer -> facts.add(new Fact("Issued by", issuer)));
    facts.add(new Fact("Case", report.patientCase().id()));
    facts.add(new Fact("Model", report.model().name() + " " + report.model().version()));
    return facts;
  }

  private record Fact(String name, String value) {}

  private Html synthetic() {
    return PhantomMark.isPhantom(report)
        ? new Html(
            """
            <p class="banner synthetic"><b>SYNTHETIC PHANTOM: not a patient.</b> Everything in this
            case was drawn by Tessera to test the machinery. It shows no clinical accuracy.</p>
            """)
        : Html.NONE;
  }

  private Html composed() {
    return report.patientCase().composed()
        ? new Html(
            """
            <p class="banner synthetic"><b>COMPOSED CASE:</b> the evidence comes from different
            people.</p>
            """)
        : Html.NONE;
  }

  private Html ended() {
    String reason = report.statusReason().orElse("The reason was not recorded.");
    return switch (report.status()) {
      case COMPLETED -> Html.NONE;
      case STOPPED ->
          Html.of(
              "<p class=\"banner stopped\">{}<span><b>This case was stopped.</b> {}</span></p>\n",
              Marks.of(Verdict.FAIL),
              reason);
      case FAILED ->
          Html.of(
              "<p class=\"banner stopped\">{}<span><b>This case failed.</b> {}</span></p>\n",
              Marks.of(Verdict.FAIL),
              reason);
    };
  }

  private Html rejected() {
    PatientCase patientCase = report.patientCase();
    if (patientCase.rejected().isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <section class="banner unused" aria-label="Inputs that were not used">
        <p><b>{}</b></p>
        <ul class="plain">{}</ul></section>
        """,
        patientCase.rejected().size() == 1
            ? "One input was not used:"
            : patientCase.rejected().size() + " inputs were not used:",
        Html.each(
            patientCase.rejected(),
            input ->
                Html.of(
                    "<li><span><span class=\"file\">{}</span> {}</span></li>\n",
                    Wire.fileName(input.source()),
                    input.reason())));
  }
}
