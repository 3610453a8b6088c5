package org.tessera.explain.narrative;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Writes sentences about truths, and sentences about truths that were altered in one point. It
 * knows frames and noun phrases of radiological prose and nothing of how the verifier reads: it
 * shares no word list and no code with it. It was written before the verifier's rules, by the same
 * author, and is not blind in the strict sense.
 */
final class Sentences {
  /**
   * What is so.
   *
   * @param name the finding
   * @param side {@code left}, {@code right}, {@code bilateral} or empty
   * @param degree {@code mild}, {@code moderate}, {@code severe} or empty
   * @param size with its unit, or empty
   * @param course {@code new}, {@code unchanged}, {@code larger} or empty
   * @param percent probability
   */
  record Truth(
      String name, String side, String degree, String size, String course, int percent) {}

  /** A sentence, and what was altered in it; empty if it is true. */
  record Written(String words, Optional<String> altered) {}

  private static final List<String> FRAMES =
      List.of(
          "There is %s.", "The radiograph shows %s.", "The image demonstrates %s.",
          "%s is present.", "%s is seen.", "Findings are in keeping with %s.",
          "The findings are consistent with %s.", "We see %s.", "Imaging reveals %s.",
          "%s can be appreciated on the image.", "%s was identified.",
          "The picture is that of %s.", "There is evidence of %s.", "Note is made of %s.",
          "Attention is drawn to %s.", "%s noted.", "The study is remarkable for %s.",
          "The examination is positive for %s.", "The appearances indicate %s.",
          "The scan depicts %s.", "This film displays %s.", "The patient has %s.",
          "One can make out %s.", "On review, %s is evident.", "The analysis supports %s.",
          "Features of %s are visible.", "As regards the chest, %s is observed.",
          "In summary, there is %s.", "The model finds %s.", "%s has been detected.",
          "Impression: %s.", "The current study documents %s.", "We report %s.",
          "The evidence points to %s.", "Here %s stands out.", "The case exhibits %s.");

  private static final List<String> OTHERS =
      List.of(
          "pneumomediastinum", "a rib fracture", "pulmonary oedema", "hilar lymphadenopathy",
          "a cavitating mass", "interstitial fibrosis", "an aortic dissection", "lobar collapse",
          "bronchiectasis", "a pericardial effusion", "tuberculosis", "emphysema",
          "a misplaced catheter", "a diaphragmatic hernia", "metastases", "a foreign body");

  private static final List<String> EXTRAS =
      List.of(
          " with air bronchograms", " after aspiration", " extending to the hilum",
          " requiring drainage", " due to Klebsiella", " in the middle lobe",
          " and nothing else of note", ", otherwise the lungs are clear",
          " with a shift of the mediastinum", " which is malignant",
          ", best treated with amoxicillin", " without cardiomegaly");

  private final Random random;

  Sentences(long seed) {
    random = new Random(seed);
  }

  Written truth(List<Truth> truths) {
    return new Written(framed(phrase(any(truths))), Optional.empty());
  }

  /** A sentence that is wrong in one point. */
  Written invention(List<Truth> truths) {
    Truth t = any(truths);
    List<String> kinds = new ArrayList<>(List.of("finding", "negation", "extra", "past", "family"));
    kinds.add("side");
    kinds.add("degree");
    kinds.add("number");
    kinds.add("course");
    String kind = any(kinds);
    String words =
        switch (kind) {
          case "finding" -> framed(any(OTHERS));
          case "negation" ->
              any(
                      List.of(
                          "There is no %s.", "No evidence of %s.", "%s is not seen.",
                          "The film is free of %s.", "%s has been excluded.",
                          "The radiograph does not show %s.", "Absence of %s."))
                  .formatted(t.name());
          case "extra" -> framed(phrase(t) + any(EXTRAS));
          case "past" ->
              any(
                      List.of(
                          "%s three years ago.", "The %s has resolved.", "Previous %s.",
                          "History of %s.", "%s in 2014."))
                  .formatted(t.name());
          case "family" ->
              any(List.of("The mother had %s.", "Family history of %s.", "%s in his brother."))
                  .formatted(t.name());
          case "side" ->
              framed(phrase(with(t, other(t.side(), "left", "right", "bilateral"), t.degree())));
          case "degree" ->
              framed(phrase(with(t, t.side(), other(t.degree(), "mild", "moderate", "severe"))));
          case "number" ->
              framed(
                  t.name()
                      + any(List.of(" measuring ", " of ", ", approximately "))
                      + any(List.of("31 mm", "4.7 cm", "120 ml", "7 cm", "65 mm")));
          case "course" ->
              framed(
                  other(t.course(), "new", "unchanged", "larger").equals("new")
                      ? "newly appeared " + t.name()
                      : t.name() + any(List.of(" that is smaller than before",
                          " which has improved since last week", ", present since 2019",
                          " for six weeks")));
          default -> throw new IllegalStateException(kind);
        };
    return new Written(words, Optional.of(kind));
  }

  private static Truth with(Truth t, String side, String degree) {
    return new Truth(t.name(), side, degree, t.size(), t.course(), t.percent());
  }

  private String other(String value, String... values) {
    List<String> left = new ArrayList<>(List.of(values));
    left.remove(value);
    return any(left);
  }

  private String phrase(Truth t) {
    boolean mustSide = !t.side().isEmpty();
    boolean mustDegree = !t.degree().isEmpty();
    String degree =
        switch (t.degree()) {
          case "mild" -> any(List.of("mild", "slight", "small", "minor", "minimal"));
          case "moderate" -> any(List.of("moderate", "moderately severe", "medium-sized"));
          case "severe" -> any(List.of("severe", "marked", "large", "extensive", "pronounced"));
          default -> "";
        };
    String before = mustDegree ? degree + " " : "";
    String after = "";
    if (mustSide) {
      if (t.side().equals("bilateral")) {
        if (random.nextBoolean()) {
          before += any(List.of("bilateral ", "two-sided "));
        } else {
          after = any(List.of(" on both sides", " bilaterally", " on the left and the right"));
        }
      } else if (random.nextBoolean()) {
        before += any(List.of(t.side() + " ", t.side() + "-sided "));
      } else {
        after =
            any(
                List.of(
                    " on the " + t.side(), " on the " + t.side() + " side",
                    " in the " + t.side() + " hemithorax", " to the " + t.side()));
      }
    }
    if (!t.size().isEmpty() && random.nextInt(3) == 0) {
      after += any(List.of(" measuring ", " of ", ", about ")) + t.size();
    }
    if (t.course().equals("new") && random.nextInt(3) == 0) {
      before = "new " + before;
    }
    if (t.course().equals("unchanged") && random.nextInt(3) == 0) {
      after += ", unchanged";
    }
    if (random.nextInt(6) == 0) {
      after += any(List.of(" (probability %d %%)", ", probability %d %%")).formatted(t.percent());
    }
    return before + t.name() + after;
  }

  private String framed(String phrase) {
    String words = any(FRAMES).formatted(phrase);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private <T> T any(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
