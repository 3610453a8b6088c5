package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pre-norm transformer over the mixed sequence: global self-attention with parameters per token
 * group (Mixture-of-Transformers), then shared and routed experts. Every token attends to all
 * evidence and to the case token; finding queries are read-outs: nothing attends to them.
 *
 * <p>What is multiplied or divided on the way is an array of the scope, never a Java number: DJL
 * frees a number's memory at once, while the gradient of the product still reads it.
 */
final class Transformer {
  private static final float HIDDEN = -1e9f;

  private final ModelConfig config;
  private final Parameters parameters;
  private final boolean training;
  private final float dropout;

  Transformer(ModelConfig config, Parameters parameters, boolean training, float dropout) {
    this.config = config;
    this.parameters = parameters;
    this.training = training;
    this.dropout = dropout;
  }

  /**
   * The outcome.
   *
   * @param logits (batch, findings), before calibration
   * @param beforeLast (batch, 1 + findings, width), the queries before the last layer
   * @param looked of each layer (batch, 1 + findings, keys), the attention of the queries, mean
   *     over the heads; empty unless trained, and with gates
   * @param balance load-balancing loss, mean over the layers
   * @param zLoss router z-loss, mean over the layers
   * @param load of each layer the share of each expert; empty arrays without experts
   * @param use which expert took what of each group
   */
  record Output(
      NDArray logits,
      NDArray beforeLast,
      List<NDArray> looked,
      NDArray balance,
      NDArray zLoss,
      List<double[]> load,
      ExpertUse use) {}

  /** Where the groups lie in the concatenated sequence. */
  private record Layout(List<TokenGroup> groups, int[] starts, int length, int keys) {
    static Layout of(TokenBatch batch, int queries) {
      List<TokenGroup> groups = new ArrayList<>();
      int[] starts = new int[TokenGroup.values().length + 1];
      int at = 0;
      for (TokenGroup group : TokenGroup.values()) {
        NDArray embeddings = batch.embeddings().get(group);
        if (embeddings != null) {
          starts[groups.size()] = at;
          groups.add(group);
          at += (int) embeddings.getShape().get(1);
        }
      }
      starts[groups.size()] = at;
      groups.add(TokenGroup.QUERY);
      starts[groups.size()] = at + queries;
      return new Layout(groups, starts, at + queries, at + 1);
    }

    TokenGroup groupOf(long row) {
      int at = (int) (row % length);
      int group = 0;
      while (starts[group + 1] <= at) {
        group++;
      }
      return groups.get(group);
    }

    /** The case token and the finding queries, which are last. */
    NDArray queries(NDArray tokens) {
      int count = starts[groups.size()] - starts[groups.size() - 1];
      return tokens.getShape().get(1) == count ? tokens : slice(tokens, groups.size() - 1);
    }

    NDArray slice(NDArray tokens, int index) {
      return tokens.get(":, {}:{}", starts[index], starts[index + 1]);
    }

    /**
     * The groups from one on. Not sliced one by one: the gradient of every slice would be of the
     * size of the whole.
     */
    NDList parts(NDArray tokens, int first) {
      long[] ends = new long[groups.size() - first - 1];
      for (int i = 0; i < ends.length; i++) {
        ends[i] = starts[first + i + 1] - starts[first];
      }
      return ends.length == 0 ? new NDList(tokens) : tokens.split(ends, 1);
    }
  }

