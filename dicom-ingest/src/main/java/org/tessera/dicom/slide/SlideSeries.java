package org.tessera.dicom.slide;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;

/**
 * The files of one folder that make up one DICOM whole slide: its smaller levels, and the parts of
 * levels that were split (PS3.3 C.7.6.16.2.2.4).
 */
public final class SlideSeries {
  private static final int MOST_FILES = 10_000;
  private static final int MOST_PARTS = 256;

  /** The SOP class of a file is named in its meta information, which comes first. */
  private static final int HEAD = 2048;

  private SlideSeries() {}

  /**
   * Which of the files of a folder are read together with another one of them.
   *
   * @param files any files; only DICOM whole slides are looked into
   * @return by file: the one with the largest level of its slide, by which it is read
   */
  public static Map<Path, Path> partOf(List<Path> files, ParseLimits limits) {
    List<Found> found = new ArrayList<>();
    for (Path file : files) {
      found(file, limits).ifPresent(found::add);
    }
    found.sort(
        Comparator.comparingLong((Found each) -> each.part.width())
            .reversed()
            .thenComparingInt(each -> each.part.offset()));
    Map<Path, Path> partOf = new LinkedHashMap<>();
    for (Found each : found) {
      for (Found main : found) {
        boolean alone = !partOf.containsKey(main.path) && main != each;
        if (alone && !partOf.containsKey(each.path) && each.belongsTo(main)) {
          partOf.put(each.path, main.path);
        }
      }
    }
    return partOf;
  }

  /** A file of a slide. */
  private record Found(Path path, SlidePart part) {

    /** A smaller level of the same slide, or a later part of the same level. */
    boolean belongsTo(Found main) {
      return Objects.equals(path.getParent(), main.path.getParent())
          && isSameSlide(part, main.part)
          && (isSmaller(part, main.part)
              || (isSameLevel(part, main.part) && part.offset() > main.part.offset()));
    }
  }

  private static boolean isSameSlide(SlidePart one, SlidePart other) {
    return isSame(one, other, Tag.SeriesInstanceUID)
        && isSame(one, other, Tag.FrameOfReferenceUID)
        && isSame(one, other, Tag.ContainerIdentifier)
        && one.paths() == other.paths();
  }

  /** Smaller, and both sides divided by about the same number. */
  private static boolean isSmaller(SlidePart part, SlidePart main) {
    double down = (double) main.width() / part.width();
    double slack = 1 + Math.log(down) / Math.log(2);
    return part.width() < main.width()
        && Math.abs(main.height() / down - part.height())
            <= slack * Math.max(1, (double) main.height() / main.width());
  }

  private static boolean isSame(SlidePart one, SlidePart other, int tag) {
    Optional<String> value = one.image().string(tag);
    return value.isPresent() && value.equals(other.image().string(tag));
  }

  private static boolean isSameLevel(SlidePart one, SlidePart other) {
    return one.concatenation().isPresent()
        && one.concatenation().equals(other.concatenation())
        && one.isAlike(other);
  }

  private static Optional<Found> found(Path file, ParseLimits limits) {
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(HEAD), US_ASCII);
      if (!head.contains(UID.VLWholeSlideMicroscopyImageStorage)) {
        return Optional.empty();
      }
      return Optional.of(new Found(file, SlidePart.of(DicomFile.read(file, limits), limits)));
    } catch (IOException | RejectedInputException e) {
      // It is refused, with its sentence, when its own turn comes.
      return Optional.empty();
    }
  }

  /**
   * The levels of a slide: of the file itself and of those beside it.
   *
   * @param path where the file is; empty if it is no file
   * @return levels, the largest first; the parts of each in the order of their frames
   */
  static List<List<SlidePart>> levels(
      DicomFile file, Optional<Path> path, ParseLimits limits)
      throws IOException, RejectedInputException {
    SlidePart main = SlidePart.of(file, limits);
    List<SlidePart> all = new ArrayList<>(List.of(main));
    if (path.isPresent() && main.image().contains(Tag.SeriesInstanceUID)) {
      for (Found each : beside(path.get(), limits)) {
        boolean level = isSmaller(each.part, main) || isSameLevel(each.part, main);
        if (level && isSameSlide(each.part, main)) {
          all.add(each.part);
        }
      }
    }
    List<List<SlidePart>> levels = new ArrayList<>();
    Set<SlidePart> taken = new HashSet<>();
    all.sort(Comparator.comparingInt(SlidePart::width).reversed());
    for (SlidePart part : all) {
      boolean known = levels.stream().anyMatch(l -> l.getFirst().width() == part.width());
      if (!taken.contains(part) && !known) {
        List<SlidePart> level = new ArrayList<>(List.of(part));
        all.stream()
            .filter(other -> !other.equals(part) && isSameLevel(other, part))
            .forEach(level::add);
        level.sort(Comparator.comparingInt(SlidePart::offset));
        taken.addAll(level);
        levels.add(level);
      }
    }
    return levels;
  }

  private static List<Found> beside(Path path, ParseLimits limits) throws IOException {
    List<Found> found = new ArrayList<>();
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      return found;
    }
    int seen = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path each : files) {
        boolean other = !Files.isSymbolicLink(each) && Files.isRegularFile(each);
        if (++seen > MOST_FILES || found.size() >= MOST_PARTS) {
          break;
        }
        if (other && !Files.isSameFile(each, path)) {
          found(each, limits).ifPresent(found::add);
        }
      }
    }
    return found;
  }
}
