package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.IntPredicate;
import org.tessera.omni.token.ImageSegment;

/**
 * What a linear rule reads in the middle of a radiograph: how strong edges of each direction are in
 * each cell (histograms of oriented gradients, Dalal and Triggs 2005), weighed once for each
 * finding (decision 037). A few hundred radiographs teach a linear rule more surely than a network.
 * The rule learns from labels alone; the sequence is told its answer and cannot bend it. Models
 * that were stored before there was such a rule are read without it.
 */
final class OrientedGradients {
  private static final String WEIGHT = "gradients.weight";
  private static final String BIAS = "gradients.bias";
  private static final String TOLD = "gradients.told";

  /** Edge of a cell, in pixels: that of a token's patch. */
  private static final int CELL = ImageSegment.SIDE / ImageSegment.GRID;

  /** Cells along an edge of the middle: the border, with its markers and cables, is not read. */
  private static final int CELLS = 8;

  private static final int MARGIN = (ImageSegment.SIDE - CELLS * CELL) / 2;
  private static final int DIRECTIONS = 9;

  /** Cells along an edge of the neighbourhood whose strength counts as one. */
  private static final long NEIGHBOURS = 3;

  private static final float FLAT = 1e-4f;
  private static final float FAINT = 0.05f;

  /** Brings normalized strengths, of mean about 0.2 and deviation 0.13, to about one. */
  private static final float MIDDLE = 0.2f;

  private static final float SPREAD = 0.15f;

  /** Of the squared weights; chosen on validation radiographs (decision 037). */
  private static final float PENALTY = 0.15f;

  private static final Shape NONE = new Shape(0, 0);
  private static final Shape ONE = new Shape(1, 1);

  private OrientedGradients() {}

  static void initialize(Initialization start, ModelConfig config) {
    int findings = config.findings().size();
    start.constant(WEIGHT, 0, (long) DIRECTIONS * CELLS * CELLS, findings);
    start.constant(BIAS, 0, findings);
    start.normal(TOLD, 0.1, findings, config.width());
  }

  static boolean isIn(Parameters parameters) {
    return parameters.all().containsKey(WEIGHT);
  }

  /**
   * What every token of a radiograph is told of the rule's answers; they reach the pixels' gradient
   * and not the rule's.
   *
   * @param pixels (batch, 2, 224, 224), as {@link StemInput#image}
   * @return (batch, 1, width)
   */
  static NDArray told(NDArray pixels, Parameters parameters) {
    NDArray answers =
        strengths(pixels)
            .matMul(parameters.get(WEIGHT).stopGradient())
            .add(parameters.get(BIAS).stopGradient());
    return answers.matMul(parameters.get(TOLD)).expandDims(1);
  }

  /**
   * Cross-entropy of the rule's answers, each finding's own mean over the rows that know it, and
   * the penalty of its weights.
   *
   * @param pixels (rows, 2, 224, 224)
   * @param rows with targets and weights
   * @param asked true of the findings that a radiograph alone decides
   */
  static NDArray loss(
      NDArray pixels,
      List<TrainableModel.Sequence> rows,
      IntPredicate asked,
      Parameters parameters,
      NDManager scope) {
    NDArray weight = parameters.get(WEIGHT);
    NDArray answers = strengths(pixels).matMul(weight).add(parameters.get(BIAS));
    int findings = (int) answers.getShape().get(1);
    float[] targets = new float[rows.size() * findings];
    float[] weights = new float[targets.length];
    for (int f = 0; f < findings; f++) {
      double known = 0;
      for (TrainableModel.Sequence row : rows) {
        known += asked.test(f) ? row.weights()[f] : 0;
      }
      for (int i = 0; known > 0 && i < rows.size(); i++) {
        targets[i * findings + f] = rows.get(i).targets()[f];
        weights[i * findings + f] = (float) (rows.get(i).weights()[f] / known);
      }
    }
    return CrossEntropy.of(answers, targets, weights, 1, scope)
        .add(weight.square().sum().mul(scope.create(PENALTY)));
  }

  /**
   * Strength of each direction in each cell of the middle against all directions of the cells
   * around it.
   *
   * @return (batch, directions x cells x cells), of mean about 0 and deviation about 1
   */
  private static NDArray strengths(NDArray pixels) {
    NDManager manager = pixels.getManager();
    String middle = (MARGIN - 1) + ":" + (ImageSegment.SIDE - MARGIN + 1);
    NDArray square = pixels.get(":, 0:1, " + middle + ", " + middle);
    NDArray across = square.get(":, :, 1:-1, 2:").sub(square.get(":, :, 1:-1, :-2"));
    NDArray down = square.get(":, :, 2:, 1:-1").sub(square.get(":, :, :-2, 1:-1"));
    NDArray energy = across.square().add(down.square()).add(manager.create(FLAT));
    NDArray magnitude = energy.sqrt();
    NDList directions = new NDList();
    for (int k = 0; k < DIRECTIONS; k++) {
      double angle = Math.PI * k / DIRECTIONS;
      NDArray along =
          across
              .mul(manager.create((float) Math.cos(angle)))
              .add(down.mul(manager.create((float) Math.sin(angle))));
      NDArray share = along.square().div(energy).square().square();
      directions.add(cells(share.mul(magnitude)));
    }
    NDArray cells = NDArrays.concat(directions, 1);
    NDArray energies = cells.square().sum(new int[] {1}, true);
    NDArray around = neighbours(energies).div(neighbours(energies.onesLike()));
    return cells
        .div(around.sqrt().add(manager.create(FAINT)))
        .sub(manager.create(MIDDLE))
        .div(manager.create(SPREAD))
        .reshape(cells.getShape().get(0), cells.getShape().size() / cells.getShape().get(0));
  }

  /** Means over neighbourhoods; what lies outside counts as zero. */
  private static NDArray neighbours(NDArray map) {
    Shape kernel = new Shape(NEIGHBOURS, NEIGHBOURS);
    Shape padding = new Shape(NEIGHBOURS / 2, NEIGHBOURS / 2);
    return map.getNDArrayInternal().avgPool(kernel, ONE, padding, false, true);
  }

  private static NDArray cells(NDArray map) {
    Shape cell = new Shape(CELL, CELL);
    return map.getNDArrayInternal().avgPool(cell, cell, NONE, false, true);
  }
}
