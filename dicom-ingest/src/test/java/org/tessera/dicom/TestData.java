package org.tessera.dicom;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.DecodeContext;
import org.tessera.dicom.evidence.DicomDecoder;

/** The shared data, and files as content. */
public final class TestData {
  private TestData() {}

  /** The folder of the interoperability files; the test is skipped where it is not there. */
  public static Path interop() {
    Optional<Path> folder = folder("dicom-interop");
    assumeTrue(folder.isPresent(), "shared/data/dicom-interop is not here");
    return folder.orElseThrow();
  }

  /** One of the interoperability files. */
  public static Path interop(String name) {
    return interop().resolve(name);
  }

  public static List<Path> interopFiles() {
    return files(interop());
  }

  public static Path slides() {
    Optional<Path> folder = folder("slides");
    assumeTrue(folder.isPresent(), "shared/data/slides is not here");
    return folder.orElseThrow();
  }

  public static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".csv"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> folder(String name) {
    String given = System.getProperty("tessera.data");
    if (given != null) {
      return Optional.of(Path.of(given, name)).filter(Files::isDirectory);
    }
    for (@Nullable Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("shared").resolve("data").resolve(name);
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  public static Content content(Path file) {
    return new Content() {
      @Override
      public String name() {
        return String.valueOf(file.getFileName());
      }

      @Override
      public String mediaType() {
        return DicomDecoder.MEDIA_TYPE;
      }

      @Override
      public long size() {
        return file.toFile().length();
      }

      @Override
      public String sha256() {
        return "0".repeat(64);
      }

      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }

      @Override
      public Optional<Path> file() {
        return Optional.of(file);
      }
    };
  }

  public static DecodeContext context() {
    AtomicInteger next = new AtomicInteger();
    return new DecodeContext(
        () -> "I" + next.incrementAndGet(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** One sentence: begins upper case, ends with a full stop, no line break, no path, no class. */
  public static boolean isOneSentence(String text) {
    return text.matches("\\p{Lu}[^\\n]*\\.")
        && !text.contains("Exception")
        && !text.contains("java.")
        && !text.contains(". ")
        && !text.contains("null");
  }
}
