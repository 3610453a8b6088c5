package org.tessera.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training that is told to end ends between two steps, and loses no epoch that was whole. */
@Timeout(300)
class TrainingStopTest {
  private static final int SIGTERM = 128 + 15;

  @TempDir private Path folder = Path.of("");

  @Test
  void aSignalEndsItBetweenTwoSteps() throws Exception {
    Path data = folder.resolve("data");
    Path out = folder.resolve("out");
    Shell drawn = Shell.run("phantom", "--n", "16", "--seed", "5", "--out", data.toString());
    assertThat(drawn.exit()).as(drawn.err()).isZero();
    Process training =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Tessera.class.getName(),
                "train",
                "--data",
                data.toString(),
                "--out",
                out.toString())
            .directory(folder.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try (BufferedReader epochs = training.inputReader(UTF_8)) {
      assertThat(epochs.readLine()).contains("\"epoch\": 1");
      training.destroy();
      assertThat(training.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      training.destroyForcibly();
    }
    assertThat(training.exitValue()).isEqualTo(SIGTERM);
    assertThat(Files.readString(folder.resolve("err")))
        .contains("--resume")
        .doesNotContain("\tat ");
    assertThat(out.resolve("checkpoint.safetensors")).isNotEmptyFile();
    try (Stream<Path> left = Files.list(folder)) {
      List<String> names = left.map(each -> String.valueOf(each.getFileName())).toList();
      assertThat(names).containsExactlyInAnyOrder("data", "out", "err");
    }
  }
}
