package org.tessera.omni.assertion;

import java.util.regex.Pattern;

/** What may stand between a Korean cue and the mention that it speaks about, in characters. */
final class KoreanClause {
  private static final Pattern LISTED =
      Pattern.compile("등|또는|혹은|및|이나|나 |과 |와 |vs|/|이든");
  private static final Pattern CAUSE =
      Pattern.compile(
          "\\S*로\\s+(?!볼|강력|강하|임상|우선|추가|최종|진단|판단|확진|보고|영상|여겨|보기|단정"
              + "|확정|생각)\\S+.*",
          Pattern.DOTALL);
  private static final Pattern WHEN = Pattern.compile("시(?:에는|에|엔|마다)?");
  private static final int NEAR = 15;
  private static final int CLAUSE = 30;
  private static final int LIST = 45;

  private KoreanClause() {}

  static boolean joinsAhead(Cue cue, String gap) {
    return switch (cue.stance()) {
      case UNCERTAIN -> gap.indexOf(',') < 0 && gap.length() <= CLAUSE;
      case AFFIRMED, HISTORICAL, NEGATED, HYPOTHETICAL, FAMILY -> true;
    };
  }

  static boolean joinsBehind(Cue cue, String gap, Mention mention) {
    boolean comma = gap.indexOf(',') >= 0;
    String words = mention.text().substring(cue.start(), cue.end());
    return switch (cue.stance()) {
      case UNCERTAIN ->
          gap.length() <= CLAUSE
              && !CAUSE.matcher(gap).matches()
              && (!comma || LISTED.matcher(gap).find());
      case HISTORICAL ->
          gap.length() <= CLAUSE && (!comma || gap.substring(gap.indexOf(',')).length() <= NEAR);
      case HYPOTHETICAL ->
          gap.length() <= (WHEN.matcher(words).matches() ? NEAR : CLAUSE);
      case AFFIRMED, NEGATED, FAMILY -> gap.length() <= LIST;
    };
  }
}
