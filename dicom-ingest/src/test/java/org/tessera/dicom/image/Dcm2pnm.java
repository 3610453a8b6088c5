package org.tessera.dicom.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Pnm;
import org.tessera.dicom.Tag;
import org.tessera.dicom.Tool;
import org.tessera.dicom.UID;

/**
 * DCMTK's rendering of a file: by dcm2pnm, dcmj2pnm or dcml2pnm, whichever reads its transfer
 * syntax; where none does, of what GDCM decoded, and last of what we decoded.
 */
final class Dcm2pnm {
  private final Path file;
  private final Path folder;

  /** Renders a file; works in a folder. */
  Dcm2pnm(Path file, Path folder) {
    this.file = file;
    this.folder = folder;
  }

  static void require() {
    List.of("dcm2pnm", "dcmj2pnm", "dcml2pnm", "gdcmconv").forEach(Tool::require);
  }

  /** A rendering, and who decoded what was rendered. */
  record Shown(Pnm picture, String decodedBy) {}

  /** The rendering with the options given; empty if DCMTK renders nothing of the file. */
  Optional<Shown> shown(List<String> options) throws IOException, InterruptedException {
    Optional<Shown> shown = rendered(file, "DCMTK", options);
    for (Decoder decoder : List.<Decoder>of(this::byGdcm, this::byUs)) {
      Path decoded = folder.resolve("decoded.dcm");
      Files.deleteIfExists(decoded);
      if (shown.isEmpty()) {
        String name = decoder.decode(decoded);
        shown = Files.exists(decoded) ? rendered(decoded, name, options) : Optional.empty();
      }
    }
    return shown;
  }

  private interface Decoder {
    String decode(Path decoded) throws IOException, InterruptedException;
  }

  /** GDCM fills up what a cut-off file lacks, so it is asked for what was compressed only. */
  private String byGdcm(Path decoded) throws IOException, InterruptedException {
    if (isEncapsulated()) {
      Tool.run(List.of("gdcmconv", "--raw", file.toString(), decoded.toString()));
    }
    return "GDCM";
  }

  private String byUs(Path decoded) throws IOException {
    try {
      new Transcoder(UID.ExplicitVRLittleEndian, ParseLimits.standard()).transcode(file, decoded);
    } catch (RejectedInputException e) {
      Files.deleteIfExists(decoded);
    }
    return "us";
  }

  private boolean isEncapsulated() throws IOException {
    try {
      return DicomFile.read(file).syntax().encapsulated();
    } catch (RejectedInputException e) {
      return false;
    }
  }

  private static String tool(Path source) throws IOException {
    try {
      return switch (DicomFile.read(source).syntax().uid()) {
        case UID.JPEGBaseline8Bit, UID.JPEGExtended12Bit, UID.JPEGLossless, UID.JPEGLosslessSV1 ->
            "dcmj2pnm";
        case UID.JPEGLSLossless, UID.JPEGLSNearLossless -> "dcml2pnm";
        default -> "dcm2pnm";
      };
    } catch (RejectedInputException e) {
      return "dcm2pnm";
    }
  }

  private Optional<Shown> rendered(Path source, String decodedBy, List<String> options)
      throws IOException, InterruptedException {
    Path shown = folder.resolve("shown.pnm");
    Files.deleteIfExists(shown);
    List<String> command = new ArrayList<>(List.of(tool(source), "+Ma"));
    command.addAll(options);
    command.add(source.toString());
    command.add(shown.toString());
    return Tool.run(command).exit() == 0 && Files.exists(shown)
        ? Optional.of(new Shown(Pnm.read(Files.readAllBytes(shown)), decodedBy))
        : Optional.empty();
  }

  /** The options that ask for what we show by default: first window, else VOI LUT, else range. */
  static List<String> options(Attributes image, int frame, boolean colour) {
    List<String> options = new ArrayList<>(List.of("+F", Integer.toString(frame)));
    if (colour) {
      return options;
    }
    Optional<Attributes> perFrame =
        FunctionalGroups.holder(image, frame, Tag.FrameVOILUTSequence, Tag.WindowCenter)
            .filter(holder -> holder != image);
    if (perFrame.isPresent()) {
      options.addAll(
          List.of(
              "+Ww",
              perFrame.get().string(Tag.WindowCenter).orElseThrow().strip(),
              perFrame.get().string(Tag.WindowWidth).orElseThrow().strip()));
    } else if (image.containsValue(Tag.WindowCenter)) {
      options.addAll(List.of("+Wi", "1"));
    } else if (image.containsValue(Tag.VOILUTSequence)) {
      options.addAll(List.of("+Wl", "1"));
    } else {
      options.add("+Wm");
    }
    return options;
  }
}
