package org.tessera.validation.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedBlocksTest {
  @TempDir Path scratch = Path.of("");

  @Test
  void onlyTheNamedBlockChanges() throws IOException {
    Path file = scratch.resolve("card.md");
    Files.writeString(
        file,
        "# Card\n<!-- begin a -->\nold\n<!-- end a -->\nby hand\n<!-- begin b -->\n"
            + "<!-- end b -->\n");
    assertThat(MarkedBlocks.update(file, Map.of("a", "| new |\n", "c", "nowhere")))
        .containsExactly("a");
    assertThat(file)
        .content()
        .isEqualTo(
            "# Card\n<!-- begin a -->\n| new |\n<!-- end a -->\nby hand\n<!-- begin b -->\n"
                + "<!-- end b -->\n");
  }

  @Test
  void aBlockWithoutAnEndIsRefusedAndTheFileStays() throws IOException {
    Path file = scratch.resolve("card.md");
    Files.writeString(file, "<!-- begin a -->\nold\n");
    assertThatThrownBy(() -> MarkedBlocks.update(file, Map.of("a", "new")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no end");
    assertThat(file).content().isEqualTo("<!-- begin a -->\nold\n");
  }
}
