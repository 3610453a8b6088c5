package org.tessera.explain.narrative;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.NarrativeSentence;
import org.tessera.explain.narrative.Sentences.Truth;
import org.tessera.explain.narrative.Sentences.Written;

/**
 * Sentences from outside against supported findings, written by {@link Sentences}: frames and
 * truths of its own, nothing of the verifier's.
 */
@DisplayName("A text from outside")
class SentenceVerifierTest {
  private static final List<List<Truth>> SETS =
      List.of(
          List.of(
              new Truth("pneumonia", "left", "moderate", "", "", 83),
              new Truth("pleural effusion", "right", "mild", "14 mm", "new", 71)),
          List.of(
              new Truth("pulmonary nodule", "right", "", "8 mm", "unchanged", 64),
              new Truth("cardiomegaly", "", "severe", "", "", 92)),
          List.of(
              new Truth("consolidation", "bilateral", "severe", "", "", 88),
              new Truth("pneumothorax", "left", "mild", "2.5 cm", "new", 57)),
          List.of(new Truth("lung opacity", "right", "moderate", "32 mm", "larger", 77)));

  private static List<Supported> supported(List<Truth> truths) {
    List<Supported> all = new ArrayList<>();
    for (Truth truth : truths) {
      Set<Trait> traits = EnumSet.noneOf(Trait.class);
      for (String each : List.of(truth.side(), truth.degree(), truth.course())) {
        if (!each.isEmpty()) {
          traits.add(Trait.valueOf(each.toUpperCase(Locale.ROOT)));
        }
      }
      List<Quantity> quantities = new ArrayList<>(List.of(Quantity.of(truth.percent(), "%")));
      if (!truth.size().isEmpty()) {
        String[] size = truth.size().split(" ");
        quantities.add(Quantity.of(Double.parseDouble(size[0]), size[1]));
      }
      all.add(
          new Supported(
              "F" + (all.size() + 1),
              Pattern.compile("(?<![\\w-])" + truth.name() + "s?(?![\\w-])"),
              traits,
              quantities));
    }
    return all;
  }

  private static List<String> wrong(int n, boolean invented, long seed) {
    Sentences sentences = new Sentences(seed);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<Truth> truths = SETS.get(i % SETS.size());
      Written written = invented ? sentences.invention(truths) : sentences.truth(truths);
      List<NarrativeSentence> read =
          SentenceVerifier.verify(written.words(), supported(truths));
      boolean stands = read.stream().allMatch(NarrativeSentence::passed);
      if (stands == invented) {
        wrong.add(written + " " + read);
      }
    }
    return wrong;
  }

  @Test
  void loses_every_invented_sentence() {
    assertThat(wrong(400, true, 2026)).isEmpty();
  }

  @Test
  void keeps_all_but_a_few_true_sentences() {
    assertThat(wrong(400, false, 2027)).hasSizeLessThanOrEqualTo(12);
  }

  /** Written by somebody else, who never saw the verifier (see AssertionSentencesTest). */
  @Test
  void is_struck_where_it_denies_or_is_about_the_past_the_future_or_somebody_else()
      throws Exception {
    int read = 0;
    for (String set : List.of("/org/tessera/explain/sentences-a.tsv",
        "/org/tessera/explain/sentences-b.tsv")) {
      try (InputStream in =
          Objects.requireNonNull(SentenceVerifierTest.class.getResourceAsStream(set))) {
        String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        for (String[] f : all.lines().skip(1).map(line -> line.split("\t", -1)).toList()) {
          Supported own =
              new Supported("F1", Pattern.compile(Pattern.quote(f[2])), Set.of(), List.of());
          if (f[1].equals("en") && !f[3].equals("affirmed") && !f[3].equals("uncertain")) {
            read++;
            assertThat(SentenceVerifier.verify(f[5], List.of(own)))
                .noneMatch(NarrativeSentence::passed);
          }
        }
      }
    }
    assertThat(read).isGreaterThan(200);
  }

  @Test
  void is_struck_for_every_kind_of_invention() {
    Sentences sentences = new Sentences(1);
    Set<String> kinds = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      sentences.invention(SETS.getFirst()).altered().ifPresent(kinds::add);
    }
    assertThat(kinds)
        .containsExactly(
            "course", "degree", "extra", "family", "finding", "negation", "number", "past", "side");
  }

  @Test
  void says_in_one_sentence_why_it_was_struck() {
    List<Supported> known = supported(SETS.getFirst());
    assertThat(SentenceVerifier.verify(
            "There is left pneumonia. There is right pneumonia. No pneumonia. Severe pneumonia."
                + " Effusion of the pericardium. Pleural effusion of 20 mm. Pneumonia in 2015."
                + " Worsening pneumonia. Pneumonia with cavitation.",
            known))
        .extracting(sentence -> sentence.reason().orElse("stands"))
        .containsExactly(
            "stands",
            "It gives a side that the finding is not known to have.",
            "It denies a finding that is supported.",
            "It gives a severity that the finding is not known to have.",
            "It names no supported finding.",
            "It gives a number that the finding does not have.",
            "It puts into the past what was found now.",
            "It gives a change over time that the finding is not known to have.",
            "It says \u201ccavitation\u201d, which no supported finding entails.");
  }

  @Test
  void gives_a_number_only_as_what_it_is() {
    Supported known =
        new Supported(
            "F1",
            Pattern.compile("pneumonia"),
            Set.of(),
            List.of(Quantity.of(97, "%")),
            List.of(Quantity.of(11, "%")));
    assertThat(
            SentenceVerifier.verify(
                "Pneumonia, probability 97 %. Pneumonia, operating point 11 %."
                    + " Pneumonia, probability 11 %. Pneumonia, probability over 97 %."
                    + " Pneumonia, probability > 97 %.",
                List.of(known)))
        .extracting(sentence -> sentence.reason().orElse("stands"))
        .containsExactly(
            "stands",
            "stands",
            "It gives a number that the finding does not have.",
            "It compares with a number, which no supported finding entails.",
            "It compares with a number, which no supported finding entails.");
  }

  @Test
  void never_stands_without_supported_findings_and_is_bounded() {
    assertThat(SentenceVerifier.verify("Pneumonia.", List.of()))
        .noneMatch(NarrativeSentence::passed);
    assertThat(SentenceVerifier.verify("pneumonia ".repeat(5_000), supported(SETS.getFirst())))
        .singleElement()
        .matches(sentence -> !sentence.passed());
    assertThat(SentenceVerifier.verify("", supported(SETS.getFirst()))).isEmpty();
  }
}
