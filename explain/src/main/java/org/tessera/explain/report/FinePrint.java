package org.tessera.explain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.ModelCard;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RejectedInput;

/** How the report came about: inputs, checks of the case, model card, seal, timings. */
final class FinePrint {
  private final CaseReport report;
  private final Seal seal;

  FinePrint(CaseReport report, Seal seal) {
    this.report = report;
    this.seal = seal;
  }

  Html section() {
    return Html.of(
        """
        <section id="how" class="fine" aria-labelledby="how-title">
        <h2 id="how-title">How this report came about</h2>
        <div class="columns">{}{}{}{}</div>
        </section>
        """,
        model(),
        caseChecks(),
        inputs(),
        seal());
  }

  private Html model() {
    ModelCard card = report.model();
    return Html.of(
        """
        <article class="card"><h3>Model: {} {}</h3>
        <p>{}</p>
        {}{}<p class="caption size">{}</p>
        <p class="caption">Weights <code>{}</code></p></article>
        """,
        card.name(),
        card.version(),
        card.intendedUse(),
        titled("Limits", card.limits()),
        titled("Trained on", card.trainedOn()),
        size(card),
        card.sha256().orElse("hash not known"));
  }

  private static Html titled(String title, List<String> sentences) {
    return sentences.isEmpty()
        ? Html.NONE
        : Html.of("<h4>{}</h4>\n{}", title, Html.list("dots", sentences));
  }

  private static String size(ModelCard card) {
    List<String> parts = new ArrayList<>();
    parameters(card.parameters()).ifPresent(all -> parts.add(all + " parameters"));
    parameters(card.activeParameters()).ifPresent(some -> parts.add(some + " active per token"));
    parts.add("ran on " + card.device());
    return String.join(", ", parts) + ".";
  }

  private static Optional<String> parameters(OptionalLong count) {
    return count.isEmpty()
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "%,d", count.getAsLong()));
  }

  private Html caseChecks() {
    if (report.caseChecks().isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        "<article class=\"card\"><h3>Checks on the case</h3>\n{}</article>\n",
        CheckList.open(report.caseChecks()));
  }

  private Html inputs() {
    return Html.of(
        """
        <article class="card"><h3>Inputs</h3>
        <ul class="inputs">{}{}</ul>
        <p class="caption">{}</p></article>
        """,
        Html.each(report.patientCase().evidence(), FinePrint::accepted),
        Html.each(report.patientCase().rejected(), FinePrint::rejected),
        tokens());
  }

  private static Html accepted(Evidence evidence) {
    return Html.of(
        """
        <li>{}<div>{} {} <span class="file">{}</span>{} <code>{}</code></div></li>
        """,
        Marks.passed(true),
        evidence.id(),
        Words.modality(evidence.modality()).toLowerCase(Locale.ROOT),
        Wire.fileName(evidence.origin().source()),
        evidence
            .origin()
            .patient()
            .flatMap(PatientIdentity::id)
            .map(id -> Html.of(" names patient {}", id))
            .orElse(Html.NONE),
        evidence.origin().sha256());
  }

  private static Html rejected(RejectedInput input) {
    return Html.of(
        """
        <li>{}<div>{} not used <span class="file">{}</span> {} <code>{}</code></div></li>
        """,
        Marks.passed(false),
        input.id(),
        Wire.fileName(input.source()),
        input.reason(),
        input.sha256());
  }

  private String tokens() {
    if (report.sequenceLength() == 0) {
      return "The model read nothing.";
    }
    List<String> parts = new ArrayList<>();
    for (Modality modality : Modality.values()) {
      Integer count = report.tokensByModality().get(modality);
      if (count != null && count > 0) {
        parts.add(count + " " + Words.modality(modality).toLowerCase(Locale.ROOT));
      }
    }
    String all = "One sequence of " + report.sequenceLength() + " tokens";
    return parts.isEmpty() ? all + "." : all + ": " + String.join(", ", parts) + ".";
  }

  private Html seal() {
    return Html.of(
        """
        <article class="card"><h3>Seal and timings</h3>
        <p class="caption">SHA-256 over RFC 8785 canonical JSON. The same inputs, model and machine
        give the same seal.</p>
        <dl class="hashes">{}{}{}{}</dl>
        <details class="small"><summary>Timings</summary>
        <table><tbody>
        {}</tbody></table></details></article>
        """,
        hash("Result", seal.result()),
        hash("Inputs", seal.inputs()),
        hash("Sequence", seal.sequence()),
        hash("Model", seal.model()),
        Html.each(
            new TreeMap<>(report.timings()).entrySet(),
            stage ->
                Html.of(
                    "<tr><td>{}</td><td class=\"number\">{} ms</td></tr>\n",
                    stage.getKey(),
                    String.format(Locale.ROOT, "%,.0f", stage.getValue()))));
  }

  private static Html hash(String name, String value) {
    return Html.of("<div><dt>{}</dt><dd><code>{}</code></dd></div>\n", name, value);
  }
}
