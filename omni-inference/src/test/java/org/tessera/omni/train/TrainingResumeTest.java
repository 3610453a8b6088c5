package org.tessera.omni.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.omni.model.Safetensors;
import org.tessera.omni.model.Safetensors.Tensor;

class TrainingResumeTest {

  @Test
  void aKilledTrainingResumesToTheWeightsOfAnUninterruptedOne(@TempDir Path folder)
      throws Exception {
    String uninterrupted = hash(TinyTraining.train(folder.resolve("whole")));
    Path killed = folder.resolve("killed");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int kills = 0;
    for (int attempt = 0; attempt < 2; attempt++) {
      Process process = start(killed);
      waitForEpoch(process, killed, 1 + attempt);
      Thread.sleep(random.nextInt(400));
      process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
      kills += process.exitValue() == 0 ? 0 : 1;
    }
    assertThat(Checkpoint.load(killed)).isPresent();
    assertThat(hash(TinyTraining.train(killed)))
        .as("after %d kills, seed %d", kills, seed)
        .isEqualTo(uninterrupted);
  }

  @Test
  void theTrainedWeightsDifferFromTheFirstOnes(@TempDir Path folder) throws Exception {
    Map<String, Tensor> weights = TinyTraining.train(folder);
    assertThat(weights.keySet()).noneMatch(each -> each.startsWith("masked"));
    List<String> epochs = Files.readAllLines(folder.resolve("metrics.jsonl"));
    assertThat(epochs).hasSize(7);
    assertThat(epochs.getFirst()).contains("audio_masked").doesNotContain("val.");
    assertThat(epochs.getLast()).contains("\"val.adenocarcinoma\"", "\"balance\"");
  }

  private static Process start(Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx1g",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            TinyTraining.class.getName(),
            folder.toString());
    Files.createDirectories(folder);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.log").toFile())
        .start();
  }

  private static void waitForEpoch(Process process, Path folder, int epoch) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (process.isAlive() && System.nanoTime() < until && epochs(folder) < epoch) {
      Thread.sleep(20);
    }
    assertThat(epochs(folder))
        .as(Files.readString(folder.resolve("output.log")))
        .isGreaterThanOrEqualTo(epoch);
  }

  private static int epochs(Path folder) throws IOException {
    Path metrics = folder.resolve("metrics.jsonl");
    return Files.exists(metrics) ? Files.readAllLines(metrics).size() : 0;
  }

  private static String hash(Map<String, Tensor> weights) throws Exception {
    byte[] bytes = Safetensors.write(weights, false);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
