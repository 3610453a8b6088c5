package org.tessera.dicom.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tessera.dicom.TestData;
import org.tessera.dicom.Tool;

/** All interop files at once, three times, in a process of 256 MB of heap. */
@Tag("interop")
class SurvivalTest {

  @Test
  void threeReadersOfAllFilesShare256MegabytesOfHeap() throws IOException, InterruptedException {
    Tool.Outcome outcome =
        Tool.run(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ReadAll.class.getName(),
                TestData.interop().toString()));
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("read 3 times 205").doesNotContain("Error");
  }

  /** Run in a process of its own. */
  static final class ReadAll {
    private ReadAll() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      List<Path> files = TestData.files(Path.of(arguments[0]));
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Thread thread = new Thread(() -> read(files));
        thread.setUncaughtExceptionHandler(
            (failed, problem) -> {
              problem.printStackTrace();
              Runtime.getRuntime().halt(1);
            });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      System.out.println("read 3 times " + files.size());
    }

    private static void read(List<Path> files) {
      for (Path file : files) {
        try {
          Reading.of(Files.readAllBytes(file));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
