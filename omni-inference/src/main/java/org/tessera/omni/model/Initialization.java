package org.tessera.omni.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.token.AudioSegment;
import org.tessera.omni.token.ImageSegment;
import org.tessera.omni.token.NoteSegment;
import org.tessera.omni.token.RecordSegment;
import org.tessera.omni.token.SlideSegment;
import org.tessera.omni.token.TextFeatures;

/** First values of all parameters: a pure function of sizes and seed. */
public final class Initialization {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final RandomGenerator random;
  private final ModelConfig config;

  private Initialization(ModelConfig config, long seed) {
    this.config = config;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** All parameters of a model. */
  public static Map<String, Tensor> of(ModelConfig config, long seed) {
    Initialization start = new Initialization(config, seed);
    start.stems();
    start.embeddings();
    for (int layer = 0; layer < config.layers(); layer++) {
      start.layer(layer);
    }
    start.readout();
    start.latentHead();
    SignHeads.initialize(start, config);
    FactHeads.initialize(start, config);
    NoteInput.initialize(start, config);
    OrientedGradients.initialize(start, config);
    return start.tensors;
  }

  /**
   * Fresh values for the parameters of the last layer and the read-out, for the randomization test.
   *
   * @param keep everything else
   */
  public static Map<String, Tensor> reinitializeLast(
      ModelConfig config, Map<String, Tensor> keep, long seed) {
    Initialization start = new Initialization(config, seed);
    start.layer(config.layers() - 1);
    start.readout();
    Map<String, Tensor> mixed = new LinkedHashMap<>(keep);
    mixed.putAll(start.tensors);
    return mixed;
  }

  /** What reads the hidden content from each token, for {@link StemPretrainer}. */
  static Map<String, Tensor> decoder(String name, ModelConfig config, long seed) {
    Initialization start = new Initialization(config, seed);
    double deviation = 1 / Math.sqrt(config.width());
    start.normal(name + ".weight", deviation, config.width(), MaskedSegment.CONTENT);
    start.constant(name + ".bias", 0, MaskedSegment.CONTENT);
    return start.tensors;
  }

  private void stems() {
    conv("stem.image", ConvStem.IMAGE_CHANNELS);
    conv("stem.slide", ConvStem.IMAGE_CHANNELS);
    conv("stem.audio", ConvStem.AUDIO_CHANNELS);
    for (String name : new String[] {"image", "slide", "audio"}) {
      normal("aux." + name + ".weight", 0.02, config.width(), config.findings().size());
      constant("aux." + name + ".bias", 0, config.findings().size());
    }
  }

  private void conv(String name, int inputs) {
    int first = config.channels().get(0);
    convolution(name + ".entry", inputs, first, 4, 4);
    for (int stage = 1; stage < 4; stage++) {
      int from = config.channels().get(stage - 1);
      int to = config.channels().get(stage);
      String block = name + ".stage" + stage;
      boolean keepsTime = stage == 3 && name.equals("stem.audio");
      convolution(block + ".first", from, to, 4, keepsTime ? 3 : 4);
      convolution(block + ".second", to, to, 3, 3);
      convolution(block + ".skip", from, to, 1, 1);
    }
  }

  private void convolution(String name, int from, int to, int high, int wide) {
    normal(name + ".weight", Math.sqrt(2.0 / (from * high * wide)), to, from, high, wide);
    constant(name + ".scale", 1, to);
    constant(name + ".shift", 0, to);
    constant(name + ".running-mean", 0, to);
    constant(name + ".running-var", 1, to);
  }

  private void embeddings() {
    int width = config.width();
    normal("note.projection", 1 / Math.sqrt(TextFeatures.FEATURES), TextFeatures.FEATURES, width);
    normal(
        "record.projection", 1 / Math.sqrt(RecordSegment.FEATURES), RecordSegment.FEATURES, width);
    for (TokenGroup group : TokenGroup.values()) {
      if (group != TokenGroup.QUERY) {
        normal("type." + group.key(), 0.02, 1, 1, width);
        normal("position." + group.key(), 0.02, group.positions(), width);
      }
    }
    normal("query", 0.5, 1 + config.findings().size(), width);
  }

  private void layer(int layer) {
    int width = config.width();
    double deep = 1 / Math.sqrt(2.0 * config.layers());
    String prefix = "layer" + layer + ".";
    if (config.architecture().grouped()) {
      for (TokenGroup group : TokenGroup.values()) {
        attention(config.attention(layer, group), group != TokenGroup.QUERY, deep);
      }
      normal(config.caseKeyValue(layer), 1 / Math.sqrt(width), width, 2 * width);
    } else {
      attention(config.attention(layer, TokenGroup.QUERY), true, deep);
    }
    if (!config.architecture().sparse()) {
      network(prefix + "dense", config.denseHidden(), deep);
      return;
    }
    normal(prefix + "router", 0.02, width, config.experts());
    for (int expert = -1; expert < config.experts(); expert++) {
      network(prefix + (expert < 0 ? "shared" : "expert" + expert), config.hidden(), deep);
    }
  }

  private void attention(String name, boolean attendedTo, double deep) {
    int width = config.width();
    constant(name + "attention-norm", 1, width);
    normal(name + "query", 1 / Math.sqrt(width), width, width);
    if (attendedTo) {
      normal(name + "key-value", 1 / Math.sqrt(width), width, 2 * width);
    }
    normal(name + "output", deep / Math.sqrt(width), width, width);
    constant(name + "experts-norm", 1, width);
  }

  private void network(String name, int hidden, double deep) {
    int width = config.width();
    normal(name + ".in", Math.sqrt(2.0 / width), width, hidden);
    constant(name + ".in-bias", 0, hidden);
    normal(name + ".out", deep / Math.sqrt(hidden), hidden, width);
  }

  private void readout() {
    constant("readout.norm", 1, config.width());
    normal("readout.weight", 0.02, config.findings().size(), config.width());
    constant("readout.bias", 0, config.findings().size());
  }

  private void latentHead() {
    int width = config.width();
    int pooled = LatentHead.QUERIES * width;
    for (TokenGroup group : TokenGroup.values()) {
      if (group != TokenGroup.QUERY) {
        String name = "latent." + group.key() + ".";
        constant(name + "norm", 1, width);
        normal(name + "queries", 0.1, width, LatentHead.QUERIES);
        normal(name + "in", Math.sqrt(2.0 / pooled), pooled, width);
        constant(name + "in-bias", 0, width);
        normal(name + "out", 1 / Math.sqrt(width), width, LatentHead.SIZE);
      }
    }
    normal(
        LatentHead.NOTE_PROJECTION,
        1 / Math.sqrt(TextFeatures.FEATURES),
        TextFeatures.FEATURES,
        width);
    constant(LatentHead.SCALE, (float) Math.log(10), 1);
  }

  void normal(String name, double deviation, long... shape) {
    float[] values = new float[size(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    tensors.put(name, new Tensor(shape, values));
  }

  void constant(String name, float value, long... shape) {
    float[] values = new float[size(shape)];
    Arrays.fill(values, value);
    tensors.put(name, new Tensor(shape, values));
  }

  private static int size(long[] shape) {
    long size = 1;
    for (long length : shape) {
      size *= length;
    }
    return Math.toIntExact(size);
  }

  /** Position tables are as long as the longest segment of a group. */
  static int positionsOf(TokenGroup group) {
    return switch (group) {
      case RECORD -> RecordSegment.MAX_TOKENS;
      case NOTE -> NoteSegment.MAX_TOKENS;
      case IMAGE -> ImageSegment.GRID * ImageSegment.GRID;
      case SLIDE -> SlideSegment.GRID * SlideSegment.GRID;
      case AUDIO -> AudioSegment.MAX_TOKENS;
      case QUERY -> 0;
    };
  }
}
