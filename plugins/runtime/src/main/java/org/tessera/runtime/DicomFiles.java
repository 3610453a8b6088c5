package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomDump;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.image.StoredFrames;
import org.tessera.dicom.json.DicomJson;

/** What is in DICOM files, for a person or a script. For one thread. */
public final class DicomFiles {
  private final StoredFrames frames;

  private DicomFiles(StoredFrames frames) {
    this.frames = frames;
  }

  /**
   * Exports pixels into a folder.
   *
   * @param folder made if it is not there
   */
  public static DicomFiles pixelsInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new DicomFiles(new StoredFrames(folder, ParseLimits.standard()));
  }

  /**
   * Decodes every frame of files to stored values, several files at a time.
   *
   * @param lines takes "ok NAME" or "refused NAME: reason" for each file, in their order
   * @throws IOException if the folder cannot be written
   */
  public void export(List<Path> files, Consumer<String> lines) throws IOException {
    frames.export(files, lines);
  }

  /**
   * Lists the elements of a file for a person.
   *
   * @param width characters of a line
   * @throws RejectedInputException if it is no DICOM file, with one sentence; nothing is written
   *     then
   * @throws IOException if the listing cannot be written
   */
  public static void dump(Path file, Appendable out, int width)
      throws IOException, RejectedInputException {
    new DicomDump(out, width).write(parsed(file));
  }

  private static DicomFile parsed(Path file) throws RejectedInputException {
    if (!Files.isRegularFile(file)) {
      throw new RejectedInputException("There is no such file.");
    }
    try {
      return DicomFile.read(file);
    } catch (IOException e) {
      throw new RejectedInputException("The file cannot be read.", e);
    }
  }

  /**
   * The DICOM JSON model (PS3.18 F) of a file, on one line.
   *
   * @throws RejectedInputException if it is no DICOM file, with one sentence
   */
  public static String json(Path file) throws RejectedInputException {
    return DicomJson.write(parsed(file).dataset());
  }
}
