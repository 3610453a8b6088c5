package org.tessera.omni.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.DonorMemory;
import org.tessera.omni.model.EmbeddedModel;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.FindingCatalog;
import org.tessera.omni.model.LatentReference;
import org.tessera.omni.model.Latents;
import org.tessera.omni.model.ModelBundle;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.model.TrainingMemory;

/**
 * Fills a model's memory: latents of training inputs per data set and modality, the distance beyond
 * which an input counts as unlike them (chosen on validation patients of {@link
 * ValidationPart#CALIBRATION}), and donors: embedded evidence of training patients without the
 * finding.
 */
public final class MemoryBuilder {
  private static final int LATENTS = 256;
  private static final int DONORS_PER_FINDING = 24;
  private static final double LONGEST = 0.9;
  private static final double IN_DISTRIBUTION = 0.99;

  private final ModelBundle bundle;
  private final EvidenceReader reader;
  private final TrainingListener listener;

  /** A builder for weights whose memory is still empty. */
  public MemoryBuilder(ModelBundle bundle, EvidenceReader reader, TrainingListener listener) {
    this.bundle = bundle.with(TrainingMemory.EMPTY);
    this.reader = reader;
    this.listener = listener;
  }

  /** What is kept of an input: its pooled stem output, and the tokens if it may be a donor. */
  private record Kept(LabelledRow row, Map<Modality, float[]> pooled, EncodedCase encoded) {}

