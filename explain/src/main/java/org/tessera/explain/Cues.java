package org.tessera.explain;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The cue words of ConText (Harkema et al. 2009; Chapman et al. 2001 for negation), in English and,
 * as far as short findings go, Korean. Each group is a list of regular expressions on lower-case
 * text. Korean cues follow what they speak about, and carry endings, so they match inside a word.
 */
final class Cues {
  private Cues() {}

  /** Phrases that look like cues and are none. */
  static final List<String> PSEUDO =
      List.of(
          "no (?:\\w+ )?(?:change|increase|decrease|improvement|progression|worsening|difference)",
          "not only",
          "not necessarily",
          "no doubt",
          "gram[- ]negative",
          "without (?:difficulty|complications?)",
          "(?:has |have |had )?not (?:yet )?(?:resolved|cleared|improved|improving|better)",
          "history of present(?:ing)? (?:illness|complaint)s?",
          "\\d+[- ]?(?:year|month|week|day)s?[- ]old",
          "(?:to|with|from|since|than) (?:the |a |her |his )?(?:prior|previous)(?: \\w+)?",
          "(?:mother|father|parents?|wife|husband|daughter|son)"
              + "(?= (?:reports?|reported|states?|says|said|noticed|notes?|denies|denied"
              + "|brought))");

  static final List<String> NEGATED_AHEAD =
      List.of(
          "no(?: evidence| signs?| indication| suggestion)?(?: of| for)?",
          "no longer(?: has| have| any)?",
          "not",
          "\\w+n['\u2019]t",
          "without(?: any)?(?: evidence of| signs? of)?",
          "denies",
          "denied",
          "denying",
          "negative(?: for)?",
          "free (?:of|from)",
          "clear of",
          "absence of",
          "lack(?:s|ing)?(?: of)?",
          "never",
          "neither",
          "nor",
          "rule[sd] out",
          "excludes",
          "fail(?:s|ed) to (?:show|reveal|demonstrate)");

  static final List<String> NEGATED_BEHIND =
      List.of(
          "(?:is |was |are |were |has been |have been |been )?ruled out",
          "(?:is |was |are |were |has been |have been |been )?excluded",
          "(?:is |was |are |were )?(?:absent|denied)",
          "(?:is |was |are |were |has |have )?(?:not|no longer) (?:been )?(?:seen|present"
              + "|identified"
              + "|detected|demonstrated|found|evident|visible|visuali[sz]ed|noted|appreciated|heard"
              + "|observed|reported)",
          "(?:is|are|was|were)n['\u2019]t (?:seen|present|identified|detected|found|evident|visible"
              + "|heard|noted)",
          "(?:is |was |are |were |came back |tested )?negative",
          "none",
          "없음",
          "없다",
          "없었",
          "없습",
          "없으",
          "없이",
          "없는",
          "없고",
          "아님",
          "아닙",
          "아니",
          "음성",
          "않",
          "부인",
          "배제됨");

  static final List<String> UNCERTAIN_AHEAD =
      List.of(
          "possibl[ey]",
          "probabl[ey]",
          "suspected",
          "suspects?",
          "suspicio(?:n|us) (?:of|for)",
          "(?:may|might|could) (?:be|represent|reflect|have|indicate|suggest)",
          "(?:can ?not|can['\u2019]t|could not|does not|do not|not) (?:exclude|rule out)",
          "rule out",
          "r/o",
          "question(?:able| of)",
          "query",
          "concern(?:ing|ed)? for",
          "worrisome for",
          "(?:evaluate|evaluation|assess|check) for",
          "if",
          "should (?:an?|any)",
          "(?:watch|look out|return) for",
          "in case of",
          "differential(?: diagnosis)?(?: includes?)?",
          "versus",
          "vs\\.?",
          "(?:un)?likely",
          "\\?(?= ?\\w)");

  static final List<String> UNCERTAIN_BEHIND =
      List.of(
          "(?:is |are |was |were )?(?:suspected|possible|probable|questionable|considered)",
          "(?:is |are |was |were )?(?:un)?likely",
          "(?:can ?not|can['\u2019]t|could not) be (?:excluded|ruled out)",
          "(?:not|not been|not yet been) (?:excluded|ruled out)",
          "(?:to|must|should|needs to|has to) be (?:ruled out|excluded)",
          "\\?",
          "의심",
          "가능성",
          "추정",
          "배제할 ?수 ?없\\S*",
          "배제 ?못\\S*",
          "감별");

