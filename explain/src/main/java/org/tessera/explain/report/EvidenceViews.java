package org.tessera.explain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.explain.Phrases;
import org.tessera.explain.report.Shown.Gallery;
import org.tessera.explain.report.Shown.ShownHeat;
import org.tessera.explain.report.Shown.ShownPicture;

/** The evidence, each piece with what the findings point to in it. */
final class EvidenceViews {
  private final CaseReport report;
  private final Gallery gallery;

  EvidenceViews(CaseReport report, Gallery gallery) {
    this.report = report;
    this.gallery = gallery;
  }

  Html section() {
    if (report.patientCase().evidence().isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <section id="evidence" aria-labelledby="evidence-title">
        <h2 id="evidence-title">Evidence</h2>
        {}{}{}{}{}</section>
        """,
        Html.list("notices", gallery.notices()),
        Html.each(gallery.pictures(), this::picture),
        Html.each(report.patientCase().evidence(), this::note),
        Html.each(gallery.sounds(), sound -> new SoundView(report, sound).figure()),
        Html.each(report.patientCase().evidence(), this::record));
  }

  private Html note(Evidence evidence) {
    return evidence instanceof NoteEvidence note
        ? new NoteView(report, note).figure()
        : Html.NONE;
  }

  private Html record(Evidence evidence) {
    return evidence instanceof RecordEvidence facts
        ? new RecordView(report, facts).figure()
        : Html.NONE;
  }

  private Html picture(ShownPicture picture) {
    String about = about(picture);
    List<Finding> findings = picture.heats().stream().map(ShownHeat::finding).toList();
    return Html.of(
        """
        <figure class="viewer" id="{}">
        {}{}<div class="stage"><img class="base" alt="{}" width="{}" height="{}" src="{}">
        {}</div>
        {}</figure>
        """,
        anchor(picture),
        caption(picture.evidence(), about),
        toggles(picture.evidence().id(), findings),
        "%s %s. %s"
            .formatted(
                Words.modality(picture.evidence().modality()), picture.evidence().id(), about),
        picture.width(),
        picture.height(),
        new Html(picture.image().uri()),
        heats(picture),
        picture.heats().isEmpty() ? Html.NONE : strength(picture));
  }

  /** The first picture of an evidence is where links to the evidence lead. */
  private String anchor(ShownPicture picture) {
    boolean first =
        gallery.pictures().stream()
            .filter(each -> each.evidence().id().equals(picture.evidence().id()))
            .findFirst()
            .filter(each -> each.frame() == picture.frame())
            .isPresent();
    return "view-" + picture.evidence().id() + (first ? "" : "-" + picture.frame());
  }

  private static Html heats(ShownPicture picture) {
    List<Html> layers = new ArrayList<>();
    for (ShownHeat heat : picture.heats()) {
      layers.add(
          Html.of(
              "<img class=\"heat\" data-finding=\"{}\" alt=\"{}\" src=\"{}\"{}>\n",
              heat.finding().id(),
              "Heat of " + heat.finding().code().display() + ": " + heat.where(),
              new Html(heat.layer().uri()),
              new Html(layers.isEmpty() ? "" : " hidden")));
    }
    return Html.join(layers.stream());
  }

  private static Html strength(ShownPicture picture) {
    return Html.of(
        """
        <div class="under"><label>Overlay strength
        <input type="range" class="strength" min="0" max="100" value="100"></label>
        {}</div>
        """,
        Html.each(
            picture.heats(),
            heat ->
                Html.of(
                    "<p class=\"caption\" data-finding=\"{}\"{}>{}: strongest in {} of the picture."
                        + "</p>\n",
                    heat.finding().id(),
                    new Html(heat == picture.heats().getFirst() ? "" : " hidden"),
                    Phrases.sentence(heat.finding().code().display()),
                    heat.where())));
  }

  /** Buttons that choose whose highlights are seen; the first finding's to begin with. */
  static Html toggles(String evidence, List<Finding> findings) {
    if (findings.isEmpty()) {
      return new Html(
          "<p class=\"caption pointless\">No shown finding points to a place in this input.</p>\n");
    }
    return Html.of(
        """
        <div class="toggles" role="group" aria-label="Highlights in {}">
        {}<button type="button" data-show="" aria-pressed="false">None</button></div>
        """,
        evidence,
        Html.each(
            findings,
            finding ->
                Html.of(
                    """
                    <button type="button" class="{}" data-show="{}" aria-pressed="{}">{}</button>
                    """,
                    finding.status().wireName(),
                    finding.id(),
                    finding == findings.getFirst(),
                    name(finding))));
  }

  private static String name(Finding finding) {
    String name = Phrases.sentence(finding.code().display());
    return finding.status() == Finding.Status.WITHHELD ? name + " (withheld)" : name;
  }

  static Html caption(Evidence evidence, String about) {
    return Html.of(
        """
        <figcaption><h3>{} {} <span class="file">{}</span></h3>
        {}</figcaption>
        """,
        Words.modality(evidence.modality()),
        evidence.id(),
        Wire.fileName(evidence.origin().source()),
        about.isEmpty() ? Html.NONE : Html.of("<p class=\"caption\">{}</p>\n", about));
  }

  private String about(ShownPicture picture) {
    List<String> parts = new ArrayList<>();
    switch (picture.evidence()) {
      case ImageEvidence image -> {
        image.acquisition().ifPresent(parts::add);
        image.bodyPart().ifPresent(parts::add);
        image.view().ifPresent(view -> parts.add("view " + view));
        parts.add(size(image.pixels().width(), image.pixels().height()));
      }
      case SlideEvidence slide -> {
        parts.add(size(slide.pixels().width(), slide.pixels().height()));
        slide
            .micronsPerPixel()
            .ifPresent(microns -> parts.add(Words.number(microns) + " µm per pixel"));
      }
      case CineEvidence cine -> parts.add(size(cine.pixels().width(), cine.pixels().height()));
      case NoteEvidence _, AudioEvidence _, RecordEvidence _ -> {}
    }
    if (picture.frames() > 1) {
      parts.add("frame " + picture.frame() + " of " + picture.frames());
      Shown.seconds(report.patientCase(), picture.evidence().id(), picture.frame())
          .ifPresent(seconds -> parts.add(Words.seconds(seconds) + " s"));
    }
    time(picture.evidence()).ifPresent(parts::add);
    return String.join(" · ", parts);
  }

  private static String size(int width, int height) {
    return width + " × " + height + " pixels";
  }

  static Optional<String> time(Evidence evidence) {
    return evidence.origin().acquired().map(Words::time);
  }
}
