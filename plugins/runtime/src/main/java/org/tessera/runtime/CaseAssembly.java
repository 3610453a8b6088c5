package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RejectedInput;
import org.tessera.casemodel.RejectedInputException;

/**
 * Turns files into a case. A file that cannot be used is rejected with one sentence and the rest
 * goes on; ids are given in the order of the files.
 */
final class CaseAssembly {
  private static final Logger LOG = LoggerFactory.getLogger(CaseAssembly.class);
  private static final String SHA256_OF_NOTHING =
      HexFormat.of().formatHex(FileContent.digest().digest());

  private final List<ContentDecoder> decoders;
  private final Manifest manifest;
  private final List<Evidence> accepted = new ArrayList<>();
  private final List<RejectedInput> rejected = new ArrayList<>();
  private final Map<String, Path> files = new HashMap<>();
  private final Map<String, String> seen = new HashMap<>();
  private final Set<Manifest.Row> used = new HashSet<>();
  private Optional<Check> conflict = Optional.empty();
  private int lastId;

  private CaseAssembly(List<ContentDecoder> decoders, Manifest manifest) {
    this.decoders = decoders;
    this.manifest = manifest;
  }

  /**
   * Assembles a case.
   *
   * @param decoders asked in their order
   * @throws RejectedInputException if the request itself cannot be understood: a manifest that is
   *     none
   */
  static AssembledCase assemble(CaseRequest request, List<ContentDecoder> decoders)
      throws RejectedInputException {
    Manifest manifest =
        request.manifest().isPresent() ? Manifest.read(request.manifest().get()) : Manifest.none();
    CaseAssembly assembly = new CaseAssembly(decoders, manifest);
    request.inputs().forEach(assembly::add);
    assembly.addFromManifest();
    return assembly.assembled(request);
  }

  private void add(CaseInput input) {
    try {
      InputFiles found = InputFiles.of(input);
      found.files().forEach(this::add);
      found.complaint().ifPresent(sentence -> refuse(input, sentence));
    } catch (RejectedInputException e) {
      refuse(input, e.sentence());
    }
  }

  private void refuse(CaseInput input, String sentence) {
    reject(input.kind(), FileContent.baseName(input.path()), Optional.empty(), sentence);
  }

  /** Rows whose file no option named. */
  private void addFromManifest() {
    for (Manifest.Row row : manifest.rows()) {
      if (!used.contains(row)) {
        String name = FileContent.baseName(row.path());
        row.kind()
            .ifPresentOrElse(
                kind -> add(new CaseInput(kind, row.path())),
                // Of unknown kind, like a file offered as DICOM.
                () ->
                    reject(
                        InputKind.DICOM,
                        name,
                        Optional.empty(),
                        "The manifest does not say what kind of file this is."));
      }
    }
  }

  private void add(OfferedFile file) {
    manifest.of(file.path()).ifPresent(used::add);
    FileContent content;
    try {
      if (Files.exists(file.path()) && !Files.isRegularFile(file.path())) {
        throw new RejectedInputException("This is not a regular file.");
      }
      content = FileContent.of(file.path(), file.name());
    } catch (IOException e) {
      reject(file.kind(), file.name(), Optional.empty(), unreadable(e));
      return;
    } catch (RejectedInputException e) {
      reject(file.kind(), file.name(), Optional.empty(), e.sentence());
      return;
    }
    int before = lastId;
    try {
      accept(file, content);
    } catch (RejectedInputException e) {
      lastId = before;
      reject(file.kind(), file.name(), Optional.of(content), e.sentence());
    } catch (IOException e) {
      lastId = before;
      reject(file.kind(), file.name(), Optional.of(content), unreadable(e));
    } catch (RuntimeException | StackOverflowError e) {
      // A defect in a decoder must cost one input, not the case.
      LOG.debug("A decoder failed", e);
      lastId = before;
      reject(
          file.kind(),
          file.name(),
          Optional.of(content),
          "The file could not be decoded; it may be damaged.");
    }
  }

