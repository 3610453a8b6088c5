package org.tessera.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.RelevanceMaps;

/**
 * What is done to a case to put one finding on trial.
 *
 * @param claim the claimed evidence in the deciding modalities
 * @param extra claimed evidence in other modalities that contribute; often empty
 * @param asMuch as much evidence as the claim, at random places
 * @param asMuchExtra as much evidence as the extra claim, at random places
 * @param blanks the case with one deciding modality blanked
 * @param swaps the case with one deciding modality of donors; of a disagreement of donors of two
 *     kinds, one after the other
 * @param relevance (tokens) of the model
 * @param randomized (tokens) of the model with re-initialized last layers
 * @param interval true if there is room for the interval's draws
 */
@SuppressWarnings("ArrayRecordComponent")
record Intervention(
    Claim claim,
    Claim extra,
    List<BitSet> asMuch,
    List<BitSet> asMuchExtra,
    Map<Modality, EncodedCase> blanks,
    Map<Modality, List<List<EncodedCase>>> swaps,
    float[] relevance,
    float[] randomized,
    boolean interval)
    implements Inquiry {
  /** Logits from which on a modality that does not decide the finding is highlighted as well. */
  private static final double EXTRA_FLOOR = 0.3;

  static Intervention plan(Question question, DonorPool donors) {
    CaseVariants variants = question.variants();
    EncodedCase encoded = question.encoded();
    List<Modality> deciding = question.deciding();
    int present = question.shapley().contributions().size();
    PassBudget budget = PassBudget.of(present, deciding.size());
    RelevanceMaps maps = variants.relevance(question.index());
    SpotFinder finder =
        new SpotFinder(encoded, new NoteWords(question.patientCase()), maps.learned());
    Claim claim = claim(finder, deciding);
    Claim extra = claim(finder, budget.extras() ? others(question) : List.of());
    long seed = question.profile().key().hashCode();
    return new Intervention(
        claim,
        extra,
        RandomDraws.asMuch(encoded, claim, PassBudget.DRAWS, seed),
        RandomDraws.asMuch(encoded, extra, PassBudget.DRAWS, seed),
        blanks(variants, deciding),
        swaps(question, donors, budget.donors()),
        maps.learned(),
        maps.randomized(),
        budget.interval());
  }

  /** Only what the self-veto of a map needs. */
  static Intervention ofMap(
      EncodedCase encoded, Claim claim, float[] map, float[] randomized, long seed) {
    return new Intervention(
        claim,
        Claim.of(List.of()),
        RandomDraws.asMuch(encoded, claim, PassBudget.DRAWS, seed),
        List.of(),
        Map.of(),
        Map.of(),
        map,
        randomized,
        false);
  }

  static Claim claim(SpotFinder finder, List<Modality> modalities) {
    List<Spot> spots = new ArrayList<>();
    modalities.forEach(modality -> spots.addAll(finder.spots(modality)));
    return Claim.of(spots);
  }

  private static List<Modality> others(Question question) {
    return question.shapley().contributions().entrySet().stream()
        .filter(entry -> !question.profile().decidedBy().contains(entry.getKey()))
        .filter(entry -> entry.getValue() >= EXTRA_FLOOR)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<Modality, EncodedCase> blanks(
      CaseVariants variants, List<Modality> deciding) {
    Map<Modality, EncodedCase> blanks = new EnumMap<>(Modality.class);
    deciding.forEach(modality -> blanks.put(modality, variants.blank(modality)));
    return blanks;
  }

  private static Map<Modality, List<List<EncodedCase>>> swaps(
      Question question, DonorPool donors, int limit) {
    Map<Modality, List<List<EncodedCase>>> swaps = new EnumMap<>(Modality.class);
    for (Modality modality : question.deciding()) {
      List<List<EncodedCase>> kinds =
          donors.kinds(question.model(), question.index(), modality);
      swaps.put(
          modality,
          kinds.stream()
              .map(
                  kind ->
                      kind.stream()
                          .limit(limit / kinds.size())
                          .map(donor -> question.variants().swapped(modality, donor))
                          .toList())
              .toList());
    }
    return swaps;
  }
}
