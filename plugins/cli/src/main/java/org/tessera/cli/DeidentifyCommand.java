package org.tessera.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tessera.runtime.Deidentification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tessera dicom deidentify}: PS3.15 Annex E. */
@Command(
    name = "deidentify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "De-identifies DICOM files by the Basic Application Level Confidentiality Profile of PS3.15"
          + " Annex E and the options below.",
      "Prints a line per file: \"ok NAME: OUTPUT\", \"refused NAME: reason\" or \"dropped NAME:"
          + " reason\" (labels of slides). Names of outputs are their new SOP Instance UIDs.",
      "No guarantee: burned-in text is searched for, not known; faces in head scans are not"
          + " removed; free text that is kept may hold names that nothing announces. See"
          + " docs/deidentification.md."
    })
final class DeidentifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE|FOLDER", arity = "1..*", description = "DICOM files and folders.")
  private List<Path> inputs = new ArrayList<>();

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
  private Path out = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The site's secret, 16 bytes or more; made if it is not there. UIDs, pseudonyms and date"
              + " shifts depend on it alone. Without it a random key is used once.")
  private @Nullable Path key;

  @Option(
      names = "--clean-pixel-data",
      description = "Find burned-in text in all frames and blank it.")
  private boolean cleanPixelData;

  @Option(
      names = "--clean-graphics",
      description = "Keep graphic annotations without their text; overlays and curves go anyway.")
  private boolean cleanGraphics;

  @Option(
      names = "--clean-structured-content",
      description = "Keep SR content without names, texts and identifiers.")
  private boolean cleanStructuredContent;

  @Option(
      names = "--clean-descriptors",
      description = "Keep descriptions and comments; take names, dates and numbers out of them.")
  private boolean cleanDescriptors;

  @Option(
      names = "--retain-modified-dates",
      description = "Move all dates of a patient by the same number of days.")
  private boolean retainModifiedDates;

  @Option(names = "--retain-full-dates", description = "Keep dates and times.")
  private boolean retainFullDates;

  @Option(
      names = "--retain-patient-characteristics",
      description = "Keep sex, age, size, weight and the like.")
  private boolean retainPatientCharacteristics;

  @Option(names = "--retain-device-identity", description = "Keep what identifies the device.")
  private boolean retainDeviceIdentity;

  @Option(
      names = "--retain-institution-identity",
      description = "Keep what identifies the institution.")
  private boolean retainInstitutionIdentity;

  @Option(names = "--retain-uids", description = "Keep UIDs.")
  private boolean retainUids;

  @Option(
      names = "--retain-safe-private",
      description =
          "Keep 24 private attributes that PS3.15 table E.3.10-1 lists: diffusion, dose, pitch, PET"
              + " scaling.")
  private boolean retainSafePrivate;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (retainFullDates && retainModifiedDates) {
      throw new ParameterException(
          spec.commandLine(), "Dates are either kept (--retain-full-dates) or moved"
              + " (--retain-modified-dates).");
    }
    Deidentification run = Deidentification.into(options(), Optional.ofNullable(key), out);
    if (!run.keyRemark().isEmpty()) {
      spec.commandLine().getErr().println(run.keyRemark());
    }
    try (Terminal terminal = new Terminal()) {
      int written = run.run(inputs, spec.commandLine().getOut()::println, terminal::done);
      return written > 0 ? Failures.DONE : Failures.UNUSABLE;
    }
  }

  private Set<String> options() {
    Set<String> asked = new LinkedHashSet<>();
    add(cleanPixelData, "clean-pixel-data", asked);
    add(cleanGraphics, "clean-graphics", asked);
    add(cleanStructuredContent, "clean-structured-content", asked);
    add(cleanDescriptors, "clean-descriptors", asked);
    add(retainModifiedDates, "retain-modified-dates", asked);
    add(retainFullDates, "retain-full-dates", asked);
    add(retainPatientCharacteristics, "retain-patient-characteristics", asked);
    add(retainDeviceIdentity, "retain-device-identity", asked);
    add(retainInstitutionIdentity, "retain-institution-identity", asked);
    add(retainUids, "retain-uids", asked);
    add(retainSafePrivate, "retain-safe-private", asked);
    return asked;
  }

  private static void add(boolean given, String option, Set<String> asked) {
    if (given) {
      asked.add(option);
    }
  }
}
