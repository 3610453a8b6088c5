package org.tessera.dicom.codec.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.TestData;
import org.tessera.dicom.Tool;
import org.tessera.dicom.UID;
import org.tessera.dicom.codec.PixelFormat;
import org.tessera.dicom.evidence.DicomDecoder;
import org.tessera.dicom.image.PixelData;
import org.tessera.dicom.image.StoredFrame;

/** Videos encoded by the system's FFmpeg, whose own decoding is the peer. */
@Tag("interop")
class VideoTest {
  private static final int FRAMES = 20;
  private static final int ROWS = 144;
  private static final int COLUMNS = 176;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void peer() {
    Tool.require("ffmpeg");
  }

  private static PixelFormat format(int bits) {
    return new PixelFormat(
        ROWS,
        COLUMNS,
        3,
        FRAMES,
        bits > 8 ? 16 : 8,
        bits,
        bits - 1,
        false,
        "YBR_PARTIAL_420",
        false,
        false);
  }

  private Path encoded(String options, String extension) throws Exception {
    Path file = folder.resolve("video." + extension);
    ffmpeg(
        "-f lavfi -i testsrc2=size=%dx%d:rate=25 -frames:v %d %s"
            .formatted(COLUMNS, ROWS, FRAMES, options),
        file);
    return file;
  }

  private static void ffmpeg(String options, Path output) throws Exception {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
    command.addAll(List.of(options.strip().split(" +")));
    command.add(output.toString());
    Tool.Outcome outcome = Tool.run(command);
    assertThat(outcome.exit()).as("%s %s", command, outcome.output()).isZero();
  }

  private byte[] peersFrames(Path file, String pixels) throws Exception {
    Path raw = folder.resolve("frames.raw");
    ffmpeg(
        "-i %s -sws_flags bicubic+accurate_rnd+full_chroma_int -f rawvideo -pix_fmt %s"
            .formatted(file, pixels),
        raw);
    return Files.readAllBytes(raw);
  }