  /** Reads train and validation rows; test rows are not opened. */
  public TrainingMemory build(List<LabelledRow> rows) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (EmbeddedModel model = new EmbeddedModel(bundle)) {
      List<Kept> train = kept(model, rows.stream().filter(row -> row.split().equals("train")));
      List<Kept> held =
          kept(
              model,
              rows.stream()
                  .filter(row -> row.split().equals("val"))
                  .filter(
                      row -> ValidationPart.of(row.patient()) == ValidationPart.CALIBRATION));
      for (Modality modality : modalities(train)) {
        float[] centre = centre(train, modality);
        float[] spread = spread(train, modality, centre);
        put(tensors, "centre", "", modality, List.of(centre), true);
        put(tensors, "spread", "", modality, List.of(spread), true);
        for (String set : sets(train, modality)) {
          List<float[]> latents = latents(train, set, modality, centre, spread);
          List<float[]> sparse = spaced(latents, LATENTS);
          put(tensors, "latents", set, modality, sparse, false);
          labels(tensors, train, set, modality);
          double limit = limit(sparse, latents(held, set, modality, centre, spread));
          put(tensors, "limit", set, modality, List.of(new float[] {(float) limit}), true);
          donors(tensors, train, set, modality);
        }
      }
    }
    return new TrainingMemory(tensors);
  }

  private List<Kept> kept(EmbeddedModel model, Stream<LabelledRow> rows)
      throws IOException {
    List<Kept> kept = new ArrayList<>();
    new ExampleLoader(reader)
        .load(
            rows.toList(),
            "remembering",
            listener,
            (row, example) -> {
              if (!example.sequence().segments().isEmpty()) {
                kept.add(kept(model, row, example));
              }
            });
    return kept;
  }

  private Kept kept(EmbeddedModel model, LabelledRow row, Example example) {
    EncodedCase encoded = model.encode(example.sequence());
    Map<Modality, float[]> pooled = new EnumMap<>(Modality.class);
    for (Modality modality : example.sequence().tokensByModality().keySet()) {
      pooled.put(modality, Latents.pooled(bundle, encoded, modality));
    }
    return new Kept(row, pooled, encoded);
  }

  private static Set<Modality> modalities(List<Kept> kept) {
    Set<Modality> modalities = new TreeSet<>();
    kept.forEach(each -> modalities.addAll(each.pooled().keySet()));
    return modalities;
  }

  private static Set<String> sets(List<Kept> kept, Modality modality) {
    Set<String> sets = new TreeSet<>();
    kept.stream()
        .filter(each -> each.pooled().containsKey(modality))
        .forEach(each -> sets.add(each.row().set()));
    return sets;
  }

  private static float[] centre(List<Kept> kept, Modality modality) {
    List<float[]> all = pooled(kept, modality);
    float[] centre = new float[all.getFirst().length];
    for (float[] each : all) {
      for (int i = 0; i < centre.length; i++) {
        centre[i] += each[i] / all.size();
      }
    }
    return centre;
  }

  private static float[] spread(List<Kept> kept, Modality modality, float[] centre) {
    List<float[]> all = pooled(kept, modality);
    double[] squares = new double[centre.length];
    for (float[] each : all) {
      for (int i = 0; i < centre.length; i++) {
        squares[i] += (each[i] - centre[i]) * (each[i] - centre[i]) / all.size();
      }
    }
    float[] spread = new float[centre.length];
    for (int i = 0; i < spread.length; i++) {
      spread[i] = (float) Math.sqrt(squares[i]);
    }
    return spread;
  }

  private static List<float[]> pooled(List<Kept> kept, Modality modality) {
    List<float[]> all = new ArrayList<>();
    for (Kept each : kept) {
      float[] pooled = each.pooled().get(modality);
      if (pooled != null) {
        all.add(pooled);
      }
    }
    return all;
  }

  private static List<float[]> latents(
      List<Kept> kept, String set, Modality modality, float[] centre, float[] spread) {
    List<float[]> latents = new ArrayList<>();
    for (Kept each : kept) {
      float[] pooled = each.pooled().get(modality);
      if (pooled != null && each.row().set().equals(set)) {
        float[] latent = pooled.clone();
        Latents.standardize(latent, centre, spread);
        latents.add(Latents.normalized(latent));
      }
    }
    return latents;
  }

  /** Labels of the findings that this modality alone decides, in the order of the latents. */
  private static void labels(
      Map<String, Tensor> tensors, List<Kept> train, String set, Modality modality) {
    List<LabelledRow> rows =
        spaced(
            train.stream()
                .filter(each -> each.pooled().containsKey(modality))
                .map(Kept::row)
                .filter(row -> row.set().equals(set))
                .toList(),
            LATENTS);
    for (FindingCatalog.Entry finding : FindingCatalog.entries()) {
      if (!finding.set().equals(set)
          || !finding.profile().decidedBy().equals(Set.of(modality))) {
        continue;
      }
      String key = finding.profile().key();
      float[] labels = new float[rows.size()];
      for (int i = 0; i < labels.length; i++) {
        Boolean label = rows.get(i).labels().get(key);
        labels[i] = label == null ? -1 : label ? 1 : 0;
      }
      tensors.put(
          TrainingMemory.key(TrainingMemory.LABELS + key, set, modality),
          new Tensor(new long[] {labels.length}, labels));
    }
  }

  private static <T> List<T> spaced(List<T> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<T> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(all.get((int) ((long) i * all.size() / most)));
    }
    return some;
  }

  /** A little beyond the farthest of 99 in 100 validation inputs. */
  private static double limit(List<float[]> latents, List<float[]> held) {
    LatentReference reference = new LatentReference(latents, Latents.NEIGHBOURS, 0);
    double[] distances = held.stream().mapToDouble(reference::distance).sorted().toArray();
    if (distances.length == 0) {
      return 0;
    }
    int at = (int) Math.min(distances.length - 1, Math.ceil(IN_DISTRIBUTION * distances.length));
    return distances[at] * 1.02;
  }

  private static void donors(
      Map<String, Tensor> tensors, List<Kept> train, String set, Modality modality) {
    Set<Kept> chosen = new LinkedHashSet<>();
    for (FindingCatalog.Entry finding : FindingCatalog.entries()) {
      if (finding.set().equals(set) && finding.profile().decidedBy().contains(modality)) {
        List<Kept> without = new ArrayList<>();
        for (Kept each : train) {
          Boolean label = each.row().labels().get(finding.profile().key());
          if (each.row().set().equals(set)
              && each.pooled().containsKey(modality)
              && Boolean.FALSE.equals(label)) {
            without.add(each);
          }
        }
        Collections.shuffle(without, new Random(finding.profile().key().hashCode()));
        chosen.addAll(telling(without, modality));
      }
    }
    if (chosen.isEmpty()) {
      return;
    }
    DonorMemory.put(
        tensors, set, modality, chosen.stream().map(Kept::encoded).toList());
  }

  /**
   * Donors say as much as most: none of the shorter half, which may be silent on what is asked, and
   * none of the longest, which would only take room.
   */
  private static List<Kept> telling(List<Kept> candidates, Modality modality) {
    List<Integer> lengths =
        candidates.stream().map(each -> each.encoded().indices(modality).length).sorted().toList();
    if (lengths.isEmpty()) {
      return List.of();
    }
    int least = lengths.get(lengths.size() / 2);
    int most = lengths.get((int) (lengths.size() * LONGEST));
    return candidates.stream()
        .filter(each -> each.encoded().indices(modality).length >= least)
        .filter(each -> each.encoded().indices(modality).length <= most)
        .limit(DONORS_PER_FINDING)
        .toList();
  }

  private static void put(
      Map<String, Tensor> tensors,
      String kind,
      String set,
      Modality modality,
      List<float[]> rows,
      boolean vector) {
    int width = rows.getFirst().length;
    float[] values = new float[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, values, i * width, width);
    }
    long[] shape = vector ? new long[] {width} : new long[] {rows.size(), width};
    tensors.put(TrainingMemory.key(kind, set, modality), new Tensor(shape, values));
  }
}
