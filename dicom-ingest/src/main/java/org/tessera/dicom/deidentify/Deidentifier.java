package org.tessera.dicom.deidentify;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;

/**
 * De-identifies DICOM files by the Basic Application Level Confidentiality Profile of PS3.15 Annex
 * E and the options asked for. What cannot be cleaned is refused; nothing is written of it. For one
 * thread.
 *
 * <p>No guarantee: text in pixels is found, not known; faces in head scans stay; free text keeps
 * names that nothing in the file announces.
 */
public final class Deidentifier {

  /** What became of a file. */
  public sealed interface Outcome permits Written, Refused, Dropped {}

  /**
   * A de-identified file was written.
   *
   * @param file where
   * @param boxes regions of burned-in text that were blanked
   * @param share part of the pixels that was blanked, 0 to 1
   */
  public record Written(Path file, int boxes, double share) implements Outcome {}

  /**
   * The file cannot be de-identified safely.
   *
   * @param reason one sentence
   */
  public record Refused(String reason) implements Outcome {}

  /**
   * The file shows nothing but identity, and is left out on purpose.
   *
   * @param reason one sentence
   */
  public record Dropped(String reason) implements Outcome {}

  private static final String SOFTWARE = "Tessera, PS3.15 " + ConfidentialityTable.EDITION;

  private final Set<ConfidentialityOption> options;
  private final Pseudonyms pseudonyms;
  private final Path folder;
  private final ParseLimits limits;

  /**
   * De-identifies into a folder.
   *
   * @param folder must exist
   * @throws IllegalArgumentException if both options for dates are asked for
   */
  public Deidentifier(
      Set<ConfidentialityOption> options, Pseudonyms pseudonyms, Path folder, ParseLimits limits) {
    if (options.contains(ConfidentialityOption.RETAIN_FULL_DATES)
        && options.contains(ConfidentialityOption.RETAIN_MODIFIED_DATES)) {
      throw new IllegalArgumentException("Dates are either kept or moved.");
    }
    this.options =
        options.isEmpty()
            ? EnumSet.noneOf(ConfidentialityOption.class)
            : EnumSet.copyOf(options);
    this.pseudonyms = pseudonyms;
    this.folder = folder;
    this.limits = limits;
  }

  /**
   * De-identifies a file; the output's name is its new SOP Instance UID.
   *
   * @throws IOException if the folder cannot be written
   */
  public Outcome clean(Path source) throws IOException {
    try {
      DicomFile file = read(source);
      Suitability suitability = Suitability.of(file.dataset(), options);
      return switch (suitability) {
        case Suitability.Unfit unfit -> new Refused(unfit.reason());
        case Suitability.LeftOut leftOut -> new Dropped(leftOut.reason());
        case Suitability.Fit fit -> write(file, fit.searchesPixels());
      };
    } catch (RejectedInputException e) {
      return new Refused(e.sentence());
    }
  }

  private DicomFile read(Path source) throws RejectedInputException {
    if (!Files.isRegularFile(source) || !Files.isReadable(source)) {
      throw new RejectedInputException("There is no such file that can be read.");
    }
    try {
      return DicomFile.read(source, limits);
    } catch (IOException e) {
      throw new RejectedInputException("The file cannot be read.", e);
    }
  }

  private Outcome write(DicomFile file, boolean searchesPixels)
      throws IOException, RejectedInputException {
    Attributes source = file.dataset();
    Identifiers identifiers = Identifiers.of(source);
    String identity = identity(source);
    DatasetCleaner cleaner = new DatasetCleaner(options, pseudonyms, identity, identifiers);
    Attributes cleaned = cleaner.clean(source);
    if (source.contains(Tag.PatientName)) {
      cleaned.setString(Tag.PatientName, VR.PN, pseudonyms.patient(identity));
    }
    Path pixels = Files.createTempFile(folder, ".pixels", ".tmp");
    Path part = Files.createTempFile(folder, ".part", ".tmp");
    try {
      HiddenBits.remove(cleaned, pixels, limits);
      PixelCleaner.Outcome blanked = new PixelCleaner.Outcome(file.syntax(), 0, 0);
      if (searchesPixels) {
        blanked = new PixelCleaner(limits).clean(file, cleaned, pixels);
      }
      state(cleaned, searchesPixels);
      Path target = folder.resolve(fileName(cleaned, cleaner, source));
      try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(part))) {
        out.writeFile(cleaned, writable(blanked.syntax()));
      }
      Files.move(part, target);
      return new Written(target, blanked.boxes(), blanked.share());
    } catch (FileAlreadyExistsException e) {
      return new Refused("A file of this SOP Instance is already in the output folder.");
    } finally {
      Files.deleteIfExists(part);
      Files.deleteIfExists(pixels);
    }
  }

  /** Big endian is retired and not written. */
  private static TransferSyntax writable(TransferSyntax syntax) {
    return syntax.bigEndian() ? TransferSyntax.EXPLICIT_LITTLE : syntax;
  }

  private static String fileName(Attributes cleaned, DatasetCleaner cleaner, Attributes source)
      throws RejectedInputException {
    String uid = cleaned.string(Tag.SOPInstanceUID).orElse("").strip();
    if (uid.isEmpty()) {
      throw new RejectedInputException("The file has no SOP Instance UID.");
    }
    if (!UidDictionary.isValid(uid)) {
      uid = cleaner.mapped(source.string(Tag.SOPInstanceUID).orElse(""));
    }
    return uid + ".dcm";
  }

  /** Who the patient is: ID and issuer; where there is no ID, name and birth date. */
  private static String identity(Attributes source) {
    String id = source.string(Tag.PatientID).orElse("").strip();
    if (!id.isEmpty()) {
      return id + "\0" + source.string(Tag.IssuerOfPatientID).orElse("").strip();
    }
    String name = source.string(Tag.PatientName).orElse("").strip();
    if (!name.isEmpty()) {
      return name + "\0\0" + source.string(Tag.PatientBirthDate).orElse("").strip();
    }
    return "\0\0\0" + source.string(Tag.StudyInstanceUID).orElse("");
  }

  /** Says in the data set what was done to it (PS3.15 E.1.1, PS3.3 C.7.1.1, C.12.1). */
  private void state(Attributes cleaned, boolean searchedPixels) {
    cleaned.setString(Tag.PatientIdentityRemoved, VR.CS, "YES");
    cleaned.setString(Tag.DeidentificationMethod, VR.LO, SOFTWARE);
    cleaned.remove(Tag.DeidentificationMethodCodeSequence);
    Sequence codes = cleaned.newSequence(Tag.DeidentificationMethodCodeSequence);
    DatasetCleaner.code(
        codes, "113100", "DCM", "Basic Application Confidentiality Profile");
    for (ConfidentialityOption option : options) {
      if (option != ConfidentialityOption.CLEAN_PIXEL_DATA || searchedPixels) {
        DatasetCleaner.code(codes, option.code(), "DCM", option.meaning());
      }
    }
    cleaned.setString(
        Tag.LongitudinalTemporalInformationModified,
        VR.CS,
        options.contains(ConfidentialityOption.RETAIN_FULL_DATES)
            ? "UNMODIFIED"
            : options.contains(ConfidentialityOption.RETAIN_MODIFIED_DATES)
                ? "MODIFIED"
                : "REMOVED");
    if (searchedPixels) {
      cleaned.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
    }
  }

  /** The options that this de-identifier was made with. */
  public List<ConfidentialityOption> options() {
    return List.copyOf(options);
  }
}
