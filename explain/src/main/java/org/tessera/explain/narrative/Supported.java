package org.tessera.explain.narrative;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.tessera.casemodel.Finding;

/**
 * What a supported finding entails: nothing that is not listed here.
 *
 * @param id of the finding
 * @param term its names, on lower-case text
 * @param traits its side, severity and change, as far as known
 * @param quantities its numbers, rounded as they are shown
 * @param thresholds numbers that only a sentence about the operating point may give
 */
public record Supported(
    String id,
    Pattern term,
    Set<Trait> traits,
    List<Quantity> quantities,
    List<Quantity> thresholds) {
  public Supported {
    traits = Set.copyOf(traits);
    quantities = List.copyOf(quantities);
    thresholds = List.copyOf(thresholds);
  }

  /** A finding of which no operating point is known. */
  public Supported(String id, Pattern term, Set<Trait> traits, List<Quantity> quantities) {
    this(id, term, traits, quantities, List.of());
  }

  /**
   * What a finding entails: its name (and its plural), the traits within the name, and the
   * probability and the operating point in per cent. The bounds of its interval would only ever
   * pass for the probability.
   */
  public static Supported of(Finding finding) {
    String name = finding.code().display().toLowerCase(Locale.ROOT);
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    for (Trait trait : Trait.values()) {
      if (Pattern.compile("\\b(?:" + trait.expression() + ")\\b").matcher(name).find()) {
        traits.add(trait);
      }
    }
    List<Quantity> quantities = new ArrayList<>();
    finding.probability().ifPresent(p -> quantities.add(percent(p)));
    List<Quantity> thresholds = new ArrayList<>();
    finding.operatingPoint().ifPresent(point -> thresholds.add(percent(point.threshold())));
    return new Supported(
        finding.id(),
        Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "s?(?![\\w-])"),
        traits,
        quantities,
        thresholds);
  }

  private static Quantity percent(double probability) {
    return new Quantity(Math.rint(100 * probability), "%");
  }
}
