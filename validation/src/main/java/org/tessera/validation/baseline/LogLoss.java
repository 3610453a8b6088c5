package org.tessera.validation.baseline;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Penalized mean log loss of a linear score, and its minimization by L-BFGS (Nocedal 1980) with a
 * backtracking line search; the loss is convex and smooth, so that is enough.
 */
final class LogLoss {
  private static final int MEMORY = 10;
  private static final int MOST_STEPS = 100;
  private static final double TOLERANCE = 1e-3;

  private final float[][] rows;
  private final boolean[] labels;

  /**
   * A loss.
   *
   * @param rows (rows, features), standardized
   * @param labels one per row
   */
  LogLoss(float[][] rows, boolean[] labels) {
    this.rows = rows;
    this.labels = labels;
  }

  /** Number of weights: the features, then the intercept. */
  int size() {
    return rows[0].length + 1;
  }

  /** The weights of least loss, sought from {@code start}. */
  double[] minimize(double strength, double[] start) {
    double[] weights = start.clone();
    double[] gradient = new double[size()];
    double loss = evaluate(strength, weights, gradient);
    Deque<double[][]> history = new ArrayDeque<>();
    for (int step = 0; step < MOST_STEPS && norm(gradient) > TOLERANCE; step++) {
      double[] direction = direction(gradient, history);
      double slope = dot(direction, gradient);
      double rate = history.isEmpty() ? Math.min(1, 1 / norm(gradient)) : 1;
      double[] nextGradient = new double[size()];
      double[] next = moved(weights, direction, rate);
      double nextLoss = evaluate(strength, next, nextGradient);
      while (nextLoss > loss + 1e-4 * rate * slope && rate > 1e-8) {
        rate /= 2;
        next = moved(weights, direction, rate);
        nextLoss = evaluate(strength, next, nextGradient);
      }
      if (nextLoss >= loss) {
        break;
      }
      remember(history, moved(next, weights, -1), moved(nextGradient, gradient, -1));
      weights = next;
      gradient = nextGradient;
      loss = nextLoss;
    }
    return weights;
  }

  /** Loss at the weights; the gradient is written. */
  private double evaluate(double strength, double[] weights, double[] gradient) {
    int features = size() - 1;
    double loss = 0;
    gradient[features] = 0;
    for (int i = 0; i < features; i++) {
      gradient[i] = strength * weights[i];
      loss += strength / 2 * weights[i] * weights[i];
    }
    for (int row = 0; row < rows.length; row++) {
      float[] x = rows[row];
      double logit = weights[features] + score(x, weights);
      loss +=
          (Math.log1p(Math.exp(-Math.abs(logit)))
                  + Math.max(logit, 0)
                  - (labels[row] ? logit : 0))
              / rows.length;
      double miss = (1 / (1 + Math.exp(-logit)) - (labels[row] ? 1 : 0)) / rows.length;
      for (int i = 0; i < features; i++) {
        gradient[i] += miss * x[i];
      }
      gradient[features] += miss;
    }
    return loss;
  }

  /** A dot product in four sums, which the processor can add side by side. */
  private static double score(float[] x, double[] weights) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < x.length; i += 4) {
      a += x[i] * weights[i];
      b += x[i + 1] * weights[i + 1];
      c += x[i + 2] * weights[i + 2];
      d += x[i + 3] * weights[i + 3];
    }
    for (; i < x.length; i++) {
      a += x[i] * weights[i];
    }
    return a + b + c + d;
  }

  /** The two-loop recursion: minus the approximate inverse Hessian times the gradient. */
  private static double[] direction(double[] gradient, Deque<double[][]> history) {
    double[] q = moved(new double[gradient.length], gradient, -1);
    double[] alphas = new double[history.size()];
    int at = 0;
    for (double[][] pair : history) {
      alphas[at] = dot(pair[0], q) / dot(pair[0], pair[1]);
      q = moved(q, pair[1], -alphas[at++]);
    }
    if (!history.isEmpty()) {
      double[][] last = history.getFirst();
      double scale = dot(last[0], last[1]) / dot(last[1], last[1]);
      for (int i = 0; i < q.length; i++) {
        q[i] *= scale;
      }
    }
    for (var pairs = history.descendingIterator(); pairs.hasNext(); ) {
      double[][] pair = pairs.next();
      double beta = dot(pair[1], q) / dot(pair[0], pair[1]);
      q = moved(q, pair[0], alphas[--at] - beta);
    }
    return q;
  }

  /** Newest first; a pair of no curvature would make the next direction point uphill. */
  private static void remember(Deque<double[][]> history, double[] step, double[] change) {
    if (dot(step, change) > 1e-12) {
      history.addFirst(new double[][] {step, change});
      if (history.size() > MEMORY) {
        history.removeLast();
      }
    }
  }

  private static double[] moved(double[] from, double[] direction, double rate) {
    double[] moved = new double[from.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = from[i] + rate * direction[i];
    }
    return moved;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
