package org.tessera.dicom;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program of somebody else, run as a peer; tests are skipped where it is not installed. */
public final class Tool {

  /** What a program did. */
  public record Outcome(int exit, String output) {}

  private Tool() {}

  public static void require(String name) {
    for (String folder : String.valueOf(System.getenv("PATH")).split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return;
      }
    }
    assumeTrue(false, name + " is not installed");
  }

  public static Outcome run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  /** The first Python that has OpenSlide with Pillow; skipped where there is none. */
  public static String pythonWithOpenSlide() throws IOException, InterruptedException {
    for (String python : List.of("/usr/bin/python3", "python3")) {
      if (run(List.of("sh", "-c", python + " -c 'import openslide, PIL'")).exit() == 0) {
        return python;
      }
    }
    assumeTrue(false, "OpenSlide with Python is not installed");
    throw new IllegalStateException();
  }

  /** The first Python that has pydicom with numpy; skipped where there is none. */
  public static String pythonWithPydicom() throws IOException, InterruptedException {
    for (String python : List.of("/usr/bin/python3", "python3")) {
      if (run(List.of("sh", "-c", python + " -c 'import pydicom, numpy'")).exit() == 0) {
        return python;
      }
    }
    assumeTrue(false, "pydicom with numpy is not installed");
    throw new IllegalStateException();
  }
}
