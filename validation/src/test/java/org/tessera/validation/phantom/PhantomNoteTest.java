package org.tessera.validation.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tessera.casemodel.TextSpan;

class PhantomNoteTest {
  private static final int NOTES = 600;
  private static final Pattern FEVER =
      Pattern.compile("fever|febrile|pyrexi|hyperthermia|temperature|38\\.|39\\.|40\\.|10[0-4]\\.");
  private static final Pattern CLAIM =
      Pattern.compile(
          "opacity|shadow|density|spot|consolidation|infiltrat|clear|opacification|cloudy patch"
              + "|fields free|nothing is seen|unremarkable film");

  private static final Pattern PACED =
      Pattern.compile("pacemaker|\\bPPM\\b|\\bpac(ed|ing)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern SEXED =
      Pattern.compile("\\b(he|she|him|his|her|man|woman)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern COUGH =
      Pattern.compile("cough|breath(ing|es)", Pattern.CASE_INSENSITIVE);

  private record Written(PhantomCauses causes, Phrase phrase) {}

  private static List<Written> written(PhantomWorld world) {
    PhantomGenerator generator = new PhantomGenerator(31, world);
    return IntStream.range(0, NOTES)
        .mapToObj(
            index -> {
              PhantomCauses causes = generator.causes(index);
              Chance chance = Chance.of(31, world, index, Chance.Stream.NOTE);
              return new Written(
                  causes, new NoteComposer(chance, Wording.of(world)).compose(causes));
            })
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void spansPointAtTheWordsThatAssertFever(PhantomWorld world) {
    for (Written note : written(world)) {
      boolean asserted = note.causes().fever() == FeverMention.ASSERTED;
      assertThat(note.phrase().feverWords().isEmpty())
          .as(note.phrase().text())
          .isNotEqualTo(asserted);
      for (TextSpan span : note.phrase().feverWords()) {
        assertThat(words(note.phrase().text(), span)).containsPattern(FEVER);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void spansPointAtTheWordsThatClaimOrDenyAnOpacity(PhantomWorld world) {
    for (Written note : written(world)) {
      boolean silent = note.causes().claim() == NoteClaim.SILENT;
      assertThat(note.phrase().claimWords().isEmpty()).isEqualTo(silent);
      for (TextSpan span : note.phrase().claimWords()) {
        assertThat(words(note.phrase().text(), span)).containsPattern(CLAIM);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void spansPointAtTheWordsAboutCrackles(PhantomWorld world) {
    for (Written note : written(world)) {
      assertThat(note.phrase().crackleWords()).as(note.phrase().text()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatANoteSaysIsNotedWhereItIsWritten(PhantomWorld world) {
    for (Written note : written(world)) {
      String text = note.phrase().text();
      boolean paced = Boolean.parseBoolean(note.phrase().said().get(ShownTruth.PACEMAKER));
      assertThat(PACED.matcher(text).find()).as(text).isEqualTo(paced);
      assertThat(SEXED.matcher(text).find()).as(text).isEqualTo(note.phrase().isGendered());
      String coughs = note.phrase().said().get(ShownTruth.COUGH);
      if (coughs != null) {
        assertThat(coughs).isEqualTo(Boolean.toString(note.causes().coughs() > 0));
        assertThat(text).containsPattern(COUGH);
      }
    }
  }

  @Test
  void templatesOfTwoLanguagesAreTwoWordings() {
    PhantomCauses causes = new PhantomGenerator(31, PhantomWorld.VALIDATION).causes(0);
    Set<String> korean = wordings(causes, KoreanWording.ALL);
    Set<String> english = wordings(causes, Wording.of(PhantomWorld.VALIDATION));
    assertThat(korean).isNotEmpty().doesNotContainAnyElementsOf(english);
    assertThat(english).isNotEmpty();
  }

  /** Of many notes about the same patient. */
  private static Set<String> wordings(PhantomCauses causes, Wording wording) {
    Set<String> drawn = new HashSet<>();
    for (int index = 0; index < 50; index++) {
      Chance chance = Chance.of(31, PhantomWorld.VALIDATION, index, Chance.Stream.NOTE);
      drawn.addAll(new NoteComposer(chance, wording).compose(causes).wordings().values());
    }
    return drawn;
  }

  @Test
  void spansCountCodePointsBeyondTheBasicPlane() {
    Chance chance = Chance.of(1, PhantomWorld.TRAIN, 0, Chance.Stream.NOTE);
    Phrase phrase = new Phrase(chance, Map.of("name", "\uD83D\uDE37"));
    phrase.sentence("$name has {F:fever}.");
    assertThat(phrase.text()).isEqualTo("\uD83D\uDE37 has fever.");
    assertThat(phrase.feverWords()).containsExactly(new TextSpan(6, 11));
  }

  @Test
  void hardlyAnyNoteIsWrittenTwice() {
    Set<String> texts = new HashSet<>();
    written(PhantomWorld.TRAIN).forEach(note -> texts.add(note.phrase().text()));
    assertThat(texts).hasSizeGreaterThan(NOTES * 98 / 100);
  }

  @Test
  void noMarkOfATemplateIsLeftInANote() {
    for (PhantomWorld world : PhantomWorld.values()) {
      assertThat(written(world))
          .allSatisfy(note -> assertThat(note.phrase().text()).doesNotContainPattern("[{}|$()]"));
    }
  }

  @Test
  void noWorldSharesASentenceWithAnother() {
    Set<String> train = templates(FamiliarWording.ALL);
    Set<String> validation = templates(ReservedWording.ALL);
    Set<String> test = templates(UnseenWording.ALL);
    assertThat(train).hasSizeGreaterThan(60).doesNotContainAnyElementsOf(test);
    assertThat(validation)
        .hasSizeGreaterThan(35)
        .doesNotContainAnyElementsOf(train)
        .doesNotContainAnyElementsOf(test);
    assertThat(test).hasSizeGreaterThan(35);
  }

  private static Set<String> templates(Wording wording) {
    return new HashSet<>(
        Stream.of(
                wording.fever().values().stream().flatMap(List::stream),
                wording.claims().values().stream().flatMap(List::stream),
                wording.auscultation().values().stream().flatMap(List::stream),
                wording.coughing().values().stream().flatMap(List::stream),
                wording.pacemaker().stream(),
                wording.indications().stream(),
                wording.remarks().stream())
            .flatMap(each -> each)
            .toList());
  }

  private static String words(String text, TextSpan span) {
    return text.substring(
            text.offsetByCodePoints(0, span.start()), text.offsetByCodePoints(0, span.end()))
        .toLowerCase(Locale.ROOT);
  }
}
