package org.tessera.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomDirectory;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.slide.SlideSeries;

/**
 * From what the user named to single files: folders are walked, a DICOMDIR is followed.
 *
 * @param files in the order of their names
 * @param complaint a sentence about what a DICOMDIR lists and is not there
 */
record InputFiles(List<OfferedFile> files, Optional<String> complaint) {
  private static final int MAX_FILES = 10_000;
  private static final int MAX_DEPTH = 16;

  InputFiles {
    files = List.copyOf(files);
  }

  /**
   * The files behind an input.
   *
   * @throws RejectedInputException if the input is a folder or a DICOMDIR that cannot be used
   */
  static InputFiles of(CaseInput input) throws RejectedInputException {
    boolean several = input.kind() == InputKind.DICOM || input.kind() == InputKind.SLIDE;
    if (Files.isDirectory(input.path())) {
      if (!several) {
        throw new RejectedInputException(
            "This is a folder; only --dicom and --slide take one.");
      }
      return new InputFiles(inFolder(input), Optional.empty());
    }
    if (several && Files.isRegularFile(input.path()) && isDicomDirectory(input.path())) {
      return listed(input);
    }
    OfferedFile only =
        new OfferedFile(input.kind(), input.path(), FileContent.baseName(input.path()));
    return new InputFiles(List.of(only), Optional.empty());
  }

  private static InputFiles listed(CaseInput input) throws RejectedInputException {
    try {
      DicomDirectory directory = DicomDirectory.read(input.path(), ParseLimits.standard());
      Path real = input.path().toRealPath();
      Path folder = Optional.ofNullable(real.getParent()).orElse(real);
      if (directory.files().isEmpty()) {
        throw new RejectedInputException("No file that the DICOMDIR lists is there.");
      }
      if (directory.files().size() > MAX_FILES) {
        throw new RejectedInputException("The DICOMDIR lists more than 10,000 files.");
      }
      List<OfferedFile> files =
          directory.files().stream()
              .map(path -> new OfferedFile(input.kind(), path, relative(folder, path)))
              .toList();
      return new InputFiles(withParts(files), complaint(directory));
    } catch (IOException e) {
      throw new RejectedInputException("The DICOMDIR cannot be read.", e);
    }
  }

  private static Optional<String> complaint(DicomDirectory directory) {
    if (directory.missing() + directory.refused() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        ("Of the files that the DICOMDIR lists %d are not there and %d have names that are not"
                + " allowed.")
            .formatted(directory.missing(), directory.refused()));
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
      return withParts(found);
    } catch (IOException | UncheckedIOException e) {
      throw new RejectedInputException("The folder cannot be read.", e);
    }
  }

  /** Says of the smaller levels and further parts of a slide with which file they are read. */
  private static List<OfferedFile> withParts(List<OfferedFile> files) {
    Map<Path, Path> partOf =
        SlideSeries.partOf(
            files.stream().map(OfferedFile::path).toList(), ParseLimits.standard());
    Map<Path, String> names = new HashMap<>();
    files.forEach(file -> names.put(file.path(), file.name()));
    return files.stream()
        .map(
            file ->
                new OfferedFile(
                    file.kind(),
                    file.path(),
                    file.name(),
                    Optional.ofNullable(partOf.get(file.path())).map(names::get)))
        .toList();
  }

  private static String relative(Path folder, Path path) {
    return folder.relativize(path).toString().replace('\\', '/');
  }

  /** PS3.10 8.6 fixes the name; copies have it in lower case, or with a prefix. */
  private static boolean isDicomDirectory(Path path) {
    return FileContent.baseName(path).toUpperCase(Locale.ROOT).endsWith("DICOMDIR");
  }
}
