package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** NOTICE names every library that is shipped; the build lists them before the tests run. */
class NoticeTest {

  @Test
  void noticeNamesEveryLibraryThatIsShipped() throws IOException {
    String notice = Files.readString(ProjectFiles.root().resolve("NOTICE"));
    List<String> shipped =
        Files.readAllLines(Path.of("target", "runtime-dependencies.txt")).stream()
            .map(String::strip)
            .filter(line -> line.matches("[\\w.-]+:[\\w.-]+:.*"))
            .filter(line -> !line.startsWith("org.tessera:"))
            .map(line -> line.split(":")[0] + ":" + line.split(":")[1])
            .distinct()
            .toList();
    assertThat(shipped).hasSizeGreaterThan(20);
    assertThat(shipped).allSatisfy(library -> assertThat(notice).contains(library + " "));
  }

  /** Such a file is in no list of libraries. */
  @Test
  void noticeNamesTheModelThatTheBuildTakesOutOfAJar() throws IOException {
    String notice = Files.readString(ProjectFiles.root().resolve("NOTICE"));
    Path pom = ProjectFiles.root().resolve("dicom-ingest").resolve("pom.xml");
    List<String> models =
        Pattern.compile("<includes>models/(.+)</includes>")
            .matcher(Files.readString(pom))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(models).hasSize(1).allSatisfy(model -> assertThat(notice).contains(model));
  }
}
