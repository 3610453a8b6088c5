package org.tessera.explain.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.TimeInterval;
import org.tessera.explain.report.Shown.ShownSound;

/** A recording: its spectrogram with the seconds that findings point to, and a player. */
final class SoundView {
  private static final int MAX_BUTTONS = 4;

  /** Pieces closer than this, in seconds, are played as one: about one token. */
  private static final double GAP = 0.1;

  private final ShownSound sound;
  private final AudioEvidence recording;
  private final List<Finding> findings;

  SoundView(CaseReport report, ShownSound sound) {
    this.sound = sound;
    this.recording = sound.evidence();
    this.findings =
        Shown.explained(report).stream()
            .filter(finding -> !Shown.highlights(finding, recording.id()).isEmpty())
            .toList();
  }

  Html figure() {
    return Html.of(
        """
        <figure class="viewer" id="view-{}">
        {}{}<div class="stage sound"><img class="base" alt="{}" src="{}">
        {}<svg class="head" aria-hidden="true"><line x1="0" x2="0" y1="0" y2="100%"/></svg></div>
        <div class="axis"><span>{} s</span><span>low tones below, high tones above</span>
        <span>{} s</span></div>
        <audio controls preload="metadata" src="{}"></audio>
        {}</figure>
        """,
        recording.id(),
        EvidenceViews.caption(recording, about()),
        EvidenceViews.toggles(recording.id(), findings),
        "Spectrogram of " + recording.id(),
        new Html(sound.spectrogram().uri()),
        Html.each(findings, this::intervals),
        Words.seconds(sound.start()),
        Words.seconds(sound.start() + sound.length()),
        new Html(sound.wave().uri()),
        Html.each(findings, this::buttons));
  }

  private String about() {
    List<String> parts = new ArrayList<>();
    parts.add(Words.seconds(recording.audio().duration()) + " s");
    if (sound.length() < recording.audio().duration() - GAP) {
      parts.add("a piece of " + Words.seconds(sound.length()) + " s is shown");
    }
    EvidenceViews.time(recording).ifPresent(parts::add);
    return String.join(" · ", parts);
  }

  private Html intervals(Finding finding) {
    List<Html> boxes = new ArrayList<>();
    for (Highlight highlight : Shown.highlights(finding, recording.id())) {
      if (highlight.region() instanceof TimeInterval time) {
        double start = (time.start() - sound.start()) / sound.length();
        double end = (time.end() - sound.start()) / sound.length();
        boxes.add(
            Html.of(
                "<rect x=\"{}\" y=\"0\" width=\"{}\" height=\"100%\" fill-opacity=\"{}\"/>\n",
                Charts.part(start),
                Charts.part(Math.clamp(end, 0, 1) - Math.clamp(start, 0, 1)),
                String.format(Locale.ROOT, "%.2f", 0.12 + 0.4 * highlight.weight())));
      }
    }
    return Html.of(
        "<svg class=\"intervals\" data-finding=\"{}\" aria-hidden=\"true\"{}>\n{}</svg>\n",
        finding.id(),
        new Html(finding == findings.getFirst() ? "" : " hidden"),
        Html.join(boxes.stream()));
  }

  private Html buttons(Finding finding) {
    return Html.of(
        "<p class=\"plays\" data-finding=\"{}\"{}>{}</p>\n",
        finding.id(),
        new Html(finding == findings.getFirst() ? "" : " hidden"),
        Html.each(pieces(finding), this::button));
  }

  private Html button(Piece piece) {
    return Html.of(
        """
        <button type="button" class="play" data-start="{}" data-end="{}">Play {} to {} s</button>
        """,
        Words.seconds(Math.max(0, piece.start - sound.start())),
        Words.seconds(Math.min(sound.length(), piece.end - sound.start())),
        Words.seconds(piece.start),
        Words.seconds(piece.end));
  }

  /** The strongest pieces, in the order of time; neighbours joined. */
  private List<Piece> pieces(Finding finding) {
    List<Piece> joined = new ArrayList<>();
    Shown.highlights(finding, recording.id()).stream()
        .filter(highlight -> highlight.region() instanceof TimeInterval)
        .map(highlight -> Piece.of((TimeInterval) highlight.region(), highlight.weight()))
        .sorted(Comparator.comparingDouble(Piece::start))
        .forEach(
            piece -> {
              if (!joined.isEmpty() && piece.start - joined.getLast().end <= GAP) {
                joined.add(joined.removeLast().with(piece));
              } else {
                joined.add(piece);
              }
            });
    return joined.stream()
        .sorted(Comparator.comparingDouble(Piece::weight).reversed())
        .limit(MAX_BUTTONS)
        .sorted(Comparator.comparingDouble(Piece::start))
        .toList();
  }

  private record Piece(double start, double end, double weight) {
    static Piece of(TimeInterval time, double weight) {
      return new Piece(time.start(), time.end(), weight);
    }

    Piece with(Piece next) {
      return new Piece(start, Math.max(end, next.end), Math.max(weight, next.weight));
    }
  }
}
