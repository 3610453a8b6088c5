package org.tessera.validation.phantom;

import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import javax.imageio.stream.ImageOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.tessera.casemodel.Modality;

/**
 * Writes phantoms as a folder of labelled data: {@code manifest.csv} and, per case, {@code
 * ID/image.dcm}, {@code tissue.png}, {@code note.txt}, {@code sound.wav}, {@code record.json} and
 * {@code case.json} (the truth). Evidence that is missing has no file and an empty cell. The same
 * arguments give the same bytes.
 *
 * @param radiographs writes the DICOM files
 * @param records writes the FHIR bundles
 */
public record PhantomWriter(RadiographWriter radiographs, RecordWriter records) {
  /** What a case has evidence of. */
  static final List<Modality> MODALITIES =
      List.of(
          Modality.IMAGE, Modality.SLIDE, Modality.NOTE, Modality.AUDIO, Modality.RECORD);

  private static final List<String> SIGNS =
      List.of("pacemaker", "coughs", "sex", "note_fever", "note_crackles", "record_opacity");
  private static final List<String> WORDINGS =
      List.of(PhantomTruth.FEVER_WORDING, PhantomTruth.CRACKLE_WORDING);
  private static final List<String> CONDITIONS =
      List.of("language", "noisy", "stale_days", "confounded");

  /**
   * So many cases of one world.
   *
   * @param generator the world
   * @param count cases 0 to count - 1 of it
   */
  public record Part(PhantomGenerator generator, int count) {}

  /** The worlds in the proportion 70 : 15 : 15, at least 1 training case. */
  public static List<Part> parts(long seed, int count, PhantomConditions.Odds odds) {
    int held = (int) Math.round(0.15 * count);
    return List.of(
        new Part(new PhantomGenerator(seed, PhantomWorld.TRAIN, odds), count - 2 * held),
        new Part(new PhantomGenerator(seed, PhantomWorld.VALIDATION, odds), held),
        new Part(new PhantomGenerator(seed, PhantomWorld.TEST, odds), held));
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
            .setHeader(header().toArray(String[]::new))
            .setRecordSeparator('\n')
            .get();
    AtomicInteger done = new AtomicInteger();
    try (BufferedWriter out =
            Files.newBufferedWriter(folder.resolve("manifest.csv"), StandardCharsets.UTF_8);
        CSVPrinter manifest = new CSVPrinter(out, format)) {
      for (Part part : parts) {
        List<List<String>> rows =
            IntStream.range(0, part.count())
                .parallel()
                .mapToObj(index -> written(folder, part.generator(), index, progress, done))
                .toList();
        for (List<String> row : rows) {
          manifest.printRecord(row);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Draws and writes a case; cases do not depend on each other, so several at a time will do. */
  private List<String> written(
      Path folder,
      PhantomGenerator generator,
      int index,
      IntConsumer progress,
      AtomicInteger done) {
    try {
      PhantomCase drawn = generator.generate(index);
      write(folder.resolve(drawn.id()), drawn);
      synchronized (done) {
        progress.accept(done.incrementAndGet());
      }
      return row(drawn);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the files of one case.
   *
   * @param folder of the case, created if absent
   * @throws IOException if something cannot be written
   */
  public void write(Path folder, PhantomCase drawn) throws IOException {
    Files.createDirectories(folder);
    for (Modality modality : MODALITIES) {
      if (!drawn.conditions().missing().contains(modality)) {
        write(folder.resolve(file(modality)), drawn, modality);
      }
    }
    Files.writeString(folder.resolve("case.json"), TruthJson.of(drawn));
  }

  private void write(Path file, PhantomCase drawn, Modality modality) throws IOException {
    switch (modality) {
      case IMAGE ->
          radiographs.write(
              file, drawn.radiograph(), drawn.patient(), drawn.study(), drawn.acquired());
      case SLIDE -> picture(file, drawn.tissue());
      case NOTE -> Files.writeString(file, drawn.note());
      case AUDIO -> Wave.write(file, drawn.sound());
      case RECORD -> records.write(file, drawn.patient(), drawn.facts(), drawn.acquired());
      case CINE -> throw new IllegalArgumentException("Phantoms have no moving pictures.");
    }
  }

  /** Without compression: the size of a compressed file would tell how much is drawn. */
  private static void picture(Path file, PhantomTissue tissue) throws IOException {
    int side = tissue.side();
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, side, side, tissue.rgb(), 0, side);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam stored = writer.getDefaultWriteParam();
    stored.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    stored.setCompressionQuality(1);
    Files.deleteIfExists(file);
    try (ImageOutputStream out = new FileImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), stored);
    } finally {
      writer.dispose();
    }
  }

  private static String file(Modality modality) {
    return switch (modality) {
      case IMAGE -> "image.dcm";
      case SLIDE -> "tissue.png";
      case NOTE -> "note.txt";
      case AUDIO -> "sound.wav";
      case RECORD -> "record.json";
      case CINE -> throw new IllegalArgumentException("Phantoms have no moving pictures.");
    };
  }

  private static List<String> header() {
    List<String> header = new ArrayList<>(List.of("id", "split"));
    MODALITIES.forEach(each -> header.add(each.wireName()));
    header.addAll(List.of("patient_id", "view", "machine"));
    header.addAll(SIGNS);
    header.addAll(CONDITIONS);
    header.addAll(WORDINGS);
    for (PhantomFinding finding : PhantomFinding.values()) {
      header.add(finding.key());
    }
    return header;
  }

  private static List<String> row(PhantomCase drawn) {
    List<String> row = new ArrayList<>(List.of(drawn.id(), drawn.world().split()));
    PhantomConditions conditions = drawn.conditions();
    for (Modality modality : MODALITIES) {
      boolean missing = conditions.missing().contains(modality);
      row.add(missing ? "" : drawn.id() + "/" + file(modality));
    }
    row.add(drawn.patient().id().orElse(""));
    row.add(drawn.radiograph().view());
    row.add(drawn.radiograph().machine());
    row.add(drawn.causes().pacemaker() ? "1" : "0");
    row.add(drawn.causes().coughs() > 0 ? "1" : "0");
    row.add(drawn.causes().sex().name().toLowerCase(Locale.ROOT));
    row.add(drawn.causes().fever() == FeverMention.ASSERTED ? "1" : "0");
    row.add(drawn.causes().auscultation() ? "1" : "0");
    row.add(drawn.causes().listing() == RecordListing.LISTED ? "1" : "0");
    row.add(conditions.korean() ? "ko" : "en");
    row.add(conditions.noisy() ? "1" : "0");
    row.add(Integer.toString(conditions.staleDays()));
    row.add(conditions.confounded() ? "1" : "0");
    for (String topic : WORDINGS) {
      row.add(drawn.truth().wordings().getOrDefault(topic, ""));
    }
    for (PhantomFinding finding : PhantomFinding.values()) {
      row.add(drawn.causes().has(finding) ? "1" : "0");
    }
    return row;
  }
}
