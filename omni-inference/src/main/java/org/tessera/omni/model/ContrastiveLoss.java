package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tessera.omni.model.Shown.Relation;

/**
 * Supervised contrastive loss (Khosla et al. 2020), symmetric, between every two modalities and
 * within each. For an anchor, the softmax over all evidence that is alike or unlike it is drawn to
 * the alike ones. Evidence that shows nothing in common with the anchor takes no part, but for
 * strangers' in another modality of the same set, which the alike ones should outrank: a note
 * without a word about a cough is no answer to a cough. Evidence of the anchor's own case gets
 * {@value #OWN_CASE} of the weight if it is alike, the rest is shared evenly.
 */
final class ContrastiveLoss {
  private static final double OWN_CASE = 0.1;
  private static final float HIDDEN = -1e9f;

  private ContrastiveLoss() {}

  /**
   * Mean over all pairs of modalities in which some anchor has both alike and unlike evidence.
   *
   * @param vectors (rows, size) of length 1, by group
   * @param shown what each row shows, by group
   * @param logScale logarithm of one over the temperature
   * @return a number; 0 where nothing can be compared
   */
  static NDArray of(
      Map<TokenGroup, NDArray> vectors,
      Map<TokenGroup, List<Shown>> shown,
      NDArray logScale,
      NDManager scope) {
    NDArray total = scope.create(0f);
    int terms = 0;
    NDArray scale = logScale.exp();
    List<TokenGroup> groups = new ArrayList<>(vectors.keySet());
    for (int a = 0; a < groups.size(); a++) {
      for (int b = a; b < groups.size(); b++) {
        Targets targets = Targets.of(of(shown, groups.get(a)), of(shown, groups.get(b)), a == b);
        if (targets.anchors() == 0) {
          continue;
        }
        NDArray cosines =
            of(vectors, groups.get(a)).matMul(of(vectors, groups.get(b)).transpose(1, 0));
        NDArray scores = cosines.mul(scale).add(targets.array(targets.mask(), scope));
        NDArray likelihood =
            scores
                .logSoftmax(1)
                .mul(targets.array(targets.forRows(), scope))
                .add(scores.logSoftmax(0).mul(targets.array(targets.forColumns(), scope)));
        total = total.sub(likelihood.sum().div(scope.create((float) targets.anchors())));
        terms++;
      }
    }
    return terms == 0 ? total : total.div(scope.create((float) terms));
  }

  private static <T> T of(Map<TokenGroup, T> map, TokenGroup group) {
    T value = map.get(group);
    if (value == null) {
      throw new IllegalArgumentException("Nothing of " + group);
    }
    return value;
  }

  /**
   * What the softmax of each row and of each column is drawn to.
   *
   * @param mask 0, or far below where a pair takes no part
   * @param forRows weights that sum to 1 in each row that is an anchor
   * @param forColumns the same by column
   * @param anchors rows and columns that are anchors
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Targets(
      int rows, int columns, float[] mask, float[] forRows, float[] forColumns, int anchors) {

    static Targets of(List<Shown> rows, List<Shown> columns, boolean same) {
      int n = rows.size();
      int m = columns.size();
      float[] mask = new float[n * m];
      double[][] alike = new double[n][m];
      boolean[][] unlike = new boolean[n][m];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
          Relation relation =
              same && i == j ? Relation.UNRELATED : rows.get(i).to(columns.get(j));
          boolean own = rows.get(i).source().equals(columns.get(j).source());
          boolean other = !same && rows.get(i).isStrangerTo(columns.get(j));
          switch (relation) {
            case ALIKE -> alike[i][j] = own ? 2 : 1;
            case UNLIKE -> unlike[i][j] = true;
            case UNRELATED -> unlike[i][j] = other;
          }
          mask[i * m + j] = alike[i][j] > 0 || unlike[i][j] ? 0 : HIDDEN;
        }
      }
      float[] forRows = new float[n * m];
      float[] forColumns = new float[n * m];
      int anchors = 0;
      for (int i = 0; i < n; i++) {
        double[] shares = shares(alike[i], unlike[i]);
        anchors += shares.length > 0 ? 1 : 0;
        for (int j = 0; j < shares.length; j++) {
          forRows[i * m + j] = (float) shares[j];
        }
      }
      for (int j = 0; j < m && !same; j++) {
        double[] column = new double[n];
        boolean[] not = new boolean[n];
        for (int i = 0; i < n; i++) {
          column[i] = alike[i][j];
          not[i] = unlike[i][j];
        }
        double[] shares = shares(column, not);
        anchors += shares.length > 0 ? 1 : 0;
        for (int i = 0; i < shares.length; i++) {
          forColumns[i * m + j] = (float) shares[i];
        }
      }
      return new Targets(n, m, mask, forRows, forColumns, anchors);
    }

    /**
     * Weights of one anchor.
     *
     * @param alike 0 not, 1 alike, 2 alike and of the same case
     * @return weights that sum to 1; empty if it is no anchor
     */
    private static double[] shares(double[] alike, boolean[] unlike) {
      boolean contrast = false;
      for (boolean each : unlike) {
        contrast |= each;
      }
      long all = Arrays.stream(alike).filter(each -> each > 0).count();
      long own = Arrays.stream(alike).filter(each -> each == 2).count();
      if (all == 0 || !contrast) {
        return new double[0];
      }
      double extra = own == 0 || own == all ? 0 : OWN_CASE;
      double[] shares = new double[alike.length];
      for (int i = 0; i < alike.length; i++) {
        if (alike[i] > 0) {
          shares[i] = (1 - extra) / all + (alike[i] == 2 ? extra / own : 0);
        }
      }
      return shares;
    }

    NDArray array(float[] values, NDManager scope) {
      return scope.create(values, new Shape(rows, columns));
    }
  }
}
