package org.tessera.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;

/** From what the user named to single files: folders are walked, a DICOMDIR is followed. */
final class InputFiles {
  private static final int MAX_FILES = 10_000;
  private static final int MAX_DEPTH = 16;

  private InputFiles() {}

  /**
   * The files behind an input, in the order of their names.
   *
   * @throws RejectedInputException if the input is a folder that cannot be used
   */
  static List<OfferedFile> of(CaseInput input) throws RejectedInputException {
    if (Files.isDirectory(input.path())) {
      if (input.kind() != InputKind.DICOM && input.kind() != InputKind.SLIDE) {
        throw new RejectedInputException(
            "This is a folder; only --dicom and --slide take one.");
      }
      return inFolder(input);
    }
    if (isDicomDirectory(input.path())) {
      return DicomDirectoryFiles.of(input);
    }
    return List.of(
        new OfferedFile(input.kind(), input.path(), FileContent.baseName(input.path())));
  }

  private static List<OfferedFile> inFolder(CaseInput input) throws RejectedInputException {
    Path folder = input.path();
    String prefix = FileContent.baseName(folder.toAbsolutePath().normalize()) + "/";
    // Links are not followed: a folder from elsewhere must not reach out of itself.
    try (Stream<Path> walk = Files.walk(folder, MAX_DEPTH, new FileVisitOption[0])) {
      List<OfferedFile> found =
          walk.filter(Files::isRegularFile)
              .filter(path -> !Files.isSymbolicLink(path))
              .filter(path -> !FileContent.baseName(path).startsWith("."))
              .filter(path -> !isDicomDirectory(path))
              .limit(MAX_FILES + 1L)
              .map(path -> new OfferedFile(input.kind(), path, prefix + relative(folder, path)))
              .sorted(Comparator.comparing(OfferedFile::name))
              .toList();
      if (found.isEmpty()) {
        throw new RejectedInputException("The folder has no files.");
      }
      if (found.size() > MAX_FILES) {
        throw new RejectedInputException("The folder has more than 10,000 files.");
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw new RejectedInputException("The folder cannot be read.", e);
    }
  }

  private static String relative(Path folder, Path path) {
    return folder.relativize(path).toString().replace('\\', '/');
  }

  /** PS3.10 8.6 fixes the name; media written on Windows may have it in lower case. */
  private static boolean isDicomDirectory(Path path) {
    return FileContent.baseName(path).toUpperCase(Locale.ROOT).equals("DICOMDIR");
  }
}
