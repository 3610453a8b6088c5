package org.tessera.omni.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;

class LatentIndexTest {
  private static final int COUNT = 3_000;
  private static final Modality[] KINDS = {Modality.IMAGE, Modality.NOTE, Modality.AUDIO};

  @TempDir private Path folder = Path.of("");

  private static List<float[]> vectors(long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, COUNT).mapToObj(i -> unit(random)).toList();
  }

  private static float[] unit(Random random) {
    float[] vector = new float[LatentIndex.SIZE];
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
      sum += vector[i] * vector[i];
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(sum);
    }
    return vector;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static LatentEntry entry(int i) {
    return new LatentEntry(
        "row" + i,
        "phantom",
        "test",
        KINDS[i % KINDS.length],
        Map.of("sex", i % 2 == 0 ? "female" : "male"));
  }

  private static void write(Path into, List<float[]> vectors)
      throws IOException, RejectedInputException {
    try (LatentIndexWriter writer = LatentIndexWriter.create(into, "abc")) {
      for (int i = 0; i < vectors.size(); i++) {
        writer.add(entry(i), vectors.get(i));
      }
      writer.commit();
    }
  }

  @Test
  void whatWasWrittenIsFoundAgain() throws IOException, RejectedInputException {
    List<float[]> vectors = vectors(1);
    write(folder, vectors);
    try (LatentIndex index = LatentIndex.open(folder)) {
      assertThat(index.size()).isEqualTo(COUNT);
      assertThat(index.model()).isEqualTo("abc");
      for (int i = 0; i < COUNT; i += 250) {
        SimilarEvidence first = index.search(vectors.get(i), 1, Optional.empty()).getFirst();
        assertThat(first.entry()).isEqualTo(entry(i));
        assertThat(first.similarity()).isCloseTo(1, Offset.offset(1e-5));
      }
    }
  }

  @Test
  void theNearestTenAreThoseOfAnExhaustiveSearch() throws IOException, RejectedInputException {
    List<float[]> vectors = vectors(2);
    write(folder, vectors);
    Random random = new Random(3);
    int found = 0;
    try (LatentIndex index = LatentIndex.open(folder)) {
      for (int query = 0; query < 50; query++) {
        float[] asked = unit(random);
        List<Integer> exact =
            IntStream.range(0, COUNT)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -dot(asked, vectors.get(i))))
                .limit(10)
                .toList();
        for (int position : index.positions(asked, 10, LatentIndex.CANDIDATES)) {
          found += exact.contains(position) ? 1 : 0;
        }
      }
    }
    assertThat(found / 500.0).isGreaterThan(0.95);
  }

  @Test
  void onlyTheWishedModalityIsFoundNearestFirst() throws IOException, RejectedInputException {
    List<float[]> vectors = vectors(4);
    write(folder, vectors);
    try (LatentIndex index = LatentIndex.open(folder)) {
      List<SimilarEvidence> hits =
          index.search(vectors.get(0), 20, Optional.of(Modality.NOTE));
      assertThat(hits).hasSize(20).allMatch(hit -> hit.entry().modality() == Modality.NOTE);
      assertThat(hits)
          .isSortedAccordingTo(
              Comparator.comparingDouble(SimilarEvidence::similarity).reversed());
    }
  }

  @Test
  void theSameEntriesGiveTheSameHits(@TempDir Path other)
      throws IOException, RejectedInputException {
    List<float[]> vectors = vectors(5);
    write(folder, vectors);
    write(other, vectors);
    Random random = new Random(6);
    try (LatentIndex first = LatentIndex.open(folder);
        LatentIndex second = LatentIndex.open(other)) {
      for (int query = 0; query < 20; query++) {
        float[] asked = unit(random);
        assertThat(second.search(asked, 10, Optional.empty()))
            .isEqualTo(first.search(asked, 10, Optional.empty()));
      }
    }
  }

  @Test
  void anIndexIsReplacedOnlyByAWholeOne() throws IOException, RejectedInputException {
    write(folder, vectors(7).subList(0, 20));
    try (LatentIndexWriter writer = LatentIndexWriter.create(folder, "other")) {
      writer.add(entry(0), unit(new Random(8)));
    }
    try (LatentIndex index = LatentIndex.open(folder)) {
      assertThat(index.size()).isEqualTo(20);
      assertThat(index.model()).isEqualTo("abc");
    }
    write(folder, vectors(7).subList(0, 5));
    try (LatentIndex index = LatentIndex.open(folder)) {
      assertThat(index.size()).isEqualTo(5);
    }
  }

  @Test
  void whatIsNoIndexIsRefusedInOneSentence() throws IOException {
    assertThatThrownBy(() -> LatentIndex.open(folder.resolve("absent")))
        .isInstanceOf(RejectedInputException.class);
    assertThatThrownBy(() -> LatentIndex.open(folder))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage("There is no index in that folder.");
    Path kept = folder.resolve("diary.txt");
    Files.writeString(kept, "mine");
    assertThatThrownBy(() -> LatentIndexWriter.create(folder, "abc"))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("other files");
    assertThat(kept).hasContent("mine");
  }

  @Test
  void aDamagedIndexIsRefusedInOneSentence() throws IOException, RejectedInputException {
    write(folder, vectors(9).subList(0, 50));
    List<Path> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(each -> !each.endsWith("write.lock")).forEach(files::add);
    }
    int refused = 0;
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
      try (LatentIndex index = LatentIndex.open(folder)) {
        assertThat(index.search(unit(new Random(1)), 10, Optional.empty())).isNotNull();
      } catch (RejectedInputException e) {
        assertThat(e.sentence()).endsWith(".").doesNotContain("Exception");
        refused++;
      }
      Files.write(file, whole);
    }
    assertThat(refused).isEqualTo(files.size());
  }
}
