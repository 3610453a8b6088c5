package org.tessera.dicom;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where what does not fit into memory lies while one object is dealt with: the temporary folder of
 * the system, unless another one is named for this process and the decoders that it starts. Its
 * files have pixels of patients in the clear, and are removed as soon as nobody needs them.
 */
public final class ScratchFolder {
  /** The environment variable by which a decoder is told. */
  public static final String VARIABLE = "TESSERA_SCRATCH";

  private static volatile Optional<Path> folder =
      Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of);

  private ScratchFolder() {}

  /** The folder, if one was named. */
  public static Optional<Path> named() {
    return folder;
  }

  /** Uses a folder that belongs to this process alone; what an earlier one left is removed. */
  public static void use(Path own) throws IOException {
    if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
      // For the eyes of its owner only, like all that is made in it.
      Path parent = Files.createDirectories(own.toAbsolutePath().resolveSibling(""));
      Files.move(Files.createTempDirectory(parent, "tessera"), own);
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(own)) {
      for (Path each : left) {
        Files.delete(each);
      }
    }
    folder = Optional.of(own);
  }

  /** A new empty file that only its owner can read. */
  public static Path newFile(String ending) throws IOException {
    Optional<Path> named = folder;
    return named.isPresent()
        ? Files.createTempFile(named.get(), "tessera", ending)
        : Files.createTempFile("tessera", ending);
  }
}
