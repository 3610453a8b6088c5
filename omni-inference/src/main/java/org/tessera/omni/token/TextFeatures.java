package org.tessera.omni.token;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tessera.casemodel.TextSpan;

/**
 * Frozen, pretrained text features: all-MiniLM-L6-v2, quantized to 8 bits, with its own word piece
 * tokenizer, both out of a jar (nothing is downloaded). One thread, the same result every time.
 * Started on first use; safe for several threads, which wait for each other.
 */
public final class TextFeatures {
  /** Numbers per word piece. */
  public static final int FEATURES = 384;

  private static final String VOCABULARY = "/all-minilm-l6-v2-q-tokenizer.json";
  private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";
  private static final int CACHED = 4096;
  private static final TextFeatures SHARED = new TextFeatures();

  private final Map<String, float[]> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
          return size() > CACHED;
        }
      };
  private @Nullable HuggingFaceTokenizer tokenizer;
  private @Nullable OrtSession session;

  private TextFeatures() {}

  /** The one instance of the process: weights are read once. */
  public static TextFeatures shared() {
    return SHARED;
  }

  /**
   * A text as word pieces.
   *
   * @param spans where each piece stands, in code points of the text; pieces of one composed
   *     character share its span
   * @param pieces the pieces as the vocabulary writes them
   * @param features (pieces, 384), row by row: the last hidden state
   * @param total pieces that the whole text has; more than {@code pieces} if it was cut
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Encoded(List<TextSpan> spans, List<String> pieces, float[] features, int total) {
    public Encoded {
      spans = List.copyOf(spans);
      pieces = List.copyOf(pieces);
    }
  }

  /** The first {@link NoteSegment#MAX_TOKENS} word pieces of a text; none if it has none. */
  public synchronized Encoded encode(String text) {
    Encoding encoding = tokenizer().encode(text, true, false);
    CharSpan[] spans = encoding.getCharTokenSpans();
    List<Integer> kept = new ArrayList<>();
    int total = 0;
    for (int i = 0; i < spans.length; i++) {
      if (spans[i] != null && spans[i].getEnd() > spans[i].getStart()) {
        total++;
        if (kept.size() < NoteSegment.MAX_TOKENS) {
          kept.add(i);
        }
      }
    }
    if (kept.isEmpty()) {
      return new Encoded(List.of(), List.of(), new float[0], 0);
    }
    long[] ids = encoding.getIds();
    long[] framed = new long[kept.size() + 2];
    framed[0] = ids[0];
    framed[framed.length - 1] = ids[ids.length - 1];
    List<TextSpan> places = new ArrayList<>();
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      int at = kept.get(i);
      framed[i + 1] = ids[at];
      places.add(new TextSpan(spans[at].getStart(), spans[at].getEnd()));
      pieces.add(encoding.getTokens()[at]);
    }
    float[] hidden = run(framed);
    float[] features = new float[kept.size() * FEATURES];
    System.arraycopy(hidden, FEATURES, features, 0, features.length);
    return new Encoded(places, pieces, features, total);
  }

  /**
   * The meaning of a short text: the mean of its word pieces' features, of length 1; all 0 for a
   * text without word pieces.
   *
   * @return (384); not shared with anybody
   */
  public synchronized float[] pooled(String text) {
    float[] known = cache.get(text);
    if (known == null) {
      known = mean(encode(text).features());
      cache.put(text, known);
    }
    return known.clone();
  }

  private static float[] mean(float[] features) {
    float[] mean = new float[FEATURES];
    for (int i = 0; i < features.length; i++) {
      mean[i % FEATURES] += features[i];
    }
    double square = 0;
    for (float each : mean) {
      square += (double) each * each;
    }
    float scale = square == 0 ? 0 : (float) (1 / Math.sqrt(square));
    for (int i = 0; i < mean.length; i++) {
      mean[i] *= scale;
    }
    return mean;
  }

  private float[] run(long[] ids) {
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    long[] shape = {1, ids.length};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.allocate(ids.length), shape);
        OrtSession.Result result =
            session()
                .run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      FloatBuffer hidden = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[hidden.remaining()];
      hidden.get(values);
      return values;
    } catch (OrtException e) {
      throw new IllegalStateException("The text encoder failed", e);
    }
  }

  private HuggingFaceTokenizer tokenizer() {
    HuggingFaceTokenizer started = tokenizer;
    if (started == null) {
      // The file's own settings would pad every text to 128 pieces and cut it there.
      try (InputStream in = resource(VOCABULARY)) {
        started =
            HuggingFaceTokenizer.newInstance(
                in, Map.of("truncation", "false", "padding", "false"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      tokenizer = started;
    }
    return started;
  }

  private OrtSession session() throws OrtException {
    OrtSession started = session;
    if (started == null) {
      try (InputStream in = resource(WEIGHTS);
          OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        started = OrtEnvironment.getEnvironment().createSession(in.readAllBytes(), options);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      session = started;
    }
    return started;
  }

  private static InputStream resource(String name) {
    InputStream in = TextFeatures.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("Not on the class path: " + name);
    }
    return in;
  }
}
