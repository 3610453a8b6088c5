package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Spotless cannot check without parsing Java: see docs/decisions/002. */
class SourceStyleTest {

  @Test
  void linesAreAtMostAHundredColumnsWide() throws IOException {
    List<Path> sources = sources();
    assertThat(sources).hasSizeGreaterThan(150);
    List<String> wide = new ArrayList<>();
    for (Path source : sources) {
      List<String> lines = Files.readAllLines(source);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (line.codePointCount(0, line.length()) > 100 && !line.startsWith("import ")) {
          wide.add(source.getFileName() + ":" + (i + 1));
        }
      }
    }
    assertThat(wide).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    Path root = ProjectFiles.root();
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !root.relativize(path).toString().contains("target"))
          .toList();
    }
  }
}
