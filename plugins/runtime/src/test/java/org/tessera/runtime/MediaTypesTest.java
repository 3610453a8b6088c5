package org.tessera.runtime;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaTypesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aZipArchiveNamedMp3IsAZipArchive() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("cough.mp3"));
      out.write(1);
    }
    Path file = Files.write(folder.resolve("cough.mp3"), zip.toByteArray());
    assertThat(FileContent.of(file).mediaType()).isEqualTo("application/zip");
  }

  @Test
  void textNamedDcmIsText() throws IOException {
    Path file = Files.writeString(folder.resolve("image.dcm"), "not an image\n");
    assertThat(FileContent.of(file).mediaType()).isEqualTo("text/plain");
  }

  @Test
  void anEmptyFileIsSaidToBeEmpty() throws IOException {
    Path file = Files.write(folder.resolve("empty.wav"), new byte[0]);
    assertThat(FileContent.of(file).mediaType()).isEqualTo("application/x-empty");
  }

  @Test
  void aDicomFileWhosePreambleLooksLikeTiffIsDicom() {
    byte[] head = new byte[200];
    System.arraycopy("II*\0".getBytes(UTF_8), 0, head, 0, 4);
    System.arraycopy("DICM".getBytes(UTF_8), 0, head, 128, 4);
    assertThat(MediaTypes.of(head)).isEqualTo("application/dicom");
  }

  @Test
  void aDatasetWithoutPreambleIsDicom() {
    byte[] explicit = {8, 0, 5, 0, 'C', 'S', 10, 0, 'I', 'S', 'O', '_', 'I', 'R'};
    byte[] implicit = {8, 0, 5, 0, 10, 0, 0, 0, 'I', 'S', 'O', '_', 'I', 'R'};
    byte[] big = {0, 8, 0, 5, 'C', 'S', 0, 10, 'I', 'S', 'O', '_', 'I', 'R'};
    assertThat(List.of(explicit, implicit, big))
        .allSatisfy(head -> assertThat(MediaTypes.of(head)).isEqualTo("application/dicom"));
  }

  @Test
  void notesInAnyEncodingAreText() {
    String korean = "\ud749\ubd80 \ubc29\uc0ac\uc120 \uac80\uc0ac: \ucd95\uc131 \uc74c\uc601\n";
    for (String charset : List.of("UTF-8", "EUC-KR", "UTF-16")) {
      assertThat(MediaTypes.of(korean.getBytes(Charset.forName(charset))))
          .as(charset)
          .isEqualTo("text/plain");
    }
    assertThat(MediaTypes.of("Chest radiograph".getBytes(UTF_16LE))).isEqualTo("text/plain");
    assertThat(MediaTypes.of("[Indication] fever <3 days".getBytes(UTF_8)))
        .isEqualTo("text/plain");
  }

  @Test
  void recordsAreToldFromOtherJsonAndXml() {
    Map<String, String> expected =
        Map.of(
            "\ufeff{ \"resourceType\": \"Bundle\" }", "application/fhir+json",
            "{ \"a\": 1 }", "application/json",
            "<?xml version=\"1.0\"?><Bundle xmlns=\"http://hl7.org/fhir\"/>",
                "application/fhir+xml",
            "<?xml version=\"1.0\"?><a/>", "application/xml",
            "<!DOCTYPE html><p>", "text/html");
    expected.forEach(
        (text, type) -> assertThat(MediaTypes.of(text.getBytes(UTF_8))).isEqualTo(type));
  }

  @Test
  void anySixteenBytesAreGivenSomeType() {
    RandomGenerator random =
        RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < 20_000; i++) {
      byte[] head = new byte[random.nextInt(1, 300)];
      random.nextBytes(head);
      assertThat(MediaTypes.of(head)).isNotEmpty();
      assertThat(MediaTypes.words(MediaTypes.of(head))).isNotEmpty();
    }
  }

  @Test
  void realFilesHaveTheTypeThatTheirSetSays() throws IOException {
    Path data = SharedData.folder();
    Map<String, String> types =
        Map.of(
            "cxr-kermany", "image/jpeg",
            "cough-covid", "audio/mpeg",
            "cough-events", "audio/flac",
            "fhir-synthea", "application/fhir+json",
            "notes-transcribed", "text/plain");
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    for (Map.Entry<String, String> each : types.entrySet()) {
      List<Path> files = files(data.resolve(each.getKey()));
      for (Path file : files) {
        seen++;
        String type = FileContent.of(file).mediaType();
        if (!type.equals(each.getValue())) {
          wrong.add(data.relativize(file) + " is " + type);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).isGreaterThan(100);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .filter(path -> !path.toString().matches(".*\\.(csv|md|txt\\.gz|tsv)|.*LICEN[SC]E.*"))
          .sorted()
          .limit(150)
          .toList();
    }
  }
}
