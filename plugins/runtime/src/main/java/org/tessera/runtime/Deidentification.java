package org.tessera.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.deidentify.ConfidentialityOption;
import org.tessera.dicom.deidentify.Deidentifier;
import org.tessera.dicom.deidentify.Pseudonyms;

/** De-identifies DICOM files and folders of them into one folder. For one thread. */
public final class Deidentification {
  private static final int MOST_FILES = 1_000_000;
  private static final int MOST_DEPTH = 32;
  private static final long LONGEST_KEY = 4096;

  private final Deidentifier deidentifier;
  private final String keyRemark;

  private Deidentification(Deidentifier deidentifier, String keyRemark) {
    this.deidentifier = deidentifier;
    this.keyRemark = keyRemark;
  }

  /**
   * Prepares a run.
   *
   * @param options as on the command line, without the hyphens in front: "clean-pixel-data"
   * @param keyFile the site's secret; made if it is not there; without one the key is forgotten
   * @param out made if it is not there
   * @throws RejectedInputException if the key cannot be used
   */
  public static Deidentification into(Set<String> options, Optional<Path> keyFile, Path out)
      throws IOException, RejectedInputException {
    Set<ConfidentialityOption> asked = EnumSet.noneOf(ConfidentialityOption.class);
    for (String option : options) {
      asked.add(
          ConfidentialityOption.valueOf(option.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    byte[] key;
    String remark;
    if (keyFile.isEmpty()) {
      key = Pseudonyms.freshKey();
      remark =
          "A random key was used and is forgotten now: another run gives other UIDs and pseudonyms."
              + " Use --key FILE to keep them the same.";
    } else if (Files.exists(keyFile.get())) {
      key = key(keyFile.get());
      remark = "";
    } else {
      key = Pseudonyms.freshKey();
      store(keyFile.get(), key);
      remark =
          "The key file was not there and was made: keep it secret, and keep it, or later files"
              + " will not match these.";
    }
    Files.createDirectories(out);
    return new Deidentification(
        new Deidentifier(asked, new Pseudonyms(key), out, ParseLimits.standard()), remark);
  }

  private static byte[] key(Path file) throws IOException, RejectedInputException {
    if (!Files.isRegularFile(file)) {
      throw new RejectedInputException("The key is not a file.");
    }
    long size = Files.size(file);
    if (size < Pseudonyms.SHORTEST_KEY || size > LONGEST_KEY) {
      throw new RejectedInputException("A key file has 16 to 4,096 bytes.");
    }
    return Files.readAllBytes(file);
  }

  private static void store(Path file, byte[] key) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] onlyOwner =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Files.createFile(file, onlyOwner);
    Files.write(file, key);
  }

  /** A sentence about the key; empty if there is nothing to say. */
  public String keyRemark() {
    return keyRemark;
  }

  /**
   * De-identifies all files.
   *
   * @param inputs files and folders; links inside folders are not followed
   * @param lines gets "ok NAME: OUTPUT", "refused NAME: reason" or "dropped NAME: reason"
   * @return how many were written
   * @throws IOException if the output folder cannot be written
   */
  public int run(List<Path> inputs, Consumer<String> lines, WorkListener listener)
      throws IOException, RejectedInputException {
    List<Path> files = new ArrayList<>();
    for (Path input : inputs) {
      files.addAll(filesOf(input));
    }
    int written = 0;
    for (int i = 0; i < files.size(); i++) {
      listener.at("de-identifying", i, files.size());
      String name = FileContent.baseName(files.get(i));
      String line =
          switch (deidentifier.clean(files.get(i))) {
            case Deidentifier.Written done -> {
              written++;
              yield "ok " + name + ": " + FileContent.baseName(done.file()) + blanked(done);
            }
            case Deidentifier.Refused refused -> "refused " + name + ": " + refused.reason();
            case Deidentifier.Dropped dropped -> "dropped " + name + ": " + dropped.reason();
          };
      lines.accept(line);
    }
    return written;
  }

  private static String blanked(Deidentifier.Written done) {
    return done.boxes() == 0
        ? ""
        : String.format(
            Locale.ROOT, ", %d regions blanked, %.2f %%", done.boxes(), done.share() * 100);
  }

  private static List<Path> filesOf(Path input) throws RejectedInputException {
    if (!Files.isDirectory(input)) {
      return List.of(input);
    }
    try (Stream<Path> walk = Files.walk(input, MOST_DEPTH, new FileVisitOption[0])) {
      List<Path> files =
          walk.filter(path -> Files.isRegularFile(path) && !Files.isSymbolicLink(path))
              .limit(MOST_FILES + 1L)
              .sorted()
              .toList();
      if (files.size() > MOST_FILES) {
        throw new RejectedInputException("The folder has more than 1,000,000 files.");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw new RejectedInputException("The folder cannot be read.", e);
    }
  }
}
