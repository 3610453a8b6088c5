package org.tessera.dicom.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.codec.FrameMemory;
import org.tessera.dicom.codec.PixelFormat;

/**
 * Writes the decoded frames of DICOM files into a folder: {@code NAME.FRAME.raw} (FRAME from 1; see
 * {@link StoredFrame}) and {@code NAME.json}. For one thread, which may be given several files.
 *
 * <p>NAME is the base name of the file: its last part with its extension, since {@code a.dcm} and
 * {@code a} are two files; the second of two alike gets {@code ~2}. Values have the width of Bits
 * Allocated, but one bit becomes a byte of 0 or 1, and 64 bits, float and double pixel data stay as
 * they are ({@code "bits"} 64, and {@code "real"} true for IEEE 754).
 */
public final class StoredFrames {
  /** How often a frame is in memory while it is decoded: compressed, in planes, decoded. */
  private static final long FORMS = 4;

  /** Kilobytes of the heap that frames may take together; a larger frame is decoded alone. */
  private static final int HEAP =
      (int) Math.clamp(Runtime.getRuntime().maxMemory() >> 11, 1, Integer.MAX_VALUE);

  private static final Semaphore MEMORY = new Semaphore(HEAP, true);

  private final Path folder;
  private final ParseLimits limits;
  private final Duration longest;
  private final Set<String> used = new HashSet<>();

  /** Writes into a folder, which must exist. */
  public StoredFrames(Path folder, ParseLimits limits) {
    this(folder, limits, ParseLimits.LONGEST_EXPORT);
  }

  /**
   * Writes into a folder.
   *
   * @param longest time for all frames of one file; those written are removed when it is over
   */
  public StoredFrames(Path folder, ParseLimits limits, Duration longest) {
    this.folder = folder;
    this.limits = limits;
    this.longest = longest;
  }

  /**
   * Exports one file.
   *
   * @return "ok NAME", or "refused NAME: reason"
   * @throws IOException if the folder cannot be written
   */
  public String export(Path file) throws IOException {
    return export(file, unused(baseName(file)));
  }

  /**
   * Exports files, several at a time: as many as there are processors, and as their frames fit half
   * of the heap. Names and lines are the same as for one after the other.
   *
   * @param lines takes what {@link #export(Path)} returns, in the order of the files
   * @throws IOException if the folder cannot be written; what has begun is then finished
   */
  public void export(List<Path> files, Consumer<String> lines) throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    Deque<Future<String>> begun = new ArrayDeque<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(processors)) {
      for (Path file : files) {
        if (begun.size() >= 4 * processors) {
          lines.accept(result(begun.remove()));
        }
        begun.add(begin(file, workers));
      }
      while (!begun.isEmpty()) {
        lines.accept(result(begun.remove()));
      }
    }
  }

  private Future<String> begin(Path file, ExecutorService workers) {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      return CompletableFuture.completedFuture(
          "refused " + baseName(file) + ": There is no such file that can be read.");
    }
    String name = unused(baseName(file));
    return workers.submit(() -> export(file, name));
  }

  private static String result(Future<String> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while frames were decoded.", e);
    }
  }

  private static String baseName(Path file) {
    Path name = file.getFileName();
    return name == null ? "unnamed" : name.toString();
  }

  private String export(Path file, String name) throws IOException {
    try {
      PixelData pixels = PixelData.of(DicomFile.read(file, limits), limits);
      requireRoom(pixels.format());
      int kilobytes = (int) Math.min(HEAP, FORMS * pixels.format().frameBytes() >> 10);
      MEMORY.acquireUninterruptibly(kilobytes);
      try {
        return export(pixels, name);
      } finally {
        MEMORY.release(kilobytes);
      }
    } catch (RejectedInputException e) {
      return "refused " + name + ": " + e.sentence();
    }
  }

  private String export(PixelData pixels, String name) throws IOException {
    int written = 0;
    FrameMemory memory = new FrameMemory();
    try {
      long begun = System.nanoTime();
      for (int number = 1; number <= pixels.frames(); number++) {
        if (System.nanoTime() - begun > longest.toNanos()) {
          throw new RejectedInputException(
              "The %,d frames take longer than %d seconds to decode."
                  .formatted(pixels.frames(), longest.toSeconds()));
        }
        StoredFrame frame = pixels.frame(number, memory);
        Files.write(raw(name, number), frame.data());
        written = number;
      }
      Files.writeString(folder.resolve(name + ".json"), description(pixels));
      return "ok " + name;
    } catch (RejectedInputException e) {
      for (int number = 1; number <= written; number++) {
        Files.deleteIfExists(raw(name, number));
      }
      return "refused " + name + ": " + e.sentence();
    }
  }

  /** Few bytes can stand for very many: what does not fit the disk is not begun. */
  private void requireRoom(PixelFormat format) throws IOException, RejectedInputException {
    long needed = format.frameBytes();
    long room = Files.getFileStore(folder).getUsableSpace();
    if (needed > room / format.frames()) {
      throw new RejectedInputException(
          "The %,d frames need more room than the disk has left.".formatted(format.frames()));
    }
  }

  private Path raw(String name, int number) {
    return folder.resolve(name + "." + number + ".raw");
  }

  private String unused(String wanted) {
    String name = wanted;
    for (int i = 2; !used.add(name); i++) {
      name = wanted + "~" + i;
    }
    return name;
  }

  private static String description(PixelData pixels) {
    PixelFormat format = pixels.format();
    return """
        {"rows":%d,"columns":%d,"frames":%d,"samples":%d,"bits":%d,"signed":%b,"real":%b,\
        "photometricInterpretation":"%s"}
        """
        .formatted(
            format.rows(),
            format.columns(),
            format.frames(),
            format.samples(),
            format.valueBytes() * 8,
            format.signed(),
            format.real(),
            pixels.photometricInterpretation().replaceAll("[^A-Za-z0-9_ ]", ""));
  }
}
