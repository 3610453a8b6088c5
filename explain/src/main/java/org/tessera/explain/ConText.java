package org.tessera.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a sentence speaks about a term: affirmed, uncertain, historical, negated, or of somebody
 * else.
 *
 * <p>The algorithm of Harkema et al. 2009: cue words open a scope ahead of or behind themselves; a
 * scope ends at the sentence's end or at a word that turns the sentence; of overlapping cues the
 * longest counts. Rules, not understanding: lists that change their subject without such a word are
 * misread, which is why the check that uses it only warns.
 */
final class ConText {
  private ConText() {}

  private enum Reach {
    AHEAD,
    BEHIND,
    STOP,
    TURN,
    NONE
  }

  private record Group(Reach reach, Stance stance, List<Pattern> cues) {}

  private record Cue(int start, int end, Reach reach, Stance stance) {
    boolean overlaps(Cue other) {
      return start < other.end && other.start < end;
    }
  }

  private static final List<Group> GROUPS =
      List.of(
          group(Reach.NONE, Stance.AFFIRMED, Cues.PSEUDO),
          group(Reach.STOP, Stance.AFFIRMED, Cues.STOP),
          group(Reach.TURN, Stance.AFFIRMED, Cues.TURN),
          group(Reach.BEHIND, Stance.NEGATED, Cues.NEGATED_BEHIND),
          group(Reach.AHEAD, Stance.NEGATED, Cues.NEGATED_AHEAD),
          group(Reach.BEHIND, Stance.UNCERTAIN, Cues.UNCERTAIN_BEHIND),
          group(Reach.AHEAD, Stance.UNCERTAIN, Cues.UNCERTAIN_AHEAD),
          group(Reach.BEHIND, Stance.HISTORICAL, Cues.HISTORICAL_BEHIND),
          group(Reach.AHEAD, Stance.HISTORICAL, Cues.HISTORICAL_AHEAD),
          group(Reach.BEHIND, Stance.FAMILY, Cues.FAMILY_BEHIND),
          group(Reach.AHEAD, Stance.FAMILY, Cues.FAMILY_AHEAD));

  private static Group group(Reach reach, Stance stance, List<String> cues) {
    return new Group(reach, stance, Cues.compiled(cues));
  }

  /**
   * How the sentence speaks about each mention of a term, in order; empty if it is not mentioned.
   *
   * @param sentence one sentence
   * @param term matches lower-case text
   */
  static List<Stance> stances(String sentence, Pattern term) {
    String text = sentence.toLowerCase(Locale.ROOT).replaceAll("\\s", " ");
    Matcher mention = term.matcher(text);
    List<Stance> stances = new ArrayList<>();
    List<Cue> cues = List.of();
    while (mention.find()) {
      if (stances.isEmpty()) {
        cues = cues(text);
      }
      stances.add(stance(cues, mention.start(), mention.end()));
    }
    return stances;
  }

  private static Stance stance(List<Cue> cues, int start, int end) {
    return Stream.of(Stance.values())
        .sorted(Comparator.reverseOrder())
        .filter(
            stance ->
                cues.stream()
                    .anyMatch(
                        cue ->
                            cue.stance() == stance
                                && cue.reach() != Reach.NONE
                                && reaches(cue, cues, start, end)))
        .findFirst()
        .orElse(Stance.AFFIRMED);
  }

  private static boolean reaches(Cue cue, List<Cue> cues, int start, int end) {
    return switch (cue.reach()) {
      case AHEAD -> cue.end() <= start && open(cue, cues, cue.end(), start);
      case BEHIND -> end <= cue.start() && open(cue, cues, end, cue.start());
      case STOP, TURN, NONE -> false;
    };
  }

  private static boolean open(Cue cue, List<Cue> cues, int from, int to) {
    return cues.stream()
        .filter(each -> each.start() >= from && each.end() <= to)
        .noneMatch(
            each ->
                each.reach() == Reach.STOP
                    || (each.reach() == Reach.TURN && cue.stance() != Stance.FAMILY));
  }

  /** Cues that do not overlap, the longest first; the same words may reach both ways. */
  private static List<Cue> cues(String text) {
    List<Cue> all = new ArrayList<>();
    for (Group group : GROUPS) {
      for (Pattern pattern : group.cues()) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
          all.add(new Cue(matcher.start(), matcher.end(), group.reach(), group.stance()));
        }
      }
    }
    all.sort(Comparator.comparingInt((Cue cue) -> cue.start() - cue.end()));
    List<Cue> kept = new ArrayList<>();
    for (Cue cue : all) {
      if (kept.stream().noneMatch(longer -> hides(longer, cue))) {
        kept.add(cue);
      }
    }
    return kept;
  }

  private static boolean hides(Cue longer, Cue cue) {
    boolean same = longer.start() == cue.start() && longer.end() == cue.end();
    return longer.overlaps(cue) && (!same || longer.reach() == Reach.NONE);
  }
}
