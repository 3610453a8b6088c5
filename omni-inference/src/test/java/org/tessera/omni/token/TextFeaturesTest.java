package org.tessera.omni.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.TextSpan;

class TextFeaturesTest {
  private final TextFeatures features = TextFeatures.shared();

  @Test
  void piecesStandWhereTheirLettersStand() {
    String text = "Émile 😀 has pneumonia; 폐렴 의심";
    TextFeatures.Encoded encoded = features.encode(text);
    List<String> letters =
        encoded.spans().stream().map(span -> cut(text, span)).distinct().toList();
    assertThat(letters)
        .containsExactly("Émile", "😀", "has", "pneumonia", ";", "폐렴", "의", "심");
    assertThat(encoded.features()).hasSize(encoded.pieces().size() * 384);
    assertThat(encoded.total()).isEqualTo(encoded.pieces().size());
  }

  @Test
  void theSameTextHasTheSameFeaturesToTheBit() {
    String text = "There is an opacity in the right lower lobe.";
    float[] first = features.encode(text).features();
    features.encode("Something else in between, of another length.");
    assertThat(features.encode(text).features()).isEqualTo(first);
    assertThat(features.pooled(text)).isEqualTo(features.pooled(text)).isNotSameAs(first);
  }

  @Test
  void featuresDependOnTheContext() {
    float[] asserted = features.encode("Pneumonia of the left lung.").features();
    float[] denied = features.encode("Pneumonia was excluded.").features();
    double distance =
        IntStream.range(0, 384).mapToDouble(i -> Math.abs(asserted[i] - denied[i])).sum();
    assertThat(distance).isGreaterThan(10);
  }

  @Test
  void likeMeaningsLieCloserThanUnlikeOnes() {
    float[] pneumonia = features.pooled("Pneumonia");
    double like = dot(pneumonia, features.pooled("Infection of the lung"));
    double unlike = dot(pneumonia, features.pooled("Fracture of the left hip"));
    assertThat(dot(pneumonia, pneumonia)).isCloseTo(1, within(1e-5));
    assertThat(like).isGreaterThan(unlike + 0.2);
  }

  @Test
  void aLongTextIsCutAndSaysHowLongItWas() {
    TextFeatures.Encoded encoded = features.encode("cough fever ".repeat(2000));
    assertThat(encoded.pieces()).hasSize(NoteSegment.MAX_TOKENS);
    assertThat(encoded.total()).isEqualTo(4000);
  }

  @Test
  void aTextWithoutPiecesHasNoFeatures() {
    assertThat(features.encode("").pieces()).isEmpty();
    assertThat(features.encode(" \n\u0007").pieces()).isEmpty();
    assertThat(features.pooled("")).hasSize(384).containsOnly(0);
  }

  @Test
  void specialWordsInATextAreNoTrap() {
    TextFeatures.Encoded encoded = features.encode("[CLS] fever [SEP] cough [PAD]");
    assertThat(encoded.spans()).isNotEmpty();
    assertThat(encoded.pieces()).contains("fever", "cough");
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
  }

  private static String cut(String text, TextSpan span) {
    return text.substring(
        text.offsetByCodePoints(0, span.start()), text.offsetByCodePoints(0, span.end()));
  }
}
