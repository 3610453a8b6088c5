package org.tessera.validation.phantom;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes phantoms as a folder of labelled data: {@code manifest.csv} and, per case, {@code
 * ID/image.dcm}, {@code note.txt}, {@code sound.wav}, {@code record.json} and {@code case.json}
 * (the truth). The same arguments give the same bytes.
 *
 * @param radiographs writes the DICOM files
 * @param records writes the FHIR bundles
 */
public record PhantomWriter(RadiographWriter radiographs, RecordWriter records) {
  private static final List<String> HEADER =
      List.of(
          "id",
          "split",
          "image",
          "note",
          "audio",
          "record",
          "patient_id",
          "view",
          "machine",
          PhantomFinding.OPACITY.key(),
          PhantomFinding.CRACKLES.key(),
          PhantomFinding.INFECTION.key());

  /**
   * So many cases of one world.
   *
   * @param generator the world
   * @param count cases 0 to count - 1 of it
   */
  public record Part(PhantomGenerator generator, int count) {}

  /** The worlds in the proportion 70 : 15 : 15, at least 1 training case. */
  public static List<Part> parts(long seed, int count) {
    int held = (int) Math.round(0.15 * count);
    return List.of(
        new Part(new PhantomGenerator(seed, PhantomWorld.TRAIN), count - 2 * held),
        new Part(new PhantomGenerator(seed, PhantomWorld.VALIDATION), held),
        new Part(new PhantomGenerator(seed, PhantomWorld.TEST), held));
  }

  /**
   * Writes the parts into a folder.
   *
   * @param folder created if absent; files of the same name are replaced
   * @param progress told the number of cases written so far
   * @throws IOException if something cannot be written
   */
  public void write(Path folder, List<Part> parts, IntConsumer progress) throws IOException {
    Files.createDirectories(folder);
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader(HEADER.toArray(String[]::new))
            .setRecordSeparator('\n')
            .get();
    int done = 0;
    try (BufferedWriter out =
            Files.newBufferedWriter(folder.resolve("manifest.csv"), StandardCharsets.UTF_8);
        CSVPrinter manifest = new CSVPrinter(out, format)) {
      for (Part part : parts) {
        for (int index = 0; index < part.count(); index++) {
          PhantomCase drawn = part.generator().generate(index);
          write(folder.resolve(drawn.id()), drawn);
          manifest.printRecord(row(drawn));
          progress.accept(++done);
        }
      }
    }
  }

  /**
   * Writes the five files of one case.
   *
   * @param folder of the case, created if absent
   * @throws IOException if something cannot be written
   */
  public void write(Path folder, PhantomCase drawn) throws IOException {
    Files.createDirectories(folder);
    radiographs.write(
        folder.resolve("image.dcm"),
        drawn.radiograph(),
        drawn.patient(),
        drawn.study(),
        drawn.acquired());
    Files.writeString(folder.resolve("note.txt"), drawn.note());
    Wave.write(folder.resolve("sound.wav"), drawn.sound());
    records.write(
        folder.resolve("record.json"), drawn.patient(), drawn.facts(), drawn.acquired());
    Files.writeString(folder.resolve("case.json"), TruthJson.of(drawn));
  }

  private static List<String> row(PhantomCase drawn) {
    List<String> row = new ArrayList<>();
    row.add(drawn.id());
    row.add(drawn.world().split());
    for (String file : List.of("image.dcm", "note.txt", "sound.wav", "record.json")) {
      row.add(drawn.id() + "/" + file);
    }
    row.add(drawn.patient().id().orElse(""));
    row.add(drawn.radiograph().view());
    row.add(drawn.radiograph().machine());
    for (PhantomFinding finding : PhantomFinding.values()) {
      row.add(drawn.causes().has(finding) ? "1" : "0");
    }
    return row;
  }
}
