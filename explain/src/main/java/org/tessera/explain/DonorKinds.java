package org.tessera.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;

/**
 * Donors of a finding that says that two modalities disagree, divided by what they show, as the
 * model itself tells: each of them is put beside some donors of the other modality. What is
 * left of the answers after the mean of each donor is taken away is, for a disagreement, one sign
 * of the one times one sign of the other. Half of the donors count to either kind, the clearest
 * first; a model that does not look at a modality divides it by chance.
 */
final class DonorKinds {
  /** Donors that are divided. */
  private static final int ASKED = 16;

  /** Donors of the other modality that each of them is put beside. */
  private static final int PARTNERS = 6;

  private DonorKinds() {}

  private record Placed(EncodedCase donor, double sign) {}

  /**
   * The two kinds of donors, of equal number. Both are empty if the finding has not two
   * deciding modalities, or if one has no donors.
   */
  static List<List<EncodedCase>> of(OmniModel model, int finding, Modality modality) {
    List<Modality> partners =
        model.findings().get(finding).deciding().stream()
            .filter(each -> each != modality)
            .toList();
    if (partners.size() != 1) {
      return List.of(List.of(), List.of());
    }
    List<EncodedCase> own = some(model, finding, modality, ASKED);
    List<EncodedCase> others = some(model, finding, partners.getFirst(), PARTNERS);
    if (own.isEmpty() || others.isEmpty()) {
      return List.of(List.of(), List.of());
    }
    double[] signs = signs(answers(model, finding, own, others));
    List<EncodedCase> placed =
        IntStream.range(0, signs.length)
            .mapToObj(i -> new Placed(own.get(i), signs[i]))
            .sorted(Comparator.comparingDouble(Placed::sign))
            .map(Placed::donor)
            .toList();
    int half = placed.size() / 2;
    return List.of(placed.subList(0, half), placed.reversed().subList(0, half));
  }

  private static List<EncodedCase> some(
      OmniModel model, int finding, Modality modality, int most) {
    List<EncodedCase> all =
        model.donors(finding, modality).stream().filter(donor -> donor.has(modality)).toList();
    int n = Math.min(most, all.size());
    return IntStream.range(0, n).mapToObj(i -> all.get(i * all.size() / n)).toList();
  }

  /** (own, others) logits of the pairs. */
  private static double[][] answers(
      OmniModel model, int finding, List<EncodedCase> own, List<EncodedCase> others) {
    List<Pass> passes = new ArrayList<>();
    own.forEach(each -> others.forEach(other -> passes.add(Pass.whole(each.joined(other)))));
    float[][] logits = model.logits(passes);
    double[][] answers = new double[own.size()][others.size()];
    for (int i = 0; i < passes.size(); i++) {
      answers[i / others.size()][i % others.size()] = logits[i][finding];
    }
    return answers;
  }

  /**
   * For each own donor, on which side it is, from the donor of the other modality that divides them
   * best and all that divide them alike: a step of power iteration towards the leading left
   * singular vector.
   */
  private static double[] signs(double[][] answers) {
    double[][] centred = centred(answers);
    int others = centred[0].length;
    int best = 0;
    for (int j = 1; j < others; j++) {
      best = along(centred, j, j) > along(centred, best, best) ? j : best;
    }
    double[] signs = new double[centred.length];
    for (int j = 0; j < others; j++) {
      double alike = along(centred, j, best);
      for (int i = 0; i < signs.length; i++) {
        signs[i] += centred[i][j] * alike;
      }
    }
    return signs;
  }

  private static double along(double[][] matrix, int column, int other) {
    double sum = 0;
    for (double[] row : matrix) {
      sum += row[column] * row[other];
    }
    return sum;
  }

  /** Without the means of rows and columns. */
  private static double[][] centred(double[][] answers) {
    int columns = answers[0].length;
    double[] ofRow = new double[answers.length];
    double[] ofColumn = new double[columns];
    double whole = 0;
    for (int i = 0; i < answers.length; i++) {
      for (int j = 0; j < columns; j++) {
        ofRow[i] += answers[i][j] / columns;
        ofColumn[j] += answers[i][j] / answers.length;
        whole += answers[i][j] / columns / answers.length;
      }
    }
    double[][] centred = new double[answers.length][columns];
    for (int i = 0; i < answers.length; i++) {
      for (int j = 0; j < columns; j++) {
        centred[i][j] = answers[i][j] - ofRow[i] - ofColumn[j] + whole;
      }
    }
    return centred;
  }
}
