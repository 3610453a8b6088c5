package org.tessera.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;

/**
 * The files that a DICOMDIR lists (PS3.10 8.6, PS3.3 F.3).
 *
 * @param files those that exist, each inside the folder of the DICOMDIR
 * @param missing how many are listed but not there
 * @param refused how many names point outside the folder or are no names of files
 */
public record DicomDirectory(List<Path> files, int missing, int refused) {
  public DicomDirectory {
    files = List.copyOf(files);
  }

  /**
   * Reads a DICOMDIR.
   *
   * @throws RejectedInputException if the file is none
   */
  public static DicomDirectory read(Path dicomdir, ParseLimits limits)
      throws IOException, RejectedInputException {
    DicomFile file = DicomFile.read(dicomdir, limits);
    if (!file.dataset().contains(Tag.DirectoryRecordSequence)) {
      throw new RejectedInputException("The file is not a DICOM directory.");
    }
    Path absolute = dicomdir.toRealPath();
    Path folder = Optional.ofNullable(absolute.getParent()).orElse(absolute);
    Set<Path> files = new LinkedHashSet<>();
    Map<Path, Map<String, Path>> folders = new HashMap<>();
    int missing = 0;
    int refused = 0;
    for (Attributes entry : file.dataset().items(Tag.DirectoryRecordSequence)) {
      List<String> names = entry.strings(Tag.ReferencedFileID);
      if (names.isEmpty()) {
        continue;
      }
      if (names.size() > ParseLimits.MOST_FILE_ID_COMPONENTS
          || !names.stream().allMatch(DicomDirectory::isName)) {
        refused++;
        continue;
      }
      Optional<Path> found = resolve(folder, names, folders);
      if (found.isEmpty()) {
        missing++;
      } else if (found.get().toRealPath().startsWith(folder)) {
        files.add(found.get());
      } else {
        refused++;
      }
    }
    return new DicomDirectory(List.copyOf(files), missing, refused);
  }

  /** A plain name: nothing that a file system could take for a path, a device or a parent. */
  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= 64
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().allMatch(c -> c > 0x20 && c < 0x7F && "/\\:*?\"<>|".indexOf(c) < 0);
  }

  /** Every folder is listed once, however many entries name it. */
  private static Optional<Path> resolve(
      Path folder, List<String> names, Map<Path, Map<String, Path>> folders) throws IOException {
    Path at = folder;
    for (String name : names) {
      Path exact = at.resolve(name);
      if (Files.exists(exact)) {
        at = exact;
      } else {
        Optional<Path> other = ignoringCase(at, name, folders);
        if (other.isEmpty()) {
          return Optional.empty();
        }
        at = other.get();
      }
    }
    return Files.isRegularFile(at) ? Optional.of(at) : Optional.empty();
  }

  /** File IDs are upper case (PS3.10 8.2); copied media often are not. */
  private static Optional<Path> ignoringCase(
      Path folder, String name, Map<Path, Map<String, Path>> folders) throws IOException {
    Map<String, Path> known = folders.get(folder);
    if (known == null) {
      known = Files.isDirectory(folder) ? listed(folder) : Map.of();
      folders.put(folder, known);
    }
    return Optional.ofNullable(known.get(name.toUpperCase(Locale.ROOT)));
  }

  private static Map<String, Path> listed(Path folder) throws IOException {
    Map<String, Path> byName = new HashMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.forEach(
          entry -> {
            Path last = entry.getFileName();
            if (last != null) {
              byName.putIfAbsent(last.toString().toUpperCase(Locale.ROOT), entry);
            }
          });
    }
    return byName;
  }
}
