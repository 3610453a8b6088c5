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
      Map.of(
          "bacterial-pneumonia",
          term("(?:broncho)?pneumonias?|pneumonitis|consolidations?", "폐렴|경화"),
          "pneumonia",
          term("(?:broncho)?pneumonias?|pneumonitis", "폐렴"),
          "cough",
          term("cough(?:s|ing|ed)?", "기침"),
          "covid-cough",
          term("covid(?:-?19)?|sars-cov-2|coronavirus(?: disease)?", "코로나|코비드"),
          "adenocarcinoma",
          term("adenocarcinomas?|carcinomas?|malignanc(?:y|ies)|cancers?", "선암|폐암|악성"),
          "squamous-cell-carcinoma",
          term("(?:squamous(?: cell)? )?carcinomas?|malignanc(?:y|ies)|cancers?", "편평상피|폐암|악성"),
          "phantom-opacity",
          term(
              "opacit(?:y|ies)|opacification|consolidations?|infiltrat(?:e|es|ion)"
                  + "|shadow(?:s|ing)?|densit(?:y|ies)|airspace disease",
              "음영|경화|침윤"),
          "phantom-crackles",
          term("crackles?|rales|crepitations?", "수포음|악설음"),
          "phantom-infection",
          term("infections?|fevers?|feverish|febrile|pyrexial?", "감염|발열"));

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
