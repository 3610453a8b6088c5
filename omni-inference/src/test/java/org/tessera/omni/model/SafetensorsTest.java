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
