package org.tessera.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.OmniModel;

/**
 * What is done to a case to put one finding on trial.
 *
 * @param decidingClaim the claimed evidence in the deciding modalities
 * @param shownClaim the claimed evidence that would be highlighted: the same, or more
 * @param decidingElse as much else as the deciding claim, drawn at random
 * @param shownElse as much else as the shown claim, drawn at random
 * @param blanks the case with one deciding modality blanked
 * @param swaps the case with one deciding modality of donors
 * @param relevance (tokens) of the model
 * @param randomized (tokens) of the model with re-initialized last layers
 * @param interval true if the interval is measured
 */
@SuppressWarnings("ArrayRecordComponent")
record Intervention(
    Claim decidingClaim,
    Claim shownClaim,
    List<BitSet> decidingElse,
    List<BitSet> shownElse,
    Map<Modality, EncodedCase> blanks,
    Map<Modality, List<EncodedCase>> swaps,
    float[] relevance,
    float[] randomized,
    boolean interval)
    implements Inquiry {
  /** Logits from which on a modality that does not decide the finding is highlighted as well. */
  private static final double EXTRA_FLOOR = 0.3;

  static Intervention plan(Question question, DonorPool donors) {
    OmniModel model = question.model();
    CaseVariants variants = question.variants();
    EncodedCase encoded = question.encoded();
    List<Modality> deciding = question.deciding();
    int present = question.shapley().contributions().size();
    PassBudget budget = PassBudget.of(present, deciding.size());
    float[] relevance = model.relevance(encoded, question.index(), false);
    SpotFinder finder = new SpotFinder(encoded, relevance);
    Claim decidingClaim = claim(finder, deciding);
    Claim shownClaim = budget.extras() ? claim(finder, shown(question)) : decidingClaim;
    long seed = question.profile().key().hashCode();
    return new Intervention(
        decidingClaim,
        shownClaim,
        RandomDraws.asMuchElse(encoded, decidingClaim.tokens(), PassBudget.DRAWS, seed),
        RandomDraws.asMuchElse(encoded, shownClaim.tokens(), PassBudget.DRAWS, seed),
        blanks(variants, deciding),
        swaps(question, donors, budget.donors()),
        relevance,
        model.relevance(encoded, question.index(), true),
        budget.interval());
  }

  private static Claim claim(SpotFinder finder, List<Modality> modalities) {
    List<Spot> spots = new ArrayList<>();
    modalities.forEach(modality -> spots.addAll(finder.spots(modality)));
    return Claim.of(spots);
  }

  private static List<Modality> shown(Question question) {
    List<Modality> shown = new ArrayList<>();
    question
        .shapley()
        .contributions()
        .forEach(
            (modality, value) -> {
              if (question.profile().decidedBy().contains(modality) || value >= EXTRA_FLOOR) {
                shown.add(modality);
              }
            });
    return shown;
  }

  private static Map<Modality, EncodedCase> blanks(
      CaseVariants variants, List<Modality> deciding) {
    Map<Modality, EncodedCase> blanks = new EnumMap<>(Modality.class);
    deciding.forEach(modality -> blanks.put(modality, variants.blank(modality)));
    return blanks;
  }

  private static Map<Modality, List<EncodedCase>> swaps(
      Question question, DonorPool donors, int limit) {
    Map<Modality, List<EncodedCase>> swaps = new EnumMap<>(Modality.class);
    for (Modality modality : question.deciding()) {
      swaps.put(
          modality,
          donors.unlikely(question.model(), question.index(), modality).stream()
              .limit(limit)
              .map(donor -> question.variants().swapped(modality, donor))
              .toList());
    }
    return swaps;
  }
}
