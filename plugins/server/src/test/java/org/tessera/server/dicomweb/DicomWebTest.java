package org.tessera.server.dicomweb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;
import org.tessera.runtime.dicomweb.MultipartReader;
import org.tessera.server.ServerUnderTest;

/** The service as a viewer and a sender see it. */
@Timeout(300)
class DicomWebTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SLICES = 6;
  private static final String PARTS = "multipart/related; type=\"application/dicom\"; boundary=";

  @TempDir private static Path data = Path.of("");
  private static ServerUnderTest server;
  private static DrawnStudy study;

  @BeforeAll
  static void store() throws Exception {
    server = ServerUnderTest.start(data);
    study = new DrawnStudy(SLICES);
    HttpResponse<String> response = stow("/dicomweb/studies", study.body());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode stored = MAPPER.readTree(response.body());
    assertThat(stored.path("00081199").path("Value")).hasSize(SLICES);
    assertThat(stored.path("00081190").path("Value").path(0).asText())
        .isEqualTo(server.base() + "/dicomweb/studies/" + DrawnStudy.STUDY);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static HttpResponse<String> stow(String path, byte[] body)
      throws IOException, InterruptedException {
    return server.send(
        server
            .request(path)
            .header("Content-Type", PARTS + DrawnStudy.BOUNDARY)
            .header("Accept", "application/dicom+json")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static JsonNode found(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = server.get("/dicomweb" + path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/dicom+json");
    return MAPPER.readTree(response.body());
  }

  private static List<byte[]> parts(HttpResponse<byte[]> response) throws IOException {
    assertThat(response.statusCode()).isEqualTo(200);
    MediaRange type =
        MediaRange.of(response.headers().firstValue("Content-Type").orElseThrow());
    MultipartReader reader =
        new MultipartReader(
            new ByteArrayInputStream(response.body()),
            type.parameters().getOrDefault("boundary", ""));
    List<byte[]> parts = new ArrayList<>();
    for (Optional<MultipartReader.Part> part = reader.next();
        part.isPresent();
        part = reader.next()) {
      byte[] content = part.get().body().readAllBytes();
      assertThat(part.get().headers().get("content-length"))
          .isEqualTo(Integer.toString(content.length));
      parts.add(content);
    }
    return parts;
  }

  private static List<byte[]> parts(String path, String accept) throws Exception {
    return parts(server.sendForBytes(server.request(path).header("Accept", accept)));
  }

  @Test
  void aStudyIsFoundWithWhatAViewerLists() throws Exception {
    JsonNode studies =
        found("/studies?limit=101&offset=0&fuzzymatching=false&includefield=00081030%2C00080060");
    assertThat(studies).hasSize(1);
    JsonNode one = studies.path(0);
    assertThat(one.path("0020000D").path("Value").path(0).asText()).isEqualTo(DrawnStudy.STUDY);
    assertThat(one.path("00100010").path("Value").path(0).path("Alphabetic").asText())
        .isEqualTo("Müller^Anna");
    assertThat(one.path("00080061").path("Value").path(0).asText()).isEqualTo("CT");
    assertThat(one.path("00201206").path("Value").path(0).asInt()).isEqualTo(2);
    assertThat(one.path("00201208").path("Value").path(0).asInt()).isEqualTo(SLICES);
    assertThat(one.path("00081030").path("Value").path(0).asText()).isEqualTo("Thorax");
    JsonNode series = found("/studies/" + DrawnStudy.STUDY + "/series");
    assertThat(series).hasSize(2);
    assertThat(series.path(0).path("00200011").path("Value").path(0).asInt()).isEqualTo(1);
    assertThat(series.path(0).path("00201209").path("Value").path(0).asInt())
        .isEqualTo(SLICES / 2);
    JsonNode instances =
        found("/studies/" + DrawnStudy.STUDY + "/series/" + DrawnStudy.series(0) + "/instances");
    assertThat(instances).hasSize(SLICES / 2);
    assertThat(instances.path(0).path("00280010").path("Value").path(0).asInt())
        .isEqualTo(DrawnStudy.SIDE);
  }

  @ParameterizedTest
  @CsvSource({
    "PatientName=m*, 1",
    "PatientName=M%C3%9Cller%5EAnna, 1",
    "PatientName=%25, 0",
    "00100020=WEB-1, 1",
    "PatientID=WEB-2, 0",
    "PatientID=WEB-?, 1",
    "StudyDate=20260101-20260103, 1",
    "StudyDate=20260102, 1",
    "StudyDate=-20260101, 0",
    "StudyDate=20260103-, 0",
    "StudyTime=10-11, 1",
    "ModalitiesInStudy=CT, 1",
    "ModalitiesInStudy=MR, 0",
    "AccessionNumber=ACC7&StudyDescription=*thor*, 1",
    "StudyInstanceUID=1.2%2C2.25.7001, 1",
    "PatientID=' or 1=1, 0",
    "offset=1, 0",
    "limit=0, 0",
    "PatientBirthDate=, 1",
    "PatientName=*&StudyDate=, 1"
  })
  void aStudyIsMatched(String query, int count) throws Exception {
    assertThat(found("/studies?" + query.replace(" ", "%20").replace("'", "%27")))
        .hasSize(count);
  }

  @Test
  void pagesGoOnAndSayThatThereIsMore() throws Exception {
    List<String> uids = new ArrayList<>();
    for (int offset = 0; offset < SLICES; offset += 2) {
      JsonNode page = found("/instances?limit=2&offset=" + offset);
      assertThat(page).hasSize(2);
      page.forEach(each -> uids.add(each.path("00080018").path("Value").path(0).asText()));
    }
    assertThat(uids).doesNotHaveDuplicates().hasSize(SLICES);
  }

  @Test
  void objectsComeBackAsTheyWereSentOrInPlainLittleEndian() throws Exception {
    String all = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";
    List<byte[]> stored = parts("/dicomweb/studies/" + DrawnStudy.STUDY, all);
    assertThat(stored).hasSize(SLICES);
    for (int i = 0; i < SLICES; i++) {
      byte[] one = parts(DrawnStudy.address(i), all).getFirst();
      assertThat(dataset(one)).isEqualTo(dataset(study.file(i)));
      DicomFile plain =
          DicomFile.read(
              parts(DrawnStudy.address(i), "multipart/related; type=\"application/dicom\"")
                  .getFirst(),
              ParseLimits.standard());
      assertThat(plain.syntax().uid()).isEqualTo(UID.ExplicitVRLittleEndian);
      assertThat(plain.dataset().bytes(Tag.PixelData).orElseThrow().toArray())
          .isEqualTo(study.pixels(i));
    }
    HttpResponse<byte[]> single =
        server.sendForBytes(
            server.request(DrawnStudy.address(0)).header("Accept", "application/dicom"));
    assertThat(dataset(single.body())).isEqualTo(dataset(study.file(0)));
    assertThat(
            server
                .send(server.request(DrawnStudy.address(0)).header("Accept", "image/gif"))
                .statusCode())
        .isEqualTo(406);
  }

  /** What follows the file meta information, which is ours. */
  private static byte[] dataset(byte[] file) {
    int length =
        file[140] & 0xFF | (file[141] & 0xFF) << 8 | (file[142] & 0xFF) << 16 | file[143] << 24;
    return Arrays.copyOfRange(file, 144 + length, file.length);
  }

  @Test
  void framesComeDecodedOrAsTheyAreStored() throws Exception {
    String octets = "multipart/related; type=application/octet-stream";
    for (int i = 0; i < SLICES; i++) {
      String frame = DrawnStudy.address(i) + "/frames/1";
      assertThat(parts(frame, octets).getFirst()).isEqualTo(study.pixels(i));
    }
    String compressed = DrawnStudy.address(1) + "/frames/1";
    HttpResponse<byte[]> stored =
        server.sendForBytes(
            server.request(compressed).header("Accept", octets + "; transfer-syntax=*"));
    assertThat(parts(stored).getFirst()).startsWith(0xFF, 0xD8).hasSizeLessThan(8192);
    assertThat(new String(stored.body(), US_ASCII))
        .contains("application/octet-stream; transfer-syntax=" + UID.JPEGLSLossless);
    HttpResponse<byte[]> jls =
        server.sendForBytes(
            server.request(compressed).header("Accept", "multipart/related; type=\"image/jls\""));
    assertThat(new String(jls.body(), US_ASCII)).contains("Content-Type: image/jls");
    HttpResponse<byte[]> single =
        server.sendForBytes(
            server
                .request(DrawnStudy.address(0) + "/frames/1")
                .header("Accept", "application/octet-stream"));
    assertThat(single.body()).isEqualTo(study.pixels(0));
    for (String wrong : List.of("/frames/2", "/frames/1,2", "/frames/0", "/frames/x")) {
      assertThat(server.get(DrawnStudy.address(0) + wrong).statusCode()).isIn(400, 404);
    }
  }

  @Test
  void metadataHaveEveryAttributeAndThePlaceOfThePixels() throws Exception {
    JsonNode metadata = found("/studies/" + DrawnStudy.STUDY + "/metadata");
    assertThat(metadata).hasSize(SLICES);
    JsonNode one =
        found(DrawnStudy.address(0).substring("/dicomweb".length()) + "/metadata").path(0);
    assertThat(one.path("00100010").path("Value").path(0).path("Alphabetic").asText())
        .isEqualTo("Müller^Anna");
    assertThat(one.path("00080005").path("Value").path(0).asText()).isEqualTo("ISO_IR 192");
    assertThat(one.path("00280100").path("Value").path(0).asInt()).isEqualTo(16);
    String pixels = one.path("7FE00010").path("BulkDataURI").asText();
    assertThat(pixels).startsWith(server.base());
    HttpResponse<byte[]> bulk =
        server.sendForBytes(
            HttpRequest.newBuilder(URI.create(pixels))
                .header("Accept", "multipart/related; type=\"application/octet-stream\""));
    assertThat(parts(bulk).getFirst()).isEqualTo(study.pixels(0));
  }

  @Test
  void picturesAreDrawn() throws Exception {
    HttpResponse<byte[]> jpeg =
        server.sendForBytes(server.request(DrawnStudy.address(1) + "/rendered"));
    assertThat(jpeg.headers().firstValue("Content-Type")).contains("image/jpeg");
    HttpResponse<byte[]> png =
        server.sendForBytes(
            server
                .request(DrawnStudy.address(0) + "/frames/1/rendered?window=512,1024,linear")
                .header("Accept", "image/png"));
    BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(png.body()));
    int value = study.pixels(0)[0] & 0xFF | (study.pixels(0)[1] & 0xFF) << 8;
    assertThat(drawn.getRaster().getSample(0, 0, 0)).isBetween(value / 4 - 2, value / 4 + 2);
    HttpResponse<byte[]> small =
        server.sendForBytes(server.request(DrawnStudy.address(0) + "/rendered?viewport=16,32"));
    assertThat(ImageIO.read(new ByteArrayInputStream(small.body())).getWidth()).isEqualTo(16);
    assertThat(server.get(DrawnStudy.address(0) + "/rendered?quality=900").statusCode())
        .isEqualTo(400);
  }

  @Test
  void theSameObjectTwiceIsOneAndAnotherUnderItsUidIsWarnedOf() throws Exception {
    HttpResponse<String> again = stow("/dicomweb/studies/" + DrawnStudy.STUDY, study.body());
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(found("/instances")).hasSize(SLICES);
  }

  @Test
  void whatCannotBeStoredIsSaidAndTheRestIsStored() throws Exception {
    ByteArrayOutputStream mixed = new ByteArrayOutputStream();
    DrawnStudy.part(mixed, "no DICOM at all".getBytes(US_ASCII));
    DrawnStudy.part(mixed, study.file(0));
    DrawnStudy.part(mixed, Arrays.copyOf(study.file(0), 300));
    mixed.writeBytes(("--" + DrawnStudy.BOUNDARY + "--").getBytes(US_ASCII));
    HttpResponse<String> response = stow("/dicomweb/studies", mixed.toByteArray());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(MAPPER.readTree(response.body()).path("00081198").path("Value")).hasSize(2);
    HttpResponse<String> elsewhere = stow("/dicomweb/studies/1.2.3", study.body());
    assertThat(elsewhere.statusCode()).isEqualTo(409);
    assertThat(MAPPER.readTree(elsewhere.body()).path("00081198").path("Value")).hasSize(SLICES);
  }

  @Test
  void bodiesThatAreNoneAreRefusedWithASentence() throws Exception {
    String begin = "--" + DrawnStudy.BOUNDARY + "\r\n";
    for (String body :
        List.of(
            "",
            "nothing",
            "x".repeat(200_000),
            begin,
            begin + "no colon\r\n\r\nx",
            begin + "A: " + "a".repeat(1 << 20),
            begin + "A: a\r\n".repeat(100),
            "--" + DrawnStudy.BOUNDARY + "junk\r\n",
            "--" + DrawnStudy.BOUNDARY + "--\r\n")) {
      HttpResponse<String> response = stow("/dicomweb/studies", body.getBytes(US_ASCII));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
      assertThat(response.body().strip()).endsWith(".").doesNotContain("\n");
    }
    for (String type :
        List.of(
            "multipart/related; type=\"application/dicom\"",
            "multipart/related; type=\"application/dicom\"; boundary=" + "b".repeat(500),
            "application/dicom",
            "multipart/related; type=\"application/dicom+json\"; boundary=x")) {
      HttpResponse<String> response =
          server.send(
              server
                  .request("/dicomweb/studies")
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofByteArray(study.body())));
      assertThat(response.statusCode()).as(type).isIn(400, 415);
    }
    assertThat(found("/instances")).hasSize(SLICES);
    try (Stream<Path> left = Files.list(data.resolve("incoming"))) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/studies/..%2F..%2Fetc/series",
    "/studies/1.2.x/series",
    "/studies/%00/series",
    "/studies/-1/metadata",
    "/studies?StudyDate=tomorrow",
    "/studies?limit=-1",
    "/studies?no-attribute=1",
    "/studies?PatientName=%ZZ",
    "/nowhere",
    "/studies/2.25.7001/nowhere",
    "/studies/2.25.7001/series/2.25.7001.1/instances/2.25.7001.9.0/bulkdata/00100010",
    "/studies/2.25.7001/series/2.25.7001.1/instances/2.25.7001.9.0/bulkdata/7FE00011",
    "/studies/2.25.7001/series/2.25.7001.2/instances/2.25.7001.9.0",
    "/studies/9.9.9"
  })
  void addressesThatNameNothingAreRefused(String path) throws Exception {
    URI base = URI.create(server.base());
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /dicomweb%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
              .formatted(path)
              .getBytes(US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), US_ASCII);
      boolean named = path.endsWith("00100010");
      assertThat(answer).startsWith(named ? "HTTP/1.1 200" : "HTTP/1.1 4");
    }
  }

  /** A part that does not end is written to the disk, not to memory, and forgotten. */
  @Test
  void aPartThatDoesNotEndLeavesNothingWhenItsSenderIsGone() throws Exception {
    URI base = URI.create(server.base());
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "POST /dicomweb/studies HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n"
              + "Content-Type: " + PARTS + DrawnStudy.BOUNDARY + "\r\n\r\n--" + DrawnStudy.BOUNDARY
              + "\r\nContent-Type: application/dicom\r\n\r\n";
      out.write(head.getBytes(US_ASCII));
      out.write(study.file(0));
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        out.write(block);
      }
      out.flush();
    }
    for (int i = 0; i < 100; i++) {
      try (Stream<Path> left = Files.list(data.resolve("incoming"))) {
        if (left.findAny().isEmpty()) {
          break;
        }
      }
      Thread.sleep(100);
    }
    try (Stream<Path> left = Files.list(data.resolve("incoming"))) {
      assertThat(left).isEmpty();
    }
    assertThat(found("/instances")).hasSize(SLICES);
  }
}