  /**
   * Runs all layers.
   *
   * @param batch embedded tokens
   * @param gates per layer (batch, heads, queries and tokens, keys) multiplied onto the attention;
   *     empty for none. Their gradient is attention times its gradient. Where there are gates and
   *     nothing is trained, the last layer computes only what the finding queries read: its gate is
   *     (batch, heads, queries, keys), and its experts take queries only.
   */
  Output forward(TokenBatch batch, List<NDArray> gates, NDManager scope) {
    int queries = 1 + config.findings().size();
    Layout layout = Layout.of(batch, queries);
    NDArray tokens = concatenated(batch, layout, scope);
    NDArray mask = mask(batch, layout, scope);
    long[] packed = packed(batch, layout);
    NDArray balance = scope.create(0f);
    NDArray zLoss = scope.create(0f);
    NDArray share = scope.create(1f / config.layers());
    List<double[]> load = new ArrayList<>();
    ExpertUse use = new ExpertUse(config);
    NDArray beforeLast = tokens;
    List<NDArray> looked = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      boolean last = layer == config.layers() - 1;
      beforeLast = last ? tokens : beforeLast;
      NDArray gate = layer < gates.size() ? gates.get(layer) : null;
      boolean asking = last && !training && gate != null;
      int first = asking ? layout.groups().size() - 1 : 0;
      NDArray heard = attention(layer, tokens, layout, first, mask, gate, looked);
      if (asking) {
        NDArray asked = layout.queries(tokens).add(heard);
        tokens = asked.add(experts(layer, asked).tokens());
        break;
      }
      tokens = tokens.add(drop(heard));
      SparseExperts.Routed routed = experts(layer, tokens, layout, packed, scope);
      tokens = tokens.add(drop(routed.tokens()));
      balance = balance.add(routed.balance().mul(share));
      zLoss = zLoss.add(routed.zLoss().mul(share));
      load.add(routed.load());
      count(use, layer, routed.chosen(), packed, layout);
    }
    return new Output(
        readout(layout.queries(tokens)),
        layout.queries(beforeLast),
        looked,
        balance,
        zLoss,
        load,
        use);
  }

  private void count(ExpertUse use, int layer, long[] chosen, long[] packed, Layout layout) {
    for (int i = 0; i < chosen.length; i++) {
      use.count(layer, layout.groupOf(packed[i / config.active()]), (int) chosen[i]);
    }
  }

  private NDArray concatenated(TokenBatch batch, Layout layout, NDManager scope) {
    int queries = 1 + config.findings().size();
    NDList parts = new NDList();
    for (TokenGroup group : layout.groups()) {
      NDArray embeddings = batch.embeddings().get(group);
      if (embeddings != null) {
        parts.add(embeddings);
      }
    }
    NDArray empty = scope.zeros(new Shape(batch.size(), queries, config.width()));
    parts.add(empty.add(parameters.get("query")));
    return NDArrays.concat(parts, 1);
  }

  private NDArray mask(TokenBatch batch, Layout layout, NDManager scope) {
    float[] mask = new float[batch.size() * layout.keys()];
    Arrays.fill(mask, HIDDEN);
    for (int sample = 0; sample < batch.size(); sample++) {
      int row = sample * layout.keys();
      for (int g = 0; g < layout.groups().size() - 1; g++) {
        boolean[] valid = validOf(batch, layout.groups().get(g))[sample];
        for (int i = 0; i < valid.length; i++) {
          if (valid[i]) {
            mask[row + layout.starts()[g] + i] = 0;
          }
        }
      }
      mask[row + layout.keys() - 1] = 0;
    }
    return scope.create(mask, new Shape(batch.size(), 1, 1, layout.keys()));
  }

  private static boolean[][] validOf(TokenBatch batch, TokenGroup group) {
    boolean[][] valid = batch.valid().get(group);
    if (valid == null) {
      throw new IllegalArgumentException("No validity for " + group);
    }
    return valid;
  }

  /** Rows of the flattened (batch x length) that are tokens or queries. */
  private long[] packed(TokenBatch batch, Layout layout) {
    long[] rows = new long[batch.size() * layout.length()];
    int count = 0;
    for (int sample = 0; sample < batch.size(); sample++) {
      for (int g = 0; g < layout.groups().size(); g++) {
        TokenGroup group = layout.groups().get(g);
        for (int at = layout.starts()[g]; at < layout.starts()[g + 1]; at++) {
          if (group == TokenGroup.QUERY
              || validOf(batch, group)[sample][at - layout.starts()[g]]) {
            rows[count++] = (long) sample * layout.length() + at;
          }
        }
      }
    }
    return Arrays.copyOf(rows, count);
  }

  /** What the groups from {@code firstAsking} on read of all. */
  private NDArray attention(
      int layer,
      NDArray tokens,
      Layout layout,
      int firstAsking,
      NDArray mask,
      @Nullable NDArray gate,
      List<NDArray> looked) {
    NDList queries = new NDList();
    NDList keyValues = new NDList();
    NDList groups = layout.parts(tokens, 0);
    for (int g = 0; g < layout.groups().size(); g++) {
      String name = config.attention(layer, layout.groups().get(g));
      NDArray normed = norm(groups.get(g), parameters.get(name + "attention-norm"));
      if (g >= firstAsking) {
        queries.add(normed.matMul(parameters.get(name + "query")));
      }
      if (layout.groups().get(g) == TokenGroup.QUERY) {
        NDArray caseToken = normed.get(":, 0:1");
        keyValues.add(caseToken.matMul(parameters.get(config.caseKeyValue(layer))));
      } else {
        keyValues.add(normed.matMul(parameters.get(name + "key-value")));
      }
    }
    NDList both =
        NDArrays.concat(keyValues, 1).split(new long[] {config.width()}, 2);
    NDArray key = heads(both.get(0)).transpose(0, 1, 3, 2);
    NDArray value = heads(both.get(1));
    NDArray joined = joined(queries);
    float scale = (float) (1 / Math.sqrt((double) config.width() / config.heads()));
    NDArray query = heads(joined.mul(joined.getManager().create(scale)));
    NDArray read;
    if (training && gate == null) {
      NDList asking =
          query.split(new long[] {layout.starts()[layout.groups().size() - 1]}, 2);
      NDArray among = weights(asking.get(0), key, mask).matMul(value);
      NDArray weights = weights(asking.get(1), key, mask);
      looked.add(weights.mean(new int[] {1}));
      read = NDArrays.concat(new NDList(among, weights.matMul(value)), 2);
    } else {
      NDArray weights = weights(query, key, mask);
      read = (gate == null ? weights : weights.mul(gate)).matMul(value);
    }
    NDList heard =
        layout.parts(read.transpose(0, 2, 1, 3).reshape(joined.getShape()), firstAsking);
    NDList parts = new NDList();
    for (int g = firstAsking; g < layout.groups().size(); g++) {
      String name = config.attention(layer, layout.groups().get(g));
      parts.add(heard.get(g - firstAsking).matMul(parameters.get(name + "output")));
    }
    return joined(parts);
  }

  private static NDArray weights(NDArray query, NDArray key, NDArray mask) {
    return query.matMul(key).add(mask).softmax(-1);
  }

  /** Along the rows; DJL would give a copy of a single part, through which no gradient goes. */
  private static NDArray joined(NDList parts) {
    return parts.size() == 1 ? parts.singletonOrThrow() : NDArrays.concat(parts, 1);
  }

  private NDArray heads(NDArray tokens) {
    Shape shape = tokens.getShape();
    return tokens
        .reshape(shape.get(0), shape.get(1), config.heads(), config.width() / config.heads())
        .transpose(0, 2, 1, 3);
  }

  private SparseExperts.Routed experts(
      int layer, NDArray tokens, Layout layout, long[] packed, NDManager scope) {
    NDList parts = new NDList();
    NDList groups = layout.parts(tokens, 0);
    for (int g = 0; g < layout.groups().size(); g++) {
      String name = config.attention(layer, layout.groups().get(g));
      parts.add(norm(groups.get(g), parameters.get(name + "experts-norm")));
    }
    Shape shape = tokens.getShape();
    NDArray flat = NDArrays.concat(parts, 1).reshape(-1, config.width());
    SparseExperts experts = new SparseExperts(config, parameters, layer);
    if (packed.length == flat.getShape().get(0)) {
      SparseExperts.Routed routed = experts.apply(flat);
      return routed.with(routed.tokens().reshape(shape));
    }
    SparseExperts.Routed routed =
        experts.apply(SparseExperts.rows(flat, scope.create(packed)));
    NDArray zero = scope.zeros(new Shape(1, config.width()));
    NDArray padded = NDArrays.concat(new NDList(routed.tokens(), zero), 0);
    long[] back = new long[(int) flat.getShape().get(0)];
    Arrays.fill(back, packed.length);
    for (int i = 0; i < packed.length; i++) {
      back[(int) packed[i]] = i;
    }
    return routed.with(SparseExperts.rows(padded, scope.create(back)).reshape(shape));
  }

  /** The experts of queries alone. */
  private SparseExperts.Routed experts(int layer, NDArray queries) {
    String name = config.attention(layer, TokenGroup.QUERY);
    NDArray normed = norm(queries, parameters.get(name + "experts-norm"));
    SparseExperts.Routed routed =
        new SparseExperts(config, parameters, layer).apply(normed.reshape(-1, config.width()));
    return routed.with(routed.tokens().reshape(queries.getShape()));
  }

  private NDArray readout(NDArray queries) {
    NDArray normed = norm(queries.get(":, 1:"), parameters.get("readout.norm"));
    return normed
        .mul(parameters.get("readout.weight"))
        .sum(new int[] {2})
        .add(parameters.get("readout.bias"));
  }

  /** Root mean square normalization (Zhang and Sennrich 2019). */
  private static NDArray norm(NDArray tokens, NDArray weight) {
    NDArray size = tokens.square().mean(new int[] {2}, true).add(1e-6f).sqrt();
    return tokens.div(size).mul(weight);
  }

  private NDArray drop(NDArray tokens) {
    return training && dropout > 0
        ? Dropout.dropout(tokens, dropout, true).singletonOrThrow()
        : tokens;
  }
}
