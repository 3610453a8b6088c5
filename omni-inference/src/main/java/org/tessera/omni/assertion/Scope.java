package org.tessera.omni.assertion;

import static org.tessera.omni.assertion.Cue.Role.AHEAD;
import static org.tessera.omni.assertion.Cue.Role.CURRENT;
import static org.tessera.omni.assertion.Cue.Role.STOP;
import static org.tessera.omni.assertion.Cue.Role.SUBJECT;
import static org.tessera.omni.assertion.Cue.Role.TURN;

import java.util.regex.Pattern;

/**
 * Whether a cue reaches a mention: nothing between them may end the scope of such a cue, and what
 * stands between has to read like one statement in the cue's language.
 */
final class Scope {
  private static final Pattern TOUCH = Pattern.compile("(?:\\s*/\\s*[^\\s,;/]+)*\\s*");
  private static final Pattern NEXT_ITEM = Pattern.compile(",|\\b(?:and|with)\\b");
  private static final Pattern STILL =
      Pattern.compile(
          "(?:is|are|remains?|again|have|grown|increas\\w+|unchanged|stable|persist|still|for|x"
              + "|since|has|continues?|recurr)\\b.*|persist\\w*|(?:증가|커|잔존|남아|현재|여전|계속|지속|다시).*");

  private static final Pattern DATED = Pattern.compile("\\d{4}|\\bago\\b|[년달월해] ?전");
  private static final int STILL_WITHIN = 60;

  private Scope() {}

  static boolean reaches(Cue cue, Mention mention) {
    return switch (cue.role()) {
      case AHEAD -> cue.end() <= mention.start() && ahead(cue, mention);
      case BEHIND -> mention.end() <= cue.start() && behind(cue, mention);
      case TOUCHING ->
          mention.end() <= cue.start()
              && TOUCH.matcher(mention.text().substring(mention.end(), cue.start())).matches();
      case BACK -> mention.end() <= cue.start();
      case PSEUDO, STOP, TURN, SUBJECT, CURRENT -> false;
    };
  }

  /** True if the sentence says of the mention that it is so now. */
  static boolean current(Mention mention) {
    return mention.cues().stream()
        .filter(cue -> cue.role() == CURRENT)
        .anyMatch(
            cue ->
                cue.end() <= mention.start()
                    ? !mention.has(STOP, cue.end(), mention.start())
                        && !mention.has(TURN, cue.end(), mention.start())
                    : still(cue, mention));
  }

  /** Right behind the mention, as its predicate. */
  private static boolean still(Cue cue, Mention mention) {
    if (cue.start() < mention.end()) {
      return false;
    }
    String gap = mention.text().substring(mention.end(), cue.start());
    String words = mention.text().substring(cue.start(), cue.end());
    return !mention.has(STOP, mention.end(), cue.start())
        && !NEXT_ITEM.matcher(gap).find()
        && gap.length() <= STILL_WITHIN
        && STILL.matcher(words).matches();
  }

  private static boolean ahead(Cue cue, Mention mention) {
    String gap = mention.text().substring(cue.end(), mention.start());
    return open(cue, mention, cue.end(), mention.start())
        && !(cue.stance() == Stance.HISTORICAL
            && !DATED.matcher(mention.text()).region(cue.start(), cue.end()).find()
            && mention.cues().stream()
                .anyMatch(each -> each.role() == CURRENT && still(each, mention)))
        && !superseded(cue, mention)
        && switch (cue.language()) {
          case ENGLISH -> EnglishClause.joinsAhead(cue, gap, mention);
          case KOREAN -> KoreanClause.joinsAhead(cue, gap);
        };
  }

  private static boolean behind(Cue cue, Mention mention) {
    String gap = mention.text().substring(mention.end(), cue.start());
    return open(cue, mention, mention.end(), cue.start())
        && switch (cue.language()) {
          case ENGLISH -> EnglishClause.joinsBehind(cue, gap, mention);
          case KOREAN -> KoreanClause.joinsBehind(cue, gap, mention);
        };
  }

  private static boolean open(Cue cue, Mention mention, int from, int to) {
    return !mention.has(STOP, from, to)
        && switch (cue.stance()) {
          case FAMILY -> !mention.has(SUBJECT, from, to);
          case HYPOTHETICAL ->
              cue.language() == Cue.Language.ENGLISH || !mention.has(TURN, from, to);
          case HISTORICAL -> !mention.has(TURN, from, to) && !mention.has(CURRENT, from, to);
          case NEGATED, UNCERTAIN, AFFIRMED -> !mention.has(TURN, from, to);
        };
  }

  /** A later item of the list has a cue of its own: "no fever, possible pneumonia". */
  private static boolean superseded(Cue cue, Mention mention) {
    if (cue.stance() == Stance.FAMILY || cue.stance() == Stance.HYPOTHETICAL) {
      return false;
    }
    return mention.cues().stream()
        .filter(next -> next.role() == AHEAD && next.stance() != cue.stance())
        .filter(next -> next.within(cue.end(), mention.start()))
        .anyMatch(
            next -> NEXT_ITEM.matcher(mention.text().substring(cue.end(), next.start())).find());
  }
}
