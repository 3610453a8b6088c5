package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tessera.omni.model.Safetensors.Tensor;

class SafetensorsTest {
  private final Tensor tensor = new Tensor(new long[] {2, 3}, new float[] {1, -2, 3.5f, 0, 7, 9});

  @Test
  void whatIsWrittenIsRead() throws IOException {
    for (boolean half : new boolean[] {false, true}) {
      byte[] bytes = Safetensors.write(Map.of("a", tensor), half);
      Tensor read = Safetensors.read(bytes).values().iterator().next();
      assertThat(read.values()).containsExactly(tensor.values());
      assertThat(read.shape()).containsExactly(2, 3);
    }
  }

  @Test
  void halfRoundsMatricesAndKeepsVectors() throws IOException {
    Tensor matrix = new Tensor(new long[] {1, 1}, new float[] {1 / 3f});
    Tensor vector = new Tensor(new long[] {1}, new float[] {1 / 3f});
    assertThat(Safetensors.isRounded(Map.of("matrix", matrix))).isFalse();
    assertThat(Safetensors.isRounded(Map.of("vector", vector))).isTrue();
    Map<String, Tensor> rounded = Safetensors.rounded(Map.of("matrix", matrix));
    assertThat(Safetensors.isRounded(rounded)).isTrue();
    assertThat(only(Safetensors.read(Safetensors.write(Map.of("matrix", matrix), true))))
        .containsExactly(only(rounded))
        .doesNotContain(1 / 3f);
    assertThat(only(Safetensors.read(Safetensors.write(Map.of("vector", vector), true))))
        .containsExactly(1 / 3f);
  }

  @Test
  void whatIsTooLargeForHalfStaysWhole() {
    Map<String, Tensor> large =
        Map.of("matrix", new Tensor(new long[] {1, 2}, new float[] {70_000, 1 / 3f}));
    assertThat(only(Safetensors.rounded(large))).containsExactly(70_000, 1 / 3f);
    assertThat(Safetensors.isRounded(Safetensors.rounded(large))).isFalse();
  }

  private static float[] only(Map<String, Tensor> tensors) {
    return tensors.values().iterator().next().values();
  }

  @Test
  void aTruncatedFileIsRefusedAtEveryLength() {
    byte[] bytes = Safetensors.write(Map.of("a", tensor), false);
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Safetensors.read(part)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aHeaderThatLiesAboutAShapeIsRefused() {
    byte[] bytes = Safetensors.write(Map.of("a", tensor), false);
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    byte[] lie = header.replace("[2,3]", "[9,9]").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Safetensors.read(lie))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("lies");
  }
}
