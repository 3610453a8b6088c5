package org.tessera.explain.narrative;

import java.util.List;
import java.util.stream.Stream;

/** What a sentence may say of a finding beside its name, and the words that say it. */
public enum Trait {
  LEFT(Aspect.SIDE, "left(?:[- ]sided)?|left-hand|sinistral"),
  RIGHT(Aspect.SIDE, "right(?:[- ]sided)?|right-hand|dextral"),
  BILATERAL(
      Aspect.SIDE,
      "bilateral(?:ly)?|two-sided|(?:on |in )?both (?:sides|lungs|hemithoraces)|on either side"
          + "|(?:on |in )?(?:the )?(?:left and (?:the )?right|right and (?:the )?left)"),
  MILD(
      Aspect.SEVERITY,
      "mild(?:ly)?|slight(?:ly)?|small|minor|minimal(?:ly)?|trace|tiny|subtle|faint|low-grade"
          + "|discrete|little"),
  MODERATE(
      Aspect.SEVERITY,
      "moderate(?:ly)?(?: (?:severe|large|sized))?|medium(?:-sized)?|intermediate|moderate-sized"),
  SEVERE(
      Aspect.SEVERITY,
      "severe(?:ly)?|marked(?:ly)?|large|extensive|pronounced|massive|gross|major|considerable"
          + "|substantial|advanced|huge|big"),
  NEW(Aspect.TIME, "new(?:ly)?(?: appeared)?|recent(?:ly)?|not present before|of recent onset"),
  UNCHANGED(Aspect.TIME, "unchanged|stable|without change|persistent|constant|the same as before"),
  LARGER(
      Aspect.TIME,
      "larger(?: than before)?|increas(?:ed|ing)|grown|worse(?:ned)?|worsening|progress(?:ed|ive)"
          + "|enlarg(?:ed|ing)"),
  SMALLER(
      Aspect.TIME,
      "smaller(?: than before)?|decreas(?:ed|ing)|improv(?:ed|ing)|shrunk|regress(?:ed|ing)"
          + "|resolv(?:ed|ing)|cleared|better|gone|disappeared");

  /** Traits of one aspect exclude each other. */
  public enum Aspect {
    SIDE("a side"),
    SEVERITY("a severity"),
    TIME("a change over time");

    private final String words;

    Aspect(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private final Aspect aspect;
  private final String expression;

  Trait(Aspect aspect, String expression) {
    this.aspect = aspect;
    this.expression = expression;
  }

  /** The aspect that this trait is one of. */
  public Aspect aspect() {
    return aspect;
  }

  String expression() {
    return expression;
  }

  /** Those that say more go first. */
  static List<Trait> longestFirst() {
    return Stream.concat(Stream.of(BILATERAL), Stream.of(values()).filter(t -> t != BILATERAL))
        .toList();
  }
}