  static final List<String> HISTORICAL_AHEAD =
      List.of(
          "(?:no |denies |denied |without )?(?:any )?(?:known |prior |previous |past )*"
              + "(?:history of|h/o|hx of|episodes? of)",
          "(?:prior|previous|old|earlier) (?:chest )?(?:radiograph|film|ct|study|exam|examination"
              + "|x-?ray|scan|image)s? (?:showed|demonstrated|revealed)",
          "past",
          "previous(?:ly)?",
          "prior",
          "old",
          "former(?:ly)?",
          "status post",
          "s/p",
          "remote",
          "childhood",
          "resolved",
          "과거",
          "이전",
          "예전");

  static final List<String> HISTORICAL_BEHIND =
      List.of(
          "(?:months?|years?|decades?) ago",
          "last (?:year|winter|spring|summer|autumn|fall)",
          "long gone",
          "in (?:19|20)\\d\\d",
          "in (?:childhood|infancy|the past)",
          "as a child",
          "(?:has |have |had |is |was )?(?:since )?(?:completely )?(?:resolved|cleared)",
          "previously",
          "(?:과거력|기왕력|병력)(?:[은이]? ?없\\S*)?",
          "앓은",
          "완치");

  static final List<String> FAMILY_AHEAD =
      List.of(
          "(?:grand)?(?:mother|father|parents?|son|daughter)(?:['\u2019]s)?",
          "(?:brother|sister|aunt|uncle|cousin|sibling|wife|husband|spouse|partner|colleague"
              + "|neighbou?r|friend)s?"
              + "(?:['\u2019]s)?",
          "family(?: history| members?)?",
          "household contacts?",
          "lives with \\w+ \\w+ who",
          "가족력",
          "어머니",
          "아버지",
          "모친",
          "부친",
          "형제",
          "자매",
          "할머니",
          "할아버지");

  static final List<String> FAMILY_BEHIND =
      List.of(
          "(?:in|of) (?:the|his|her|their|a) (?:grand)?(?:mother|father|brother|sister|son|daughter"
              + "|aunt|uncle|cousin|wife|husband|family)");

  /** Ends every scope. */
  static final List<String> STOP =
      List.of(
          "but",
          "however",
          "although",
          "though",
          "except(?: for)?",
          "apart from",
          "aside from",
          "other than",
          "nevertheless",
          "yet",
          ";",
          "the patient",
          "that is",
          "있으나",
          "있고",
          "있으며",
          "있지만",
          "있음",
          "있습니다",
          "그러나",
          "하지만");

  /** Ends every scope but that of somebody else. */
  static final List<String> TURN =
      List.of(
          "has",
          "present(?:s|ed|ing)?(?: with)?",
          "reports?",
          "complain(?:s|ed|ing)? of",
          "shows?",
          "showed",
          "reveal(?:s|ed)",
          "demonstrates?",
          "develop(?:s|ed)",
          "admitted (?:with|for)",
          "now",
          "today",
          "currently",
          "because",
          "positive(?: for)?",
          "noted",
          "is seen",
          "are seen",
          "persists?");

  /** One expression for a group; the longest alternative is found by {@link ConText}. */
  static List<Pattern> compiled(List<String> cues) {
    return cues.stream().map(Cues::bounded).map(Pattern::compile).collect(Collectors.toList());
  }

  private static String bounded(String cue) {
    boolean latin = cue.codePoints().noneMatch(Character::isIdeographic) && !hangul(cue);
    String open = latin && !cue.startsWith("\\?") && !cue.equals(";") ? "(?<![\\w-])" : "";
    String close = latin && !cue.startsWith("\\?") && !cue.equals(";") ? "(?![\\w-])" : "";
    return open + "(?:" + cue + ")" + close;
  }

  private static boolean hangul(String cue) {
    return cue.codePoints()
        .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HANGUL);
  }
}
