package org.tessera.dicom.codec.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tessera.dicom.ScratchFolder;

/**
 * One child JVM. Its Java heap, its native memory (RLIMIT_DATA, where the system has it) and its
 * core dumps are limited; it is killed, not asked, to end. For one thread at a time, but {@link
 * #kill} may come from any.
 */
final class ChildProcess {
  private static final int PIPE = 1 << 16;
  private static final Path SHELL = Path.of("/bin/sh");

  private final Process process;
  final DataInputStream answers;
  final DataOutputStream requests;

  /** Which video the child keeps; see {@link DecoderPool}. */
  long video;

  /** How many processors the next frame may use. */
  int processors = 1;

  /** When it became idle, by {@link System#nanoTime}. */
  long idleSince;

  /** Starts a child. */
  ChildProcess(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    // Options meant for the parent would print a line, or ask for a heap beyond the limit.
    builder
        .environment()
        .keySet()
        .removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    ScratchFolder.named()
        .ifPresent(each -> builder.environment().put(ScratchFolder.VARIABLE, each.toString()));
    process = builder.start();
    answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), PIPE));
    requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), PIPE));
  }

  /**
   * How a child is started.
   *
   * @param memoryBytes what it may have of private memory, the JVM's own included
   */
  static List<String> command(long memoryBytes) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SHELL)) {
      command.addAll(
          List.of(
              SHELL.toString(),
              "-c",
              "ulimit -c 0; ulimit -d \"$1\"; shift; exec \"$@\"",
              "decoder",
              Long.toString(memoryBytes >> 10)));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx48m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=16m",
            "-XX:+SuppressFatalErrorMessage",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            DecoderMain.class.getName()));
    return command;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void kill() {
    process.destroyForcibly();
  }
}
