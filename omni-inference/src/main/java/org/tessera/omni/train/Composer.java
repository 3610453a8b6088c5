package org.tessera.omni.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.FindingCatalog;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.ModelConfig;
import org.tessera.omni.model.SignHeads;
import org.tessera.omni.token.Segment;

/**
 * Puts the sequences of an epoch together. Image and tissue rows are joined with other people's
 * sound, neutral notes and records, independently of every label. Phantoms stay whole, or two of
 * them are mixed, which makes a third whose truth is known ({@link PhantomLabels}). Evidence is
 * dropped at random, so that every subset of modalities works; where the deciding evidence is
 * dropped the label still counts a little, which teaches the model the base rate. Some evidence is
 * blanked: a blank picture shows no disease.
 */
final class Composer {
  private static final float BASE_RATE_WEIGHT = 0.3f;
  private static final double BLANKS = 0.12;
  private static final float REAL_WEIGHT = 0.3f;
  private static final Set<String> DISAGREEMENTS =
      Set.of("phantom-discordance", "phantom-mismatch");
  private static final double MIXED = 0.6;
  private static final int PHANTOMS_PER_EPOCH = 700;

  private final List<Example> examples;
  private final List<Example> phantoms;
  private final List<Segment> neutralNotes;
  private final List<FindingCatalog.Entry> findings = FindingCatalog.entries();
  private final List<SignHeads.Sign> signs;
  private final float[][] classWeights;

  /**
   * A composer.
   *
   * @param config of the model
   * @param examples of the training split
   * @param neutralNotes tokens of {@link NeutralNotes}
   */
  Composer(ModelConfig config, List<Example> examples, List<Segment> neutralNotes) {
    this.signs = SignHeads.of(config);
    this.examples = List.copyOf(examples);
    this.phantoms = examples.stream().filter(Composer::isPhantom).toList();
    this.neutralNotes = List.copyOf(neutralNotes);
    this.classWeights = classWeights();
  }

