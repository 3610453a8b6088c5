package org.tessera.dicom.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.UID;
import org.tessera.dicom.json.DicomJson;
import org.tessera.dicom.net.NetSamples;
import org.tessera.dicom.xml.DicomXmlWriter;

/**
 * Writes what fuzzing begins with, from files that stay where they are: folder of files, folder to
 * write into. Small files as they are; compressed frames behind the shape that the targets expect.
 */
final class FuzzCorpus {
  private static final int LARGEST = 60_000;
  private static final Map<String, String> TARGETS =
      Map.of(
          UID.RLELossless, "Rle",
          UID.JPEGBaseline8Bit, "Jpeg",
          UID.JPEGExtended12Bit, "Jpeg",
          UID.JPEGLossless, "Jpeg",
          UID.JPEGLosslessSV1, "Jpeg",
          UID.JPEGLSLossless, "JpegLs",
          UID.JPEGLSNearLossless, "JpegLs",
          UID.DeflatedImageFrameCompression, "DeflatedFrame");

  private FuzzCorpus() {}

  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[1]);
    write(target, "Pdu", "conversation", NetSamples.conversation());
    write(target, "Pdu", "commitment", NetSamples.commitment());
    write(target, "Action", "request", NetSamples.action());
    for (Path file : TestData.files(Path.of(arguments[0]))) {
      byte[] bytes = Files.readAllBytes(file);
      String name = String.valueOf(file.getFileName());
      if (bytes.length < LARGEST) {
        boolean directory = name.toUpperCase(Locale.ROOT).contains("DICOMDIR");
        String suitable = bytes[0] == bytes[1] && bytes[0] != 0 ? "Tiff" : "DataSet";
        write(target, directory ? "Directory" : suitable, name, bytes);
        models(target, file, name);
      }
      frame(target, file, name);
    }
  }

  private static void models(Path target, Path file, String name) throws IOException {
    try {
      Attributes dataset = DicomFile.read(file).dataset();
      write(target, "Json", name, DicomJson.write(dataset).getBytes(StandardCharsets.UTF_8));
      write(target, "Xml", name, DicomXmlWriter.write(dataset).getBytes(StandardCharsets.UTF_8));
    } catch (RejectedInputException e) {
      System.err.println("no model of " + name);
    }
  }

  private static void frame(Path target, Path file, String name) throws IOException {
    try {
      DicomFile parsed = DicomFile.read(file);
      String suitable = TARGETS.get(parsed.syntax().uid());
      Attributes image = parsed.dataset();
      if (suitable == null
          || !(image.element(Tag.PixelData).orElseThrow().value() instanceof Fragments fragments)) {
        return;
      }
      Bytes code = fragments.parts().getFirst();
      byte[] seed = new byte[FuzzTargets.SHAPE + (int) code.length()];
      seed[0] = (byte) (image.integer(Tag.Rows, 1) - 1);
      seed[1] = (byte) (image.integer(Tag.Columns, 1) - 1);
      seed[2] = (byte) List.of(1, 3, 4).indexOf(image.integer(Tag.SamplesPerPixel, 1));
      seed[3] = (byte) List.of(8, 16, 32, 1).indexOf(image.integer(Tag.BitsAllocated, 8));
      seed[4] = (byte) (image.integer(Tag.BitsStored, 8) - 1);
      code.copy(0, seed, FuzzTargets.SHAPE, (int) code.length());
      if (seed.length < LARGEST) {
        write(target, suitable, name, seed);
      }
    } catch (RejectedInputException e) {
      System.err.println("no seed of " + name);
    }
  }

  private static void write(Path folder, String target, String name, byte[] seed)
      throws IOException {
    Files.write(Files.createDirectories(folder.resolve(target)).resolve(name), seed);
  }
}
