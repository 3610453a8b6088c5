package org.tessera.validation.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhantomCausesTest {
  private static final int DRAWN = 4_000;

  /**
   * Quantile of chi-square with one degree of freedom at which 44 comparisons together fail by
   * chance about once in five hundred seeds (Bonferroni: 1 - 0.002 / 44).
   */
  private static final double CHI_SQUARE = 16.8;

  private final List<PhantomCauses> train = causes(PhantomWorld.TRAIN);
  private final List<PhantomCauses> test = causes(PhantomWorld.TEST);

  private static List<PhantomCauses> causes(PhantomWorld world) {
    PhantomGenerator generator = new PhantomGenerator(20_26, world);
    return IntStream.range(0, DRAWN).mapToObj(generator::causes).toList();
  }

  @Test
  void everyFindingIsCommonAndSoIsItsAbsence() {
    for (PhantomFinding finding : PhantomFinding.values()) {
      assertThat(share(train, each -> each.has(finding))).as(finding.key()).isBetween(0.24, 0.55);
    }
  }

  @Test
  void opacityAndAssertedFeverComeInAllFourCombinationsOften() {
    for (boolean opacity : new boolean[] {false, true}) {
      for (boolean fever : new boolean[] {false, true}) {
        double share =
            share(
                train,
                each ->
                    each.has(PhantomFinding.OPACITY) == opacity
                        && (each.fever() == FeverMention.ASSERTED) == fever);
        assertThat(share).as("opacity %s, fever %s", opacity, fever).isBetween(0.19, 0.31);
      }
    }
  }

  @Test
  void infectionIsOpacityTogetherWithAssertedFeverAndNothingElse() {
    assertThat(train)
        .allSatisfy(
            each ->
                assertThat(each.has(PhantomFinding.INFECTION))
                    .isEqualTo(
                        each.opacities() > 0 && each.fever() == FeverMention.ASSERTED));
  }

  @Test
  void nothingButTheImageTellsOfAnOpacity() {
    Predicate<PhantomCauses> opacity = each -> each.has(PhantomFinding.OPACITY);
    for (List<PhantomCauses> world : List.of(train, test)) {
      for (NoteClaim claim : NoteClaim.values()) {
        assertThat(chiSquare(world, opacity, each -> each.claim() == claim))
            .as(claim.wireName())
            .isLessThan(CHI_SQUARE);
      }
      for (FeverMention fever : FeverMention.values()) {
        assertThat(chiSquare(world, opacity, each -> each.fever() == fever))
            .as(fever.wireName())
            .isLessThan(CHI_SQUARE);
      }
      assertThat(chiSquare(world, opacity, PhantomCauses::airwayDisease)).isLessThan(CHI_SQUARE);
      assertThat(chiSquare(world, opacity, PhantomCauses::atypia)).isLessThan(CHI_SQUARE);
      assertThat(chiSquare(world, opacity, PhantomCauses::pacemaker)).isLessThan(CHI_SQUARE);
      for (RecordListing listing : RecordListing.values()) {
        assertThat(chiSquare(world, opacity, each -> each.listing() == listing))
            .as(listing.wireName())
            .isLessThan(CHI_SQUARE);
      }
      assertThat(chiSquare(world, opacity, each -> each.view().equals("AP")))
          .isLessThan(CHI_SQUARE);
      assertThat(chiSquare(world, opacity, each -> each.age() > 54)).isLessThan(CHI_SQUARE);
    }
  }

  @Test
  void noModalityAloneTellsOfADisagreement() {
    for (List<PhantomCauses> world : List.of(train, test)) {
      Predicate<PhantomCauses> discordance = each -> each.has(PhantomFinding.DISCORDANCE);
      Predicate<PhantomCauses> listed = each -> each.listing() == RecordListing.LISTED;
      assertThat(chiSquare(world, discordance, each -> each.has(PhantomFinding.OPACITY)))
          .isLessThan(CHI_SQUARE);
      assertThat(chiSquare(world, discordance, listed)).isLessThan(CHI_SQUARE);
      Predicate<PhantomCauses> mismatch = each -> each.has(PhantomFinding.MISMATCH);
      assertThat(chiSquare(world, mismatch, PhantomCauses::airwayDisease))
          .isLessThan(CHI_SQUARE);
      assertThat(chiSquare(world, mismatch, PhantomCauses::auscultation)).isLessThan(CHI_SQUARE);
    }
  }

  @Test
  void theBoundWouldNoticeASmallDependence() {
    // Truth leaking into 15 % of the claims has to be seen, or the test above proves nothing.
    Predicate<PhantomCauses> opacity = each -> each.has(PhantomFinding.OPACITY);
    Predicate<PhantomCauses> leaking =
        each -> each.age() % 20 < 3 ? opacity.test(each) : each.claim() == NoteClaim.ASSERTED;
    assertThat(chiSquare(train, opacity, leaking)).isGreaterThan(CHI_SQUARE);
  }

  @Test
  void theNoteContradictsTheImageInManyCases() {
    assertThat(share(train, PhantomCauses::noteDisagrees)).isBetween(0.25, 0.35);
  }

  private static double share(List<PhantomCauses> causes, Predicate<PhantomCauses> which) {
    return (double) causes.stream().filter(which).count() / causes.size();
  }

  /** Pearson's chi-square of a two by two table. */
  private static double chiSquare(
      List<PhantomCauses> causes, Predicate<PhantomCauses> one, Predicate<PhantomCauses> other) {
    double p = share(causes, one);
    double q = share(causes, other);
    double joint = share(causes, one.and(other));
    double deviation = joint - p * q;
    return causes.size() * deviation * deviation / (p * (1 - p) * q * (1 - q));
  }
}