  /** Batches of an epoch of a stage; a pure function of the seed. */
  List<List<Sample>> epoch(TrainingPlan.Kind kind, int batch, long seed) {
    Random random = new Random(seed);
    List<Sample> wide = new ArrayList<>();
    List<Sample> narrow = new ArrayList<>();
    for (Example example : drawn(random)) {
      Sample sample =
          kind.modality().isPresent()
              ? single(example, kind.modality().get(), random)
              : joint(example, random);
      if (sample.evidence().isEmpty() && sample.others().isEmpty()) {
        continue;
      }
      (sample.has(Modality.IMAGE) ? wide : narrow).add(sample);
    }
    List<List<Sample>> batches = new ArrayList<>();
    for (List<Sample> samples : List.of(wide, narrow)) {
      Collections.shuffle(samples, random);
      for (int from = 0; from + 1 < samples.size(); from += batch) {
        batches.add(List.copyOf(samples.subList(from, Math.min(samples.size(), from + batch))));
      }
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** All real examples, and as many of the phantoms as an epoch takes. */
  private List<Example> drawn(Random random) {
    List<Example> drawn = new ArrayList<>(phantoms);
    Collections.shuffle(drawn, random);
    drawn.subList(Math.min(PHANTOMS_PER_EPOCH, drawn.size()), drawn.size()).clear();
    examples.stream().filter(each -> !isPhantom(each)).forEach(drawn::add);
    return drawn;
  }

  private static boolean isPhantom(Example example) {
    return example.row().set().equals("phantom");
  }

  private Sample single(Example example, Modality modality, Random random) {
    Map<Modality, Example> evidence = new EnumMap<>(Modality.class);
    if (example.has(modality)) {
      evidence.put(modality, example);
    }
    return sample(evidence, Map.of(), List.of(example), random.nextLong());
  }

  private Sample joint(Example example, Random random) {
    Map<Modality, Example> evidence = new EnumMap<>(Modality.class);
    Map<Modality, Segment> notes = new EnumMap<>(Modality.class);
    List<Example> sources = new ArrayList<>(List.of(example));
    if (isPhantom(example)) {
      Example other =
          random.nextDouble() < MIXED ? phantoms.get(random.nextInt(phantoms.size())) : example;
      for (Modality modality : Modality.values()) {
        Example from = random.nextBoolean() ? example : other;
        if (from.has(modality) && random.nextDouble() > 0.25) {
          evidence.put(modality, from);
        }
      }
    } else {
      compose(example, evidence, notes, sources, random);
    }
    Sample whole = sample(evidence, notes, sources, random.nextLong());
    return random.nextDouble() < BLANKS ? blanked(whole, random) : whole;
  }

  /** One modality with nothing in it: what it decides is then not there. */
  private Sample blanked(Sample whole, Random random) {
    List<Modality> present = List.copyOf(whole.evidence().keySet());
    if (present.isEmpty()) {
      return whole;
    }
    Modality modality = present.get(random.nextInt(present.size()));
    Map<Modality, Example> evidence = new EnumMap<>(whole.evidence());
    Example source = evidence.remove(modality);
    Map<Modality, Segment> others = new EnumMap<>(Modality.class);
    others.putAll(whole.others());
    source.segment(modality).ifPresent(segment -> others.put(modality, segment.blank()));
    float[] targets = whole.targets().clone();
    float[] weights = whole.weights().clone();
    for (int f = 0; f < findings.size(); f++) {
      if (weights[f] > 0 && findings.get(f).profile().decidedBy().contains(modality)) {
        targets[f] = 0;
        weights[f] = classWeights[f][0];
      }
    }
    Map<SignHeads.Sign, Boolean> signs = new HashMap<>(whole.signs());
    signs.keySet().removeIf(sign -> sign.modality() == modality);
    return new Sample(evidence, others, targets, weights, signs, whole.seed());
  }

  private void compose(
      Example example,
      Map<Modality, Example> evidence,
      Map<Modality, Segment> notes,
      List<Example> sources,
      Random random) {
    Modality own = example.row().files().keySet().iterator().next();
    if (random.nextDouble() > 0.1) {
      evidence.put(own, example);
    }
    if (own != Modality.AUDIO && random.nextDouble() < 0.5) {
      Example other = examples.get(random.nextInt(examples.size()));
      if (other.has(Modality.AUDIO)) {
        evidence.put(Modality.AUDIO, other);
        if (!other.row().set().equals("phantom")) {
          sources.add(other);
        }
      }
    }
    double note = random.nextDouble();
    Example stranger = examples.get(random.nextInt(examples.size()));
    if (note < 0.4 && !neutralNotes.isEmpty()) {
      notes.put(Modality.NOTE, neutralNotes.get(random.nextInt(neutralNotes.size())));
    } else if (note < 0.6 && stranger.has(Modality.NOTE)) {
      evidence.put(Modality.NOTE, stranger);
    }
    if (random.nextDouble() < 0.4 && stranger.has(Modality.RECORD)) {
      evidence.put(Modality.RECORD, stranger);
    }
  }

  private Sample sample(
      Map<Modality, Example> evidence,
      Map<Modality, Segment> notes,
      List<Example> sources,
      long seed) {
    float[] targets = new float[findings.size()];
    float[] weights = new float[findings.size()];
    for (int f = 0; f < findings.size(); f++) {
      FindingCatalog.Entry finding = findings.get(f);
      for (Example source : sources) {
        Boolean label = label(finding.profile(), source, evidence);
        if (label != null) {
          Set<Modality> deciding = finding.profile().decidedBy();
          boolean decided =
              deciding.stream().allMatch(each -> isOf(source, evidence.get(each)));
          targets[f] = label ? 1 : 0;
          weights[f] = classWeights[f][label ? 1 : 0] * (decided ? 1 : BASE_RATE_WEIGHT);
        }
      }
      if (weights[f] == 0 && isReal(finding.profile(), evidence)) {
        weights[f] = REAL_WEIGHT * classWeights[f][0];
      }
    }
    return new Sample(evidence, notes, targets, weights, signs(evidence), seed);
  }

  private Map<SignHeads.Sign, Boolean> signs(Map<Modality, Example> evidence) {
    Map<SignHeads.Sign, Boolean> known = new HashMap<>();
    for (SignHeads.Sign sign : signs) {
      Example shown = evidence.get(sign.modality());
      if (shown != null && isPhantom(shown)) {
        PhantomLabels.sign(sign.finding(), sign.modality(), shown.row())
            .ifPresent(each -> known.put(sign, each));
      }
    }
    return known;
  }

  /** Evidence of the source; any phantom's evidence if the source is one. */
  private static boolean isOf(Example source, @Nullable Example shown) {
    return shown == source || shown != null && isPhantom(source) && isPhantom(shown);
  }

  private static @Nullable Boolean label(
      FindingProfile finding, Example source, Map<Modality, Example> evidence) {
    Boolean own = source.row().labels().get(finding.key());
    if (own == null || !isPhantom(source)) {
      return own;
    }
    return PhantomLabels.of(
            finding.key(),
            modality -> {
              Example shown = evidence.get(modality);
              return shown != null && isPhantom(shown) ? shown.row() : source.row();
            })
        .orElse(own);
  }

  /** A real picture has no drawing in it, and a real recording no synthesized sound. */
  private static boolean isReal(FindingProfile profile, Map<Modality, Example> evidence) {
    return profile.phantom()
        && !DISAGREEMENTS.contains(profile.key())
        && profile.decidedBy().stream()
            .map(evidence::get)
            .anyMatch(each -> each != null && !each.row().set().equals("phantom"));
  }

  private float[][] classWeights() {
    float[][] weights = new float[findings.size()][2];
    for (int f = 0; f < findings.size(); f++) {
      String key = findings.get(f).profile().key();
      int[] counts = new int[2];
      for (Example example : examples) {
        Boolean label = example.row().labels().get(key);
        if (label != null) {
          counts[label ? 1 : 0]++;
        }
      }
      double all = counts[0] + counts[1];
      for (int side = 0; side < 2; side++) {
        weights[f][side] = (float) (counts[side] == 0 ? 1 : all / (2 * counts[side]));
      }
    }
    return weights;
  }
}
