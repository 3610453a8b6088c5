package org.tessera.explain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Counterfactual;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.TextSpan;
import org.tessera.explain.Phrases;
import org.tessera.explain.report.Picture.Area;
import org.tessera.explain.report.Shown.ShownFlip;

/**
 * The case as it is, and without the evidence of a finding; a reader flips between the two by two
 * radio buttons, which need no script and follow the arrow keys. On paper both are seen.
 */
final class FlipView {
  private static final int AROUND = 140;
  private static final int MAX_FACTS = 6;

  private final CaseReport report;
  private final List<ShownFlip> flips;
  private final Finding finding;

  FlipView(CaseReport report, List<ShownFlip> flips, Finding finding) {
    this.report = report;
    this.finding = finding;
    this.flips = flips.stream().filter(each -> each.finding().equals(finding)).toList();
  }

  /** Both sides; nothing without a counterfactual. */
  Html section() {
    return finding.counterfactual().filter(each -> Shown.isExplained(finding)).map(this::section)
        .orElse(Html.NONE);
  }

  private Html section(Counterfactual changed) {
    return Html.of(
        """
        <fieldset class="flip"><legend>With and without the marked evidence</legend>
        {}{}<div class="sides">
        {}{}</div></fieldset>
        """,
        choice("as", "As it is", finding.probability().orElse(0), " checked"),
        choice("cf", "Evidence removed", changed.probability(), ""),
        side("as", finding.probability().orElse(0), false),
        side("cf", changed.probability(), true));
  }

  private Html choice(String side, String label, double probability, String checked) {
    return Html.of(
        """
        <input type="radio" name="flip-{}" id="flip-{}-{}" class="{}"{}>
        <label for="flip-{}-{}">{} <b>{}</b></label>
        """,
        finding.id(),
        finding.id(),
        side,
        side,
        new Html(checked),
        finding.id(),
        side,
        label,
        Phrases.percent(probability));
  }

  private Html side(String side, double probability, boolean without) {
    return Html.of(
        """
        <div class="side {}">{}<div class="pieces">{}</div>
        <p class="caption">{}</p></div>
        """,
        side,
        Charts.scale(finding, probability),
        Html.join(
            report.patientCase().evidence().stream().flatMap(each -> piece(each, without))),
        without ? done() : "The marked places are what the finding rests on.");
  }

  private String done() {
    List<String> ways =
        finding.counterfactual().stream()
            .flatMap(changed -> changed.removed().stream())
            .map(Counterfactual.Removed::how)
            .distinct()
            .sorted()
            .map(
                how ->
                    switch (how) {
                      case INPAINTED -> "the marked pixels are filled in from those around";
                      case STRUCK -> "the marked words are taken out";
                      case MUTED -> "the marked seconds are silent";
                      case DROPPED -> "the marked statements are not in the record";
                    })
            .toList();
    return Phrases.sentence(String.join(", ", ways)) + "; the model read the changed case anew.";
  }

  private Stream<Html> piece(Evidence evidence, boolean without) {
    List<EvidenceRegion> regions = Flips.regions(finding, evidence.id());
    if (regions.isEmpty()) {
      return Stream.empty();
    }
    return switch (evidence) {
      case NoteEvidence note -> Stream.of(words(note, regions, without));
      case RecordEvidence kept -> Stream.of(facts(kept, regions, without));
      default ->
          flips.stream()
              .filter(flip -> flip.evidence().id().equals(evidence.id()))
              .map(flip -> picture(flip, without));
    };
  }

  private static Html picture(ShownFlip flip, boolean without) {
    boolean sound = flip.evidence() instanceof AudioEvidence;
    List<Html> marks = new ArrayList<>();
    for (Area area : flip.marks()) {
      marks.add(
          Html.of(
              "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
              Charts.part(area.x()),
              Charts.part(area.y()),
              Charts.part(area.width()),
              Charts.part(area.height())));
    }
    return Html.of(
        """
        <div class="piece {}"><img alt="{}" width="{}" height="{}" src="{}">
        <svg class="frames" aria-hidden="true">{}</svg></div>
        """,
        sound ? "heard" : "seen",
        (sound ? "Spectrogram of " : Words.modality(flip.evidence().modality()) + " ")
            + flip.evidence().id()
            + (without ? " without the marked evidence" : " with the evidence marked"),
        flip.width(),
        flip.height(),
        new Html((without ? flip.after() : flip.before()).uri()),
        Html.join(marks.stream()));
  }

  /** The words around the first span, marked or struck out. */
  private static Html words(NoteEvidence note, List<EvidenceRegion> regions, boolean without) {
    int[] text = note.text().text().codePoints().toArray();
    List<TextSpan> spans =
        regions.stream().filter(TextSpan.class::isInstance).map(TextSpan.class::cast).toList();
    int first = spans.stream().mapToInt(TextSpan::start).min().orElse(0);
    int from = Math.max(0, Math.min(first - AROUND / 2, text.length));
    int to = Math.min(text.length, from + 2 * AROUND);
    List<Html> pieces = new ArrayList<>();
    for (int start = from; start < to; ) {
      boolean marked = marked(spans, start);
      int end = start + 1;
      while (end < to && marked(spans, end) == marked) {
        end++;
      }
      Html words = Html.text(new String(text, start, end - start));
      String tag = without ? "del" : "mark";
      pieces.add(
          marked
              ? Html.of("<{}>{}</{}>", new Html(tag), words, new Html(tag))
              : words);
      start = end;
    }
    return Html.of(
        "<blockquote class=\"piece\" dir=\"auto\">{}{}{}</blockquote>\n",
        from > 0 ? "… " : "",
        Html.join(pieces.stream()),
        to < text.length ? " …" : "");
  }

  private static boolean marked(List<TextSpan> spans, int at) {
    return spans.stream().anyMatch(span -> span.start() <= at && at < span.end());
  }

  private static Html facts(RecordEvidence kept, List<EvidenceRegion> regions, boolean without) {
    List<RecordFact> facts =
        kept.facts().stream()
            .filter(fact -> regions.contains(fact.entry()))
            .limit(MAX_FACTS)
            .toList();
    return Html.of(
        "<ul class=\"piece facts\">{}</ul>\n",
        Html.each(
            facts,
            fact ->
                without
                    ? Html.of("<li><del>{}</del></li>", fact.display())
                    : Html.of("<li><mark>{}</mark></li>", fact.display())));
  }
}
