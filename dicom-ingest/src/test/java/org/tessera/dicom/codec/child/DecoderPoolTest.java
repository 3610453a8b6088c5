package org.tessera.dicom.codec.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.TestData;
import org.tessera.dicom.Tool;
import org.tessera.dicom.codec.PixelFormat;

/** Children that are killed, stopped, starved or that talk nonsense cost one frame. */
class DecoderPoolTest {
  private static final long MEMORY = 512L << 20;
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final Set<Long> before = children();

  @AfterEach
  void end() {
    threads.shutdownNow();
    ProcessHandle.current()
        .children()
        .filter(child -> !before.contains(child.pid()))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  private List<ProcessHandle> started() {
    return ProcessHandle.current()
        .children()
        .filter(child -> !before.contains(child.pid()) && child.isAlive())
        .toList();
  }

  private static DecoderPool pool(int most) {
    return new DecoderPool(most, ChildProcess.command(MEMORY), IDLE);
  }

  private static Encoded small() throws Exception {
    return Encoded.ofFile("pydicom-data--emri_small_jpeg_2k_lossless.dcm");
  }

  private static Encoded large() throws Exception {
    return Encoded.ofFile("pydicom-data--RG3_J2KR.dcm");
  }

  private static Jpeg2000Decoder decoder(DecoderPool pool, int seconds) {
    return new Jpeg2000Decoder(pool, Duration.ofSeconds(seconds));
  }

  private static byte[] decode(DecoderPool pool, Encoded frame) throws RejectedInputException {
    return decoder(pool, 8).decode(frame.code(), frame.format());
  }

  /** Starts decoding and returns once the child has worked for a while on it. */
  private Future<byte[]> during(DecoderPool pool, Encoded frame, ProcessHandle child)
      throws InterruptedException {
    Duration already = child.info().totalCpuDuration().orElseThrow();
    Future<byte[]> answer = threads.submit(() -> decode(pool, frame));
    while (child.info().totalCpuDuration().orElseThrow().minus(already).toMillis() < 50) {
      assertThat(answer).isNotDone();
      Thread.sleep(1);
    }
    return answer;
  }

  private static void signal(String signal, ProcessHandle child)
      throws IOException, InterruptedException {
    assertThat(Tool.run(List.of("kill", "-" + signal, Long.toString(child.pid()))).exit()).isZero();
  }

  /** Stops a child and waits until the last of its threads stands still. */
  private static void halt(ProcessHandle child) throws IOException, InterruptedException {
    signal("STOP", child);
    Path threads = Path.of("/proc", Long.toString(child.pid()), "task");
    while (Files.isDirectory(threads) && !areStopped(threads)) {
      Thread.sleep(1);
    }
  }

  private static boolean areStopped(Path threads) throws IOException {
    try (Stream<Path> each = Files.list(threads)) {
      for (Path thread : each.toList()) {
        String state = Files.readString(thread.resolve("stat"));
        if (!state.substring(state.lastIndexOf(')') + 1).startsWith(" T")) {
          return false;
        }
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Test
  void aChildThatIsShotDuringADecodeCostsThatFrameAndTheNextOneDecodes() throws Exception {
    DecoderPool pool = pool(1);
    byte[] expected = decode(pool, large());
    ProcessHandle child = started().getFirst();
    Future<byte[]> answer = during(pool, large(), child);
    signal("SEGV", child);
    assertThatThrownBy(answer::get)
        .hasCauseInstanceOf(RejectedInputException.class)
        .hasMessageEndingWith(
            "The decoder for JPEG 2000 ended unexpectedly; this input is not used.");
    assertThat(decode(pool, large())).isEqualTo(expected);
    assertThat(started()).hasSize(1).doesNotContain(child);
  }

  @Test
  void aChildThatHangsIsEndedAtItsLimitAndTheNextFrameDecodes() throws Exception {
    DecoderPool pool = pool(1);
    Encoded frame = small();
    byte[] expected = decode(pool, frame);
    ProcessHandle child = started().getFirst();
    halt(child);
    long from = System.nanoTime();
    assertThatThrownBy(() -> decoder(pool, 2).decode(frame.code(), frame.format()))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage("The decoder for JPEG 2000 took longer than 2 seconds and was ended.");
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(4));
    assertThat(decode(pool, frame)).isEqualTo(expected);
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  @Tag("interop")
  void aFrameThatNeedsMoreMemoryThanTheChildMayHaveIsRefused(@TempDir Path folder)
      throws Exception {
    Tool.require("opj_compress");
    PixelFormat format = Encoded.format(4000, 4000, 1, 8, false);
    Encoded black = Encoded.byOpenJpeg(folder, format, new byte[16_000_000], List.of());
    DecoderPool starved = new DecoderPool(1, ChildProcess.command(136L << 20), IDLE);
    Encoded frame = small();
    byte[] expected = decode(starved, frame);
    assertThatThrownBy(() -> decode(starved, black))
        .isInstanceOf(RejectedInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).matches(TestData::isOneSentence));
    assertThat(decode(starved, frame)).isEqualTo(expected);
    assertThat(decode(pool(1), black)).isEqualTo(black.values());
  }

  @Test
  void nonsenseInsteadOfAnAnswerIsAnUnexpectedEnd() throws Exception {
    Encoded frame = small();
    for (String nonsense :
        List.of(
            "cat /dev/zero",
            "cat /dev/urandom",
            "exit 0",
            "printf 'TSDC\\000\\177\\377\\377\\377\\377\\377\\377\\377'; cat",
            "printf 'TSDC\\001\\177\\377\\377\\377'; cat",
            "printf 'TSDC\\001\\000\\000\\000\\005abcde'; cat")) {
      DecoderPool pool = new DecoderPool(1, List.of("sh", "-c", nonsense), IDLE);
      assertThatThrownBy(() -> decode(pool, frame))
          .as(nonsense)
          .isInstanceOf(RejectedInputException.class)
          .hasMessageContaining("ended unexpectedly");
    }
    DecoderPool pool = new DecoderPool(1, List.of("/no/such/program"), IDLE);
    assertThatThrownBy(() -> decode(pool, frame)).hasMessageEndingWith("could not be started.");
  }

  @Test
  void theSameChildIsUsedAgainAndThereAreNoMoreThanAllowed() throws Exception {
    DecoderPool pool = pool(2);
    Encoded frame = small();
    decode(pool, frame);
    ProcessHandle first = started().getFirst();
    decode(pool, frame);
    assertThat(started()).containsExactly(first);
    byte[] expected = decode(pool, frame);
    List<Callable<byte[]>> many =
        IntStream.range(0, 24)
            .<Callable<byte[]>>mapToObj(i -> () -> decode(pool, frame))
            .toList();
    for (Future<byte[]> answer : threads.invokeAll(many)) {
      assertThat(answer.get()).isEqualTo(expected);
    }
    assertThat(started()).hasSizeBetween(1, 2);
  }

  @Test
  void aChildWithoutWorkEnds() throws Exception {
    DecoderPool pool =
        new DecoderPool(1, ChildProcess.command(MEMORY), Duration.ofMillis(200));
    decode(pool, small());
    ProcessHandle child = started().getFirst();
    child.onExit().get(5, TimeUnit.SECONDS);
    assertThat(decode(pool, small())).isNotEmpty();
  }

  @Test
  void noChildOutlivesAParentThatIsKilledDuringADecode() throws Exception {
    // The frame that the other process decodes; skips where the data are not.
    large();
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Endless.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(parent.getInputStream().read()).isEqualTo('d');
      List<ProcessHandle> children = parent.children().toList();
      assertThat(children).hasSize(1);
      parent.destroyForcibly().waitFor();
      children.getFirst().onExit().get(5, TimeUnit.SECONDS);
      assertThat(children.getFirst().isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }

  /** A parent that decodes until it is killed. */
  static final class Endless {
    private Endless() {}

    public static void main(String[] arguments) throws Exception {
      Encoded frame = large();
      while (true) {
        decode(DecoderPool.SHARED, frame);
        System.out.print("d");
        System.out.flush();
      }
    }
  }

  @Test
  @Tag("interop")
  void childrenThatStartAtOnceWithAnEmptyCacheUnpackTheLibraryOnlyOnceOrWait(@TempDir Path cache)
      throws Exception {
    List<String> command = new ArrayList<>(ChildProcess.command(MEMORY));
    command.add(command.indexOf("-cp"), "-Dorg.bytedeco.javacpp.cachedir=" + cache);
    Encoded frame = small();
    byte[] expected = decode(pool(1), frame);
    DecoderPool pool = new DecoderPool(4, command, IDLE);
    List<Callable<byte[]>> four =
        IntStream.range(0, 4)
            .<Callable<byte[]>>mapToObj(i -> () -> decode(pool, frame))
            .toList();
    for (Future<byte[]> answer : threads.invokeAll(four)) {
      assertThat(answer.get()).isEqualTo(expected);
    }
    assertThat(started()).hasSizeGreaterThan(1);
  }
}
