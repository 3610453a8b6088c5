package org.tessera.omni.assertion;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a section's heading says about everything below it. */
enum SectionStance {
  FAMILY(
      Stance.FAMILY, "family|\\bf(?:am)? ?hx?\\b|\\bfhx?\\b|relatives|household|가족|가계"),
  HISTORICAL(
      Stance.HISTORICAL,
      "\\bpast\\b|previous|\\bprior\\b|\\bpm ?hx?\\b|\\bps ?hx?\\b|\\bphx?\\b|background"
          + "|(?:medical|surgical) (?:history|hx)|old records|resolved|과거|기왕"
          + "|수술력|(?<!현)병력|이전 ?(?:검사|기록|병력)|내과력"),
  UNCERTAIN(
      Stance.UNCERTAIN, "differential|\\bddx\\b|rule[- ]?out|\\br/o\\b|감별|의심|추정"),
  HYPOTHETICAL(
      Stance.HYPOTHETICAL,
      "precaution|safety.?net|contingency|anticipatory|when to|return if|call if|come back"
          + "|prevention|prophylaxis|risks?\\b|주의|재내원|예방|위험|응급 ?내원"),
  NEGATED(Stance.NEGATED, "negatives|denies|absent|음성 ?소견");

  private final Stance stance;
  private final Pattern heading;

  SectionStance(Stance stance, String heading) {
    this.stance = stance;
    this.heading = Pattern.compile(heading);
  }

  /** The stance that a heading lends to what is stated below it. */
  static Optional<Stance> of(String heading) {
    String lower = heading.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(each -> each.heading.matcher(lower).find())
        .map(each -> each.stance)
        .findFirst();
  }
}
