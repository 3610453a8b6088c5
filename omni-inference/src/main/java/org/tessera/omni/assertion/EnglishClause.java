package org.tessera.omni.assertion;

import java.util.regex.Pattern;

/** What may stand between an English cue and the mention that it speaks about. */
final class EnglishClause {
  private static final Pattern ALTERNATIVE = Pattern.compile("\\b(?:or|nor|and/or)\\b");
  private static final Pattern OPTIONS = Pattern.compile("\\b(?:or|versus|vs)\\b");
  private static final Pattern PREDICATE =
      Pattern.compile(
          "\\s*(?:is|are|was|were|has|have|had|persists?|remains?|continues?|noted|seen|present"
              + "|improv\\w+|worsen\\w+|increas\\w+)\\b.*",
          Pattern.DOTALL);
  private static final Pattern ITEM_OF_ITS_OWN =
      Pattern.compile(
          "\\s*(?:an?|the|mild|moderate|severe|small|large|new|persistent|worsening|productive|dry"
              + "|some|occasional|left|right|bilateral|increased|marked|extensive|patchy|subtle"
              + "|trace|tiny|multiple|several|known|stable|unchanged|chronic|ongoing|recurrent"
              + "|high|low-grade|intermittent|slight|diffuse|focal|scattered)\\b.*",
          Pattern.DOTALL);
  private static final Pattern COORDINATED = Pattern.compile("\\b(?:and|or|nor|all|both|each)\\b");
  private static final Pattern PLURAL = Pattern.compile("(?:are|were|have|all)\\b.*|[:?].*");
  private static final Pattern PARENTHESIS = Pattern.compile("[^,]*,[^,]*,\\s*");
  private static final Pattern VERB =
      Pattern.compile("(?:is|are|was|were|has|have|had|can|could|remain|come|came)\\b.*");
  private static final Pattern VERSUS = Pattern.compile("v(?:s\\.?|ersus)");
  private static final Pattern DIFFERENTIAL = Pattern.compile("d(?:ifferential|dx)\\b.*");
  private static final int NEAR = 25;

  private EnglishClause() {}

  /**
   * True if a cue may speak about a mention behind it.
   *
   * @param gap what stands between
   */
  static boolean joinsAhead(Cue cue, String gap, Mention mention) {
    int comma = gap.lastIndexOf(',');
    String cueWords = mention.text().substring(cue.start(), cue.end());
    return switch (cue.stance()) {
      case NEGATED ->
          comma < 0 || denies(cueWords, gap, gap.substring(comma + 1), mention.clauseAfter());
      case UNCERTAIN ->
          DIFFERENTIAL.matcher(cueWords).matches()
              || (!gap.contains(" with ")
                  && (comma < 0 || OPTIONS.matcher(gap + mention.clauseAfter()).find()));
      case AFFIRMED, HISTORICAL, HYPOTHETICAL, FAMILY -> true;
    };
  }

  /**
   * Whether a denial goes on over a comma: a list does, a new statement does not; a bare "not"
   * denies its own predicate only.
   */
  private static boolean denies(String cue, String gap, String item, String after) {
    if (ALTERNATIVE.matcher(gap + "|" + after).find()) {
      return true;
    }
    return !cue.equals("not")
        && !PREDICATE.matcher(after).matches()
        && !ITEM_OF_ITS_OWN.matcher(item).matches();
  }

  /**
   * True if a cue may speak about a mention before it.
   *
   * @param gap what stands between
   */
  static boolean joinsBehind(Cue cue, String gap, Mention mention) {
    String words = mention.text().substring(cue.start(), cue.end());
    if (VERSUS.matcher(words).matches() && gap.length() > NEAR) {
      return false;
    }
    int comma = gap.lastIndexOf(',');
    if (comma < 0 || cue.stance() == Stance.FAMILY || cue.stance() == Stance.HYPOTHETICAL) {
      return true;
    }
    String last = gap.substring(comma + 1);
    boolean aside = PARENTHESIS.matcher(gap).matches() && VERB.matcher(words).matches();
    boolean near =
        cue.stance() == Stance.HISTORICAL
            ? last.strip().split("\\s+").length <= 2
            : last.isBlank();
    return near
        || aside
        || COORDINATED.matcher(last).find()
        || PLURAL.matcher(words.strip()).matches();
  }
}
