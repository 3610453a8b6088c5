package org.tessera.validation.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.ModelCard;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.LatentReference;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
import org.tessera.omni.token.ImageSegment;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.TokenSequence;

/**
 * A model written by hand: bacterial pneumonia is how bright the middle of the radiograph is, and
 * each note adds a fixed amount. The embedding of a token is the mean of its patch.
 */
final class CentreModel implements OmniModel {
  private static final int PATCH = ImageSegment.SIDE / ImageSegment.GRID;

  private final double perNote;

  CentreModel(double perNote) {
    this.perNote = perNote;
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "centre", "1", Optional.empty(), "cpu", OptionalLong.empty(), OptionalLong.empty(),
        "tests", List.of(), List.of());
  }

  @Override
  public List<FindingProfile> findings() {
    return List.of(
        new FindingProfile(
            "bacterial-pneumonia",
            new Coding(Coding.SNOMED_CT, "53084003", "Bacterial pneumonia"),
            Set.of(Modality.IMAGE),
            false,
            "paediatric chest radiograph",
            false,
            Optional.of(new OperatingPoint(0.5, 1, 1, "by hand")),
            Optional.empty(),
            Map.of()));
  }

  @Override
  public EncodedCase encode(TokenSequence sequence) {
    float[] embeddings = new float[sequence.tokens().size()];
    int at = 0;
    for (Segment segment : sequence.segments()) {
      for (int token = 0; token < segment.tokens().size(); token++) {
        embeddings[at++] = segment instanceof ImageSegment image ? patch(image, token) : 0;
      }
    }
    return new EncodedCase(sequence.tokens(), embeddings, 1);
  }

  private static float patch(ImageSegment image, int token) {
    int left = token % ImageSegment.GRID * PATCH;
    int top = token / ImageSegment.GRID * PATCH;
    double sum = 0;
    for (int i = 0; i < PATCH * PATCH; i++) {
      sum += image.values()[(top + i / PATCH) * ImageSegment.SIDE + left + i % PATCH];
    }
    return (float) (sum / (PATCH * PATCH));
  }

  @Override
  public float[][] logits(List<Pass> passes) {
    return passes.stream()
        .map(pass -> new float[] {logit(pass.encoded())})
        .toArray(float[][]::new);
  }

  private float logit(EncodedCase encoded) {
    double sum = 0;
    int images = 0;
    int notes = encoded.has(Modality.NOTE) ? 1 : 0;
    int[] indices = encoded.indices(Modality.IMAGE);
    for (int i = 0; i < indices.length; i++) {
      int row = i / ImageSegment.GRID;
      int column = i % ImageSegment.GRID;
      if (row >= 5 && row < 9 && column >= 5 && column < 9) {
        sum += encoded.embeddings()[indices[i]];
        images++;
      }
    }
    return (float) (20 * (sum / Math.max(1, images) - 0.5) + perNote * notes);
  }

  @Override
  public float[] relevance(EncodedCase encoded, int finding, boolean randomized) {
    throw new UnsupportedOperationException("not asked in these tests");
  }

  @Override
  public float[] latent(EncodedCase encoded, Modality modality) {
    throw new UnsupportedOperationException("not asked in these tests");
  }

  @Override
  public List<EncodedCase> donors(int finding, Modality modality) {
    return List.of();
  }

  @Override
  public Optional<LatentReference> reference(int finding, Modality modality) {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