  private void accept(OfferedFile file, FileContent content)
      throws IOException, RejectedInputException {
    if (content.size() == 0) {
      throw new RejectedInputException("The file is empty.");
    }
    if (!file.kind().accepts(content.mediaType())) {
      throw new RejectedInputException(
          "This is %s, not %s."
              .formatted(MediaTypes.words(content.mediaType()), file.kind().words()));
    }
    if (file.partOf().isPresent()) {
      throw new RejectedInputException(
          "The file is a part of the slide in %s, with which it is read; it counts once."
              .formatted(file.partOf().get()));
    }
    String key = content.sha256() + file.kind().requested();
    String earlier = seen.get(key);
    if (earlier != null) {
      throw new RejectedInputException(
          "The content is the same as that of %s; it counts once.".formatted(earlier));
    }
    Optional<Manifest.Row> row = manifest.of(file.path());
    List<RejectedInput> parts = new ArrayList<>();
    List<Evidence> evidence = decoder(content).decode(content, context(file, row, parts));
    checkKind(file.kind(), evidence);
    row.flatMap(Manifest.Row::patient).ifPresent(said -> compare(file, said, evidence));
    seen.put(key, file.name());
    accepted.addAll(evidence);
    rejected.addAll(parts);
    evidence.forEach(each -> files.put(each.id(), file.path()));
  }

  private ContentDecoder decoder(FileContent content) throws RejectedInputException {
    return decoders.stream()
        .filter(each -> each.accepts(content.mediaType()))
        .findFirst()
        .orElseThrow(
            () ->
                new RejectedInputException(
                    "This is %s, which is not read."
                        .formatted(MediaTypes.words(content.mediaType()))));
  }

  private DecodeContext context(
      OfferedFile file, Optional<Manifest.Row> row, List<RejectedInput> parts) {
    return new DecodeContext(
        this::nextId,
        file.kind().requested(),
        row.flatMap(Manifest.Row::patient),
        row.flatMap(Manifest.Row::time),
        parts::add);
  }

  private String nextId() {
    lastId++;
    return "I" + lastId;
  }

  /** An image offered as a slide, and the like: the user would not get what was asked for. */
  private static void checkKind(InputKind kind, List<Evidence> evidence)
      throws RejectedInputException {
    if (kind == InputKind.FHIR || kind.requested().isEmpty()) {
      return;
    }
    Modality wanted = kind.requested().get();
    for (Evidence each : evidence) {
      if (each.modality() != wanted) {
        throw new RejectedInputException(
            "The file holds %s, not %s.".formatted(words(each.modality()), words(wanted)));
      }
    }
  }

  private static String words(Modality modality) {
    return switch (modality) {
      case IMAGE -> "a still image";
      case SLIDE -> "a slide";
      case CINE -> "moving pictures";
      case NOTE -> "a note";
      case AUDIO -> "a sound recording";
      case RECORD -> "a health record";
    };
  }

  /** The manifest serves files without an identity; it must not contradict one. */
  private void compare(OfferedFile file, PatientIdentity said, List<Evidence> evidence) {
    for (Evidence each : evidence) {
      Optional<PatientIdentity> own = each.origin().patient();
      if (own.isPresent() && contradicts(own.get(), said)) {
        conflict =
            Optional.of(
                Check.of(
                    "identity",
                    Check.Verdict.FAIL,
                    "The manifest gives %s to another patient than the file itself says."
                        .formatted(file.name())));
      }
    }
  }

  private static boolean contradicts(PatientIdentity own, PatientIdentity said) {
    boolean comparable =
        own.issuer().isEmpty() || said.issuer().isEmpty() || own.issuer().equals(said.issuer());
    return own.id().isPresent() && comparable && !own.id().equals(said.id());
  }

  private void reject(
      InputKind kind, String name, Optional<FileContent> content, String sentence) {
    String id = nextId();
    rejected.add(
        new RejectedInput(
            id,
            kind.requested(),
            name,
            content.map(FileContent::mediaType),
            content.map(FileContent::sha256).orElse(SHA256_OF_NOTHING),
            sentence));
    content.flatMap(FileContent::file).ifPresent(path -> files.put(id, path));
  }

  private static String unreadable(IOException e) {
    LOG.debug("A file cannot be read", e);
    if (e instanceof NoSuchFileException) {
      return "There is no such file.";
    }
    if (e.getCause() instanceof RejectedInputException rejected) {
      return rejected.sentence();
    }
    return e instanceof AccessDeniedException
        ? "The file cannot be read: permission denied."
        : "The file cannot be read.";
  }

  private AssembledCase assembled(CaseRequest request) {
    Optional<PatientIdentity> patient =
        request
            .patient()
            .map(id -> PatientIdentity.of(id, Optional.empty()))
            .or(() -> PatientNaming.of(accepted));
    PatientCase patientCase =
        new PatientCase(
            request.name().orElseGet(() -> CaseIds.of(accepted, rejected)),
            patient,
            accepted,
            rejected,
            false);
    return new AssembledCase(patientCase, files, conflict);
  }
}
