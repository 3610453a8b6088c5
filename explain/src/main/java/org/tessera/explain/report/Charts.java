package org.tessera.explain.report;

import java.util.Locale;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.Modality;
import org.tessera.explain.Phrases;

/** Small drawings whose places are percentages, so that they fit any width without a style. */
final class Charts {
  private Charts() {}

  /** A probability on its way from 0 to 1, with its interval and the operating point. */
  static Html probability(Finding finding, double probability) {
    Html band = finding.interval().map(Charts::band).orElse(Html.NONE);
    Html point = finding.operatingPoint().map(Charts::threshold).orElse(Html.NONE);
    return Html.of(
        """
        <svg class="scale" role="img" aria-label="{}">
        <rect class="track" x="0" y="9" width="100%" height="6" rx="3"/>
        {}{}<circle class="dot" cx="{}" cy="12" r="6"/>
        <text x="0" y="34">0</text>
        <text x="100%" y="34" text-anchor="end">100 %</text>
        </svg>
        """,
        "Probability " + Phrases.percent(probability) + " on a scale from 0 to 100 percent",
        band,
        point,
        part(probability));
  }

  /** A probability beside the operating point, in one line. */
  static Html scale(Finding finding, double probability) {
    return Html.of(
        """
        <svg class="scale" role="img" aria-label="{}">
        <rect class="track" x="0" y="9" width="100%" height="6" rx="3"/>
        {}<circle class="dot" cx="{}" cy="12" r="6"/>
        <text x="0" y="34">0</text>
        <text x="100%" y="34" text-anchor="end">100 %</text>
        </svg>
        """,
        "Probability " + Phrases.percent(probability) + " on a scale from 0 to 100 percent",
        finding.operatingPoint().map(Charts::threshold).orElse(Html.NONE),
        part(probability));
  }

  private static Html band(Interval interval) {
    return Html.of(
        "<rect class=\"band\" x=\"{}\" y=\"5\" width=\"{}\" height=\"14\" rx=\"3\"/>\n",
        part(interval.low()),
        part(Math.max(0.005, interval.high() - interval.low())));
  }

  private static Html threshold(OperatingPoint point) {
    String anchor =
        point.threshold() < 0.25 ? "start" : point.threshold() > 0.75 ? "end" : "middle";
    return Html.of(
        """
        <line class="threshold" x1="{}" x2="{}" y1="1" y2="23"/>
        """,
        part(point.threshold()),
        part(point.threshold()))
        .then(crowded(point.threshold()) ? Html.NONE : label(point, anchor));
  }

  /** True where the label would run into the 0 or the 100 of the scale. */
  private static boolean crowded(double threshold) {
    return threshold < 0.06 || threshold > 0.85;
  }

  private static Html label(OperatingPoint point, String anchor) {
    return Html.of(
        "<text class=\"at\" x=\"{}\" y=\"34\" text-anchor=\"{}\">operating point</text>\n",
        part(point.threshold()),
        anchor);
  }

  /**
   * One bar to the right (towards the finding) or left (away from it) per modality.
   *
   * @param finding with its contributions in logits; what a logit does to the odds is said beside
   */
  static Html contributions(Finding finding) {
    double widest =
        finding.contributions().values().stream().mapToDouble(Math::abs).max().orElse(0);
    double scale = Math.max(1, widest);
    StringBuilder rows = new StringBuilder();
    for (Modality modality : Modality.values()) {
      Double value = finding.contributions().get(modality);
      if (value != null) {
        rows.append(row(Words.modality(modality), value, scale).markup());
      }
    }
    return Html.of("<div class=\"bars\" role=\"list\">\n{}</div>\n", new Html(rows.toString()));
  }

  private static Html row(String name, double value, double scale) {
    double length = Math.abs(value) / scale / 2;
    double left = value < 0 ? 0.5 - length : 0.5;
    return Html.of(
        """
        <div class="bar" role="listitem"><span class="name">{}</span>
        <svg aria-hidden="true"><line class="axis" x1="50%" x2="50%" y1="0" y2="16"/>
        <rect class="{}" x="{}" y="3" width="{}" height="10"/></svg>
        <span class="value">{} <span class="odds">odds × {}</span></span></div>
        """,
        name,
        value < 0 ? "away" : "towards",
        part(left),
        part(length),
        Words.signed(value),
        odds(value));
  }

  private static String odds(double logits) {
    double factor = Math.exp(Math.clamp(logits, -20, 20));
    if (factor >= 1000) {
      return "> 1000";
    }
    if (factor < 0.01) {
      return "< 0.01";
    }
    String digits = factor >= 10 ? "%.0f" : factor >= 1 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, digits, factor);
  }

  /** A fraction as a percentage of a drawing's width. */
  static String part(double fraction) {
    return String.format(Locale.ROOT, "%.2f%%", Math.clamp(fraction, 0, 1) * 100);
  }
}
