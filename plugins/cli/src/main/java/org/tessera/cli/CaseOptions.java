package org.tessera.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tessera.runtime.CaseInput;
import org.tessera.runtime.CaseRequest;
import org.tessera.runtime.InputKind;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options of {@code analyze} that say what the case consists of. */
final class CaseOptions {
  @Option(
      names = "--dicom",
      paramLabel = "PATH",
      description = "DICOM file, folder or DICOMDIR. May be repeated, like all of these.")
  private List<Path> dicom = new ArrayList<>();

  @Option(
      names = "--slide",
      paramLabel = "PATH",
      description = "Tissue tile or small slide: DICOM, TIFF, JPEG or PNG.")
  private List<Path> slide = new ArrayList<>();

  @Option(names = "--image", paramLabel = "FILE", description = "Radiograph: JPEG, PNG or TIFF.")
  private List<Path> image = new ArrayList<>();

  @Option(names = "--note", paramLabel = "FILE", description = "Clinical note in plain text.")
  private List<Path> note = new ArrayList<>();

  @Option(
      names = "--audio",
      paramLabel = "FILE",
      description = "Cough or breathing: WAV, FLAC, MP3, Ogg, M4A or WebM.")
  private List<Path> audio = new ArrayList<>();

  @Option(names = "--fhir", paramLabel = "FILE", description = "FHIR R4 bundle, JSON or XML.")
  private List<Path> fhir = new ArrayList<>();

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description =
          "CSV with the columns file,kind,patient_id,issuer,time: gives identity and time to files"
              + " that carry none, and names more files.")
  private @Nullable Path manifest;

  @Option(
      names = "--patient",
      paramLabel = "ID",
      description = "Names the patient of the case; never overrides a conflict between inputs.")
  private @Nullable String patient;

  @Option(
      names = "--draft",
      paramLabel = "FILE",
      description =
          "Text of a report by somebody else, for example a remote model, in English: what no"
              + " supported finding entails is struck out and counted.")
  private @Nullable Path draft;

  /**
   * The request, inputs in the order of the command line.
   *
   * @return empty if no input was named
   */
  Optional<CaseRequest> request(ParseResult parsed) {
    Map<InputKind, List<Path>> byKind = new EnumMap<>(InputKind.class);
    byKind.put(InputKind.DICOM, dicom);
    byKind.put(InputKind.SLIDE, slide);
    byKind.put(InputKind.IMAGE, image);
    byKind.put(InputKind.NOTE, note);
    byKind.put(InputKind.AUDIO, audio);
    byKind.put(InputKind.FHIR, fhir);
    Map<InputKind, Integer> taken = new EnumMap<>(InputKind.class);
    List<CaseInput> inputs = new ArrayList<>();
    // An option that was given three times is listed three times, where it was given.
    for (ArgSpec argument : parsed.matchedArgs()) {
      if (argument instanceof OptionSpec option) {
        InputKind.ofWord(option.longestName().substring(2))
            .ifPresent(
                kind -> {
                  int index = taken.merge(kind, 1, Integer::sum) - 1;
                  inputs.add(new CaseInput(kind, byKind.getOrDefault(kind, List.of()).get(index)));
                });
      }
    }
    return inputs.isEmpty() && manifest == null
        ? Optional.empty()
        : Optional.of(
            new CaseRequest(
                inputs,
                Optional.ofNullable(manifest),
                Optional.ofNullable(patient),
                Optional.empty(),
                Optional.ofNullable(draft)));
  }
}