  /** The stream in pieces of odd sizes, as fragments may be. */
  private static List<Bytes> fragments(byte[] stream) {
    int first = stream.length / 3 + 1;
    int second = stream.length / 2 + 7;
    return List.of(
        Bytes.of(Arrays.copyOfRange(stream, 0, first)),
        Bytes.of(Arrays.copyOfRange(stream, first, second)),
        Bytes.of(Arrays.copyOfRange(stream, second, stream.length)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -c:v mpeg2video -q:v 3 -bf 2 -pix_fmt yuv420p                     | ts
          -c:v mpeg2video -q:v 3 -bf 2 -pix_fmt yuv420p                     | mpg
          -c:v mpeg2video -q:v 3 -pix_fmt yuv420p -flags +ildct+ilme        | m2v
          -c:v libx264 -bf 3 -g 8 -pix_fmt yuv420p                          | mp4
          -c:v libx264 -bf 3 -g 8 -pix_fmt yuv420p                          | ts
          -c:v libx264 -bf 3 -g 8 -pix_fmt yuv420p                          | h264
          -c:v libx264 -pix_fmt yuv420p -colorspace bt709 -color_range tv   | mp4
          -c:v libx265 -x265-params log-level=none -pix_fmt yuv420p         | mp4
          -c:v libx265 -x265-params log-level=none -bf 3 -pix_fmt yuv420p   | ts
          """)
  void everyFrameIsThatOfFfmpegWithinTwoLevels(String options, String extension)
      throws Exception {
    Path file = encoded(options, extension);
    byte[] theirs = peersFrames(file, "rgb24");
    int size = ROWS * COLUMNS * 3;
    assertThat(theirs).hasSize(FRAMES * size);
    VideoFrames video = new VideoFrames(fragments(Files.readAllBytes(file)), format(8));
    int most = 0;
    for (int index = 0; index < FRAMES; index++) {
      byte[] ours = video.frame(index);
      for (int i = 0; i < size; i++) {
        most = Math.max(most, Math.abs((ours[i] & 0xFF) - (theirs[index * size + i] & 0xFF)));
      }
    }
    assertThat(most).isLessThanOrEqualTo(2);
    assertThatThrownBy(() -> video.frame(FRAMES))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage("The video ends after 20 frames, the data set promises more.");
    assertThat(video.frame(3)).isEqualTo(video.frame(3)).isNotEqualTo(video.frame(2));
  }

  @Test
  void tenBitsOfHevcAreKept() throws Exception {
    Path file = encoded("-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p10le", "mp4");
    byte[] theirs = peersFrames(file, "gbrp10le");
    VideoFrames video = new VideoFrames(fragments(Files.readAllBytes(file)), format(10));
    int plane = ROWS * COLUMNS;
    int most = 0;
    int highest = 0;
    for (int index = 0; index < FRAMES; index++) {
      byte[] ours = video.frame(index);
      for (int i = 0; i < plane * 3; i++) {
        int at = index * plane * 3 + (i % 3 + 2) % 3 * plane + i / 3;
        most = Math.max(most, Math.abs(word(ours, i) - word(theirs, at)));
        highest = Math.max(highest, word(ours, i));
      }
    }
    assertThat(most).isLessThanOrEqualTo(2);
    assertThat(highest).isBetween(900, 1023);
  }

  private static int word(byte[] values, int index) {
    return values[2 * index] & 0xFF | (values[2 * index + 1] & 0xFF) << 8;
  }

  @Test
  void aDicomFileWithAVideoGivesItsFramesInAnyOrder() throws Exception {
    Path file = encoded("-c:v libx264 -bf 3 -pix_fmt yuv420p", "mp4");
    byte[] theirs = peersFrames(file, "rgb24");
    Path dicom = folder.resolve("video.dcm");
    Files.write(dicom, dicom(UID.MPEG4HP41, Files.readAllBytes(file)));
    PixelData pixels = PixelData.of(DicomFile.read(dicom), ParseLimits.standard());
    assertThat(pixels.frames()).isEqualTo(FRAMES);
    // No modality and no rate is stated; a stream of video is moving pictures all the same.
    assertThat(new DicomDecoder().decode(TestData.content(dicom), TestData.context()))
        .singleElement()
        .isInstanceOf(CineEvidence.class);
    assertThat(pixels.photometricInterpretation()).isEqualTo("RGB");
    int size = ROWS * COLUMNS * 3;
    for (int number : new int[] {20, 1, 7, 8, 2}) {
      StoredFrame frame = pixels.frame(number);
      for (int i = 0; i < size; i++) {
        assertThat(frame.data()[i] & 0xFF)
            .isBetween(
                (theirs[(number - 1) * size + i] & 0xFF) - 2,
                (theirs[(number - 1) * size + i] & 0xFF) + 2);
      }
    }
  }

  @Test
  void damagedVideosAreDecodedOrRefused() throws Exception {
    byte[] stream = Files.readAllBytes(encoded("-c:v libx264 -bf 3 -pix_fmt yuv420p", "ts"));
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 40; i++) {
      byte[] damaged =
          i % 2 == 0
              ? Arrays.copyOf(stream, random.nextInt(stream.length))
              : stream.clone();
      for (int change = 0; change < 20 && damaged.length > 0; change++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        new VideoFrames(List.of(Bytes.of(damaged)), format(8)).frame(FRAMES - 1);
      } catch (RejectedInputException e) {
        assertThat(e.sentence()).matches(TestData::isOneSentence);
        refused++;
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(15);
  }

  @Test
  void whatIsNoVideoIsRefusedTimeAndAgainAndTheNextVideoDecodes() throws Exception {
    byte[] good = Files.readAllBytes(encoded("-c:v mpeg2video -q:v 3 -pix_fmt yuv420p", "ts"));
    byte[] playlist = text("#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n", '\n');
    Path audio = folder.resolve("sound.mp4");
    ffmpeg("-f lavfi -i sine=duration=0.2 -c:a aac", audio);
    Path other = encoded("-c:v mjpeg -pix_fmt yuvj420p", "mp4");
    List<byte[]> bad =
        List.of(playlist, Files.readAllBytes(audio), Files.readAllBytes(other), new byte[0]);
    for (int i = 0; i < 24; i++) {
      VideoFrames video = new VideoFrames(List.of(Bytes.of(bad.get(i % 4))), format(8));
      assertThatThrownBy(() -> video.frame(0))
          .isInstanceOf(RejectedInputException.class)
          .hasMessageMatching(
              "The pixel data hold no video that can be decoded\\."
                  + "|The video is in a coding that is not decoded\\.");
    }
    assertThat(new VideoFrames(List.of(Bytes.of(good)), format(8)).frame(0)).isNotEmpty();
  }

  @Test
  void codingsWithoutADecoderAreRefusedByTheirName() throws Exception {
    for (String syntax : List.of(UID.MPEG4HP42STEREO, "1.2.840.10008.1.2.4.110")) {
      Path dicom = folder.resolve("video.dcm");
      Files.write(dicom, dicom(syntax, new byte[100]));
      assertThatThrownBy(
              () -> PixelData.of(DicomFile.read(dicom), ParseLimits.standard()).frame(1))
          .isInstanceOf(RejectedInputException.class)
          .hasMessageMatching("Transfer syntax .* is not decoded yet\\.");
    }
  }

  /** A data set with one empty offset table and the stream as one fragment (PS3.5 A.4.6). */
  private static byte[] dicom(String syntax, byte[] stream) throws IOException {
    ByteArrayOutputStream meta = new ByteArrayOutputStream();
    element(meta, 0x0002_0010, "UI", text(syntax, '\0'));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[128]);
    out.write(text("DICM", ' '));
    element(out, 0x0002_0000, "UL", number(4, meta.size()));
    meta.writeTo(out);
    element(out, 0x0008_0016, "UI", text(UID.VideoEndoscopicImageStorage, '\0'));
    element(out, 0x0028_0002, "US", number(2, 3));
    element(out, 0x0028_0004, "CS", text("YBR_PARTIAL_420", ' '));
    element(out, 0x0028_0006, "US", number(2, 0));
    element(out, 0x0028_0008, "IS", text(Integer.toString(FRAMES), ' '));
    element(out, 0x0028_0010, "US", number(2, ROWS));
    element(out, 0x0028_0011, "US", number(2, COLUMNS));
    element(out, 0x0028_0100, "US", number(2, 8));
    element(out, 0x0028_0101, "US", number(2, 8));
    element(out, 0x0028_0102, "US", number(2, 7));
    element(out, 0x0028_0103, "US", number(2, 0));
    out.write(tag(0x7FE0_0010));
    out.write(text("OB", ' '));
    out.write(number(2, 0));
    out.write(number(4, 0xFFFFFFFF));
    out.write(tag(0xFFFE_E000));
    out.write(number(4, 0));
    out.write(tag(0xFFFE_E000));
    out.write(number(4, stream.length + stream.length % 2));
    out.write(Arrays.copyOf(stream, stream.length + stream.length % 2));
    out.write(tag(0xFFFE_E0DD));
    out.write(number(4, 0));
    return out.toByteArray();
  }

  private static void element(ByteArrayOutputStream out, int tag, String vr, byte[] value)
      throws IOException {
    out.write(tag(tag));
    out.write(text(vr, ' '));
    out.write(number(2, value.length));
    out.write(value);
  }

  private static byte[] tag(int tag) {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putShort((short) (tag >>> 16)).putShort((short) tag).array();
  }

  private static byte[] text(String text, char padding) {
    String even = text.length() % 2 == 0 ? text : text + padding;
    return even.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] number(int bytes, int value) {
    byte[] all = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    return Arrays.copyOf(all, bytes);
  }
}
