package org.tessera.omni.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.model.FindingCatalog;
import org.tessera.omni.model.ModelConfig;
import org.tessera.omni.model.Safetensors.Tensor;

/**
 * A training small enough to be killed: drawn tiles and tones, a tiny model. As a program it trains
 * into the folder of its argument, so that a test can kill the process.
 */
final class TinyTraining {
  private static final TrainingPlan PLAN =
      new TrainingPlan(
          new ModelConfig(16, 2, 1, 3, 2, 8, List.of(16, 16, 16, 16), FindingCatalog.keys()),
          5,
          List.of(
              new TrainingPlan.Stage(TrainingPlan.Kind.AUDIO_MASKED, 2, 1e-3),
              new TrainingPlan.Stage(TrainingPlan.Kind.AUDIO_STEM, 2, 1e-3),
              new TrainingPlan.Stage(TrainingPlan.Kind.JOINT, 3, 1e-3)),
          4);

  private TinyTraining() {}

  public static void main(String[] arguments) throws IOException {
    train(Path.of(arguments[0]));
    System.out.println("finished");
  }

  /** Trains, going on from the folder's checkpoint if there is one. */
  static Map<String, Tensor> train(Path folder) throws IOException {
    TrainingListener silent =
        new TrainingListener() {
          @Override
          public void progress(String what, int done, int of) {}

          @Override
          public void epoch(String metrics) {
            System.out.println(metrics);
          }
        };
    return new Trainer(PLAN, folder, TinyTraining::read, silent).train(rows(), true);
  }

  private static List<LabelledRow> rows() {
    List<LabelledRow> rows = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      boolean positive = i % 2 == 0;
      boolean tile = i % 4 < 2;
      rows.add(
          new LabelledRow(
              tile ? "pathology-tiles" : "cough-events",
              "row" + i,
              Map.of(tile ? Modality.SLIDE : Modality.AUDIO, Path.of(i + (positive ? "+" : "-"))),
              "patient" + i,
              i < 16 ? "train" : "val",
              Map.of(tile ? "adenocarcinoma" : "cough", positive),
              Map.of()));
    }
    return rows;
  }

  private static List<Evidence> read(Path file, Modality modality) {
    String name = file.toString();
    boolean positive = name.endsWith("+");
    Random random = new Random(name.hashCode());
    EvidenceOrigin origin =
        new EvidenceOrigin(
            "I1", name, "", "", Optional.empty(), Optional.empty(), Optional.empty());
    return List.of(
        modality == Modality.SLIDE
            ? new SlideEvidence(origin, new Tile(positive), OptionalDouble.empty())
            : new AudioEvidence(origin, new Tone(positive, random.nextLong())));
  }

  /** Stripes or checks. */
  private record Tile(boolean stripes) implements PixelSource {
    @Override
    public int width() {
      return 224;
    }

    @Override
    public int height() {
      return 224;
    }

    @Override
    public int frames() {
      return 1;
    }

    @Override
    public int channels() {
      return 3;
    }

    @Override
    public PixelTile read(PixelRegion region, double downsample) {
      int columns = (int) Math.ceil(region.width() / downsample);
      int rows = (int) Math.ceil(region.height() / downsample);
      float[] samples = new float[columns * rows * 3];
      for (int i = 0; i < columns * rows; i++) {
        int x = i % columns / 8;
        int y = stripes ? 0 : i / columns / 8;
        float value = (x + y) % 2 == 0 ? 0.3f : 0.7f;
        samples[3 * i] = value;
        samples[3 * i + 1] = value * 0.5f;
        samples[3 * i + 2] = value;
      }
      return new PixelTile(columns, rows, 3, samples);
    }
  }

  /** A tone or noise, two seconds long. */
  private record Tone(boolean tone, long seed) implements AudioSource {
    @Override
    public double duration() {
      return 2;
    }

    @Override
    public float[] read(TimeInterval interval) {
      int from = (int) Math.round(interval.start() * SAMPLE_RATE);
      int to = (int) Math.round(interval.end() * SAMPLE_RATE);
      Random random = new Random(seed);
      float[] samples = new float[to - from];
      for (int i = 0; i < samples.length; i++) {
        double sine = Math.sin(2 * Math.PI * 440 * (from + i) / SAMPLE_RATE);
        samples[i] = (float) (tone ? 0.4 * sine : 0.2 * random.nextGaussian());
      }
      return samples;
    }
  }
}
