package org.tessera.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.ModelCard;
import org.tessera.omni.model.Competence;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.LatentReference;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
import org.tessera.omni.token.AudioSegment;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.TokenSequence;

/**
 * A model of which every weight is known. A token's embedding is one number, its signal: how bright
 * a patch is beyond 0.5, how loud a sound, whether a word is marked. A finding's logit is a
 * function of the sums of the signals that are left.
 */
class TestModel implements OmniModel {
  /** Answers with one logit. */
  interface Rule {
    double logit(Signals signals);
  }

  /** Sums of the signals that were not removed. */
  record Signals(double image, double note, double audio) {}

  private record Asked(FindingProfile profile, Rule rule) {}

  private final List<Asked> asked = new ArrayList<>();
  private double distance = 0;
  private int donors = 10;
  private boolean divided;
  private Set<Modality> modalities = OmniModel.super.modalities();
  int passes;
  int largestRequest;

  TestModel asks(FindingProfile profile, Rule rule) {
    asked.add(new Asked(profile, rule));
    return this;
  }

  /** Places every case at this cosine distance from all training inputs (limit 0.2). */
  TestModel far(double cosineDistance) {
    distance = cosineDistance;
    return this;
  }

  /** Reads moving pictures as well: a frame's signal is how bright it is, and counts as image. */
  TestModel readsMovingPictures() {
    modalities = Set.of(Modality.values());
    return this;
  }

  @Override
  public Set<Modality> modalities() {
    return modalities;
  }

  TestModel donors(int n) {
    donors = n;
    return this;
  }

  /** Every other donor has a long sound and two marked words in the note, the rest the opposite. */
  TestModel dividedDonors() {
    divided = true;
    return this;
  }

  static FindingProfile profile(String key, Modality... decidedBy) {
    return profile(key, true, decidedBy);
  }

  /** A finding that says that its deciding modalities disagree. */
  static FindingProfile disagreement(String key, Modality... decidedBy) {
    return profile(key, true, true, decidedBy);
  }

  static FindingProfile profile(String key, boolean competent, Modality... decidedBy) {
    return profile(key, competent, false, decidedBy);
  }

  private static FindingProfile profile(
      String key, boolean competent, boolean disagreement, Modality... decidedBy) {
    String display = Phrases.sentence(key.replace('-', ' '));
    return new FindingProfile(
        key,
        new Coding(Coding.PHANTOM, key, display),
        Set.of(decidedBy),
        disagreement,
        "phantom " + decidedBy[0].wireName(),
        true,
        Optional.of(new OperatingPoint(0.5, 0.9, 0.9, "written by hand")),
        Optional.of(
            new Competence(
                "written by hand", 200, 100, 0.9, 0.85, 0.95, competent ? 0.85 : 0.48,
                Map.of("bytes", 0.5), 0.2, competent,
                competent
                    ? "Measured AUROC 0.90, also within each channel."
                    : "Within one channel the AUROC is 0.48: it knows the channel only.")),
        Map.of());
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "test", "1", Optional.of("0".repeat(64)), "cpu", OptionalLong.of(1), OptionalLong.of(1),
        "A model written by hand for tests only.", List.of(), List.of());
  }

  @Override
  public List<FindingProfile> findings() {
    return asked.stream().map(Asked::profile).toList();
  }

  @Override
  public EncodedCase encode(TokenSequence sequence) {
    float[] signals = new float[sequence.tokens().size()];
    int at = 0;
    for (Segment segment : sequence.segments()) {
      for (int i = 0; i < segment.tokens().size(); i++) {
        signals[at++] = signal(segment, i);
      }
    }
    return new EncodedCase(sequence.tokens(), signals, 1);
  }

  private static float signal(Segment segment, int token) {
    int perToken = segment.values().length / segment.tokens().size();
    return switch (segment.modality()) {
      case IMAGE -> {
        int row = token / 14 * Cases.PATCH + Cases.PATCH / 2;
        int column = token % 14 * Cases.PATCH + Cases.PATCH / 2;
        yield Math.max(0, segment.values()[row * 224 + column] - 0.5f);
      }
      case AUDIO -> Math.max(0, segment.values()[token * perToken] - AudioSegment.FLOOR - 5) / 5;
      case NOTE -> segment.values()[token * perToken];
      case CINE -> Math.max(0, mean(segment.values(), token * perToken, perToken) - 0.5f) * 10;
      case RECORD, SLIDE -> 0;
    };
  }

  private static float mean(float[] values, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += values[i];
    }
    return (float) (sum / count);
  }

  @Override
  public float[][] logits(List<Pass> wanted) {
    passes += wanted.size();
    largestRequest = Math.max(largestRequest, wanted.size());
    float[][] logits = new float[wanted.size()][];
    for (int i = 0; i < logits.length; i++) {
      Pass pass = wanted.get(i);
      Signals signals =
          new Signals(
              sum(pass, Modality.IMAGE) + sum(pass, Modality.CINE),
              sum(pass, Modality.NOTE),
              sum(pass, Modality.AUDIO));
      logits[i] = new float[asked.size()];
      for (int f = 0; f < asked.size(); f++) {
        logits[i][f] = (float) asked.get(f).rule().logit(signals);
      }
    }
    return logits;
  }

  private static double sum(Pass pass, Modality modality) {
    BitSet removed = pass.removed();
    double sum = 0;
    for (int index : pass.encoded().indices(modality)) {
      sum += removed.get(index) ? 0 : pass.encoded().embeddings()[index];
    }
    return sum;
  }

  @Override
  public float[] relevance(EncodedCase encoded, int finding, boolean randomized) {
    return randomized ? noise(encoded, 99) : encoded.embeddings().clone();
  }

  static float[] noise(EncodedCase encoded, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] noise = new float[encoded.tokens().size()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextDouble();
    }
    return noise;
  }

  @Override
  public float[] latent(EncodedCase encoded, Modality modality) {
    float along = (float) (1 - distance);
    return new float[] {along, (float) Math.sqrt(1 - along * along)};
  }

  @Override
  public List<EncodedCase> donors(int finding, Modality modality) {
    List<EncodedCase> others = new ArrayList<>();
    for (int i = 0; i < donors; i++) {
      Cases other =
          switch (modality) {
            case IMAGE -> new Cases().plainImage();
            case NOTE ->
                new Cases()
                    .note(
                        divided
                            ? i % 2 == 1 ? "!Crackles !heard" : "!No !crackles !at !all !there"
                            : "Routine visit number " + i);
            case AUDIO -> new Cases().audio(0, divided ? i % 2 == 1 ? 12 : 3 : 0);
            case CINE -> new Cases().cine(0);
            case SLIDE, RECORD -> new Cases();
          };
      others.add(encode(other.sequence()));
    }
    return others;
  }

  @Override
  public Optional<LatentReference> reference(int finding, Modality modality) {
    return Optional.of(new LatentReference(List.of(new float[] {1, 0}), 1, 0.2));
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
