package org.tessera.explain;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The words by which notes and records speak of a finding. */
final class FindingTerms {
  private FindingTerms() {}

  private static final Pattern NOTHING = Pattern.compile("(?!)");
  private static final String CLEAR =
      "clear lungs|(?:both )?lungs (?:is |are |were |was |look(?:s|ed)? |appear(?:s|ed)? )?clear";

  private static final Map<String, Pattern> OPPOSITES =
      Map.of(
          "bacterial-pneumonia",
          term(CLEAR, "정상 ?폐"),
          "pneumonia",
          term(CLEAR, "정상 ?폐"),
          "phantom-opacity",
          term(CLEAR, "정상 ?폐"),
          "phantom-infection",
          term("afebrile|apyrexial|(?:temperature|temp) (?:is |was )?normal", "정상 ?체온"));

  /** Terms of the findings by key, as expressions on lower-case text. */
  private static final Map<String, Pattern> TERMS =
      Map.ofEntries(
          Map.entry(
              "bacterial-pneumonia",
              term("(?:broncho)?pneumonias?|pneumonitis|consolidations?", "폐렴|경화")),
          Map.entry("pneumonia", term("(?:broncho)?pneumonias?|pneumonitis", "폐렴")),
          Map.entry("cough", term("cough(?:s|ing|ed)?", "기침")),
          Map.entry(
              "covid-cough",
              term("covid(?:-?19)?|sars-cov-2|coronavirus(?: disease)?", "코로나|코비드")),
          Map.entry(
              "adenocarcinoma",
              term("adenocarcinomas?|carcinomas?|malignanc(?:y|ies)|cancers?", "선암|폐암|악성")),
          Map.entry(
              "squamous-cell-carcinoma",
              term(
                  "(?:squamous(?: cell)? )?carcinomas?|malignanc(?:y|ies)|cancers?",
                  "편평상피|폐암|악성")),
          Map.entry(
              "phantom-opacity",
              term(
                  "opacit(?:y|ies)|opacification|consolidations?|infiltrat(?:e|es|ion)"
                      + "|shadow(?:s|ing)?|densit(?:y|ies)|airspace disease",
                  "음영|경화|침윤")),
          Map.entry(
              "phantom-crackles", term("crackles?|rales|crepitations?", "수포음|악설음")),
          Map.entry("phantom-atypia", term("atypias?|atypical cells|dysplasia", "비정형|이형성")),
          Map.entry(
              "phantom-infection",
              term("infections?|fevers?|feverish|febrile|pyrexial?", "감염|발열")));

  private static Pattern term(String english, String korean) {
    return Pattern.compile("(?<![\\w-])(?:" + english + ")(?![\\w-])|" + korean);
  }

  /** The terms of a finding; for one without a lexicon the words of its name. */
  static Pattern terms(String key, String display) {
    Pattern known = TERMS.get(key);
    return known == null
        ? Pattern.compile(
            "(?<![\\w-])" + Pattern.quote(display.toLowerCase(Locale.ROOT)) + "(?![\\w-])")
        : known;
  }

  /**
   * Phrases that deny the finding by themselves, for example {@code afebrile}; they match nothing
   * for a finding that has none.
   */
  static Pattern opposites(String key) {
    return OPPOSITES.getOrDefault(key, NOTHING);
  }
}
