package org.tessera.dicom.codec.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Tool;
import org.tessera.dicom.codec.PixelFormat;

/** JPEG 2000 of every kind that DICOM allows, encoded by OpenJPEG and OpenJPH. */
@Tag("interop")
class Jpeg2000Test {
  private static final Jpeg2000Decoder DECODER = new Jpeg2000Decoder();

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void peer() {
    Tool.require("opj_compress");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          64  | 64  | 1 | 8  | false |
          1   | 1   | 1 | 8  | false | -n 1
          1   | 1   | 1 | 16 | true  | -n 1
          7   | 13  | 1 | 16 | true  | -n 2
          129 | 33  | 1 | 12 | false |
          129 | 33  | 1 | 12 | true  |
          97  | 201 | 1 | 16 | false |
          97  | 201 | 1 | 16 | true  |
          64  | 64  | 1 | 1  | false |
          64  | 64  | 1 | 2  | false |
          64  | 64  | 1 | 3  | true  |
          64  | 64  | 1 | 7  | true  |
          64  | 64  | 1 | 9  | true  |
          64  | 64  | 1 | 10 | false |
          64  | 64  | 1 | 11 | true  |
          64  | 64  | 1 | 13 | false |
          64  | 64  | 1 | 14 | true  |
          64  | 64  | 1 | 15 | true  |
          200 | 150 | 1 | 16 | true  | -t 17,19 -n 4
          200 | 150 | 1 | 12 | false | -t 64,64 -d 5,3 -T 5,3
          200 | 150 | 1 | 12 | false | -t 64,64 -p RPCL -TP R
          200 | 150 | 1 | 12 | true  | -r 40,20,10,1
          200 | 150 | 1 | 16 | true  | -ROI c=0,U=7
          200 | 150 | 1 | 8  | false | -ROI c=0,U=3 -t 50,50
          200 | 150 | 1 | 12 | false | -c [64,64],[32,32] -b 16,64 -SOP -EPH
          200 | 150 | 1 | 12 | true  | -M 63
          200 | 150 | 1 | 12 | true  | -M 1
          200 | 150 | 3 | 8  | false | -mct 1
          200 | 150 | 3 | 8  | false | -mct 0
          201 | 77  | 3 | 16 | false | -mct 1 -t 40,30 -n 4 -p PCRL
          201 | 77  | 3 | 12 | false | -mct 1 -p CPRL
          201 | 77  | 3 | 8  | false | -mct 1 -p RLCP -r 30,1
          """)
  void losslessIsExact(
      int rows, int columns, int samples, int bits, boolean signed, String options)
      throws IOException, InterruptedException, RejectedInputException {
    PixelFormat format = Encoded.format(rows, columns, samples, bits, signed);
    Encoded encoded =
        Encoded.byOpenJpeg(
            folder, format, 31L * rows + bits, options == null ? List.of() : words(options));
    assertThat(DECODER.decode(encoded.code(), format)).isEqualTo(encoded.values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | 150 | 1 | 8  | false | -I -r 10
          200 | 150 | 1 | 12 | false | -I -r 20,10,5
          200 | 150 | 1 | 16 | true  | -I -r 8 -t 64,64
          200 | 150 | 1 | 16 | true  | -r 8
          200 | 150 | 3 | 8  | false | -I -mct 1 -r 12
          200 | 150 | 3 | 8  | false | -I -mct 0 -r 12
          """)
  void lossyIsWithinOneLevelOfOpenJpeg(
      int rows, int columns, int samples, int bits, boolean signed, String options)
      throws IOException, InterruptedException, RejectedInputException {
    PixelFormat format = Encoded.format(rows, columns, samples, bits, signed);
    Encoded encoded = Encoded.byOpenJpeg(folder, format, bits, words(options));
    Path code = folder.resolve("picture.j2k");
    Path decoded = folder.resolve("decoded.rawl");
    Tool.run(List.of("opj_decompress", "-i", code.toString(), "-o", decoded.toString()));
    byte[] theirs = Files.readAllBytes(decoded);
    byte[] ours = DECODER.decode(encoded.code(), format);
    assertThat(theirs).hasSameSizeAs(ours);
    int count = rows * columns;
    for (int i = 0; i < count * samples; i++) {
      int plane = i % samples * count + i / samples;
      assertThat(Math.abs(value(ours, i, format) - value(theirs, plane, format)))
          .isLessThanOrEqualTo(1);
    }
  }

  private static int value(byte[] values, int index, PixelFormat format) {
    if (format.valueBytes() == 1) {
      return format.signed() ? values[index] : values[index] & 0xFF;
    }
    int low = values[2 * index] & 0xFF;
    return format.signed()
        ? values[2 * index + 1] << 8 | low
        : (values[2 * index + 1] & 0xFF) << 8 | low;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          64  | 64  | 1 | 8  |
          1   | 1   | 1 | 8  | -num_decomps 0
          7   | 13  | 1 | 16 | -num_decomps 1
          129 | 33  | 1 | 12 |
          97  | 201 | 1 | 16 |
          200 | 150 | 1 | 10 | -tile_size {64,64}
          200 | 150 | 1 | 16 | -block_size {32,32} -prog_order RPCL
          200 | 150 | 1 | 12 | -block_size {128,16} -prog_order PCRL
          200 | 150 | 3 | 8  | -colour_trans true
          200 | 150 | 3 | 16 | -colour_trans true -prog_order CPRL
          201 | 77  | 3 | 8  | -colour_trans false -tile_size {50,33}
          """)
  void highThroughputLosslessIsExact(
      int rows, int columns, int samples, int bits, String options)
      throws IOException, InterruptedException, RejectedInputException {
    Tool.require("ojph_compress");
    PixelFormat format = Encoded.format(rows, columns, samples, bits, false);
    byte[] values = Encoded.picture(format, bits);
    Path code =
        highThroughput(format, values, "-reversible true " + (options == null ? "" : options));
    assertThat(DECODER.decode(Files.readAllBytes(code), format)).isEqualTo(values);
  }

  @Test
  void highThroughputLossyIsWithinOneLevelOfOpenJph()
      throws IOException, InterruptedException, RejectedInputException {
    Tool.require("ojph_compress");
    PixelFormat format = Encoded.format(200, 150, 3, 8, false);
    byte[] values = Encoded.picture(format, 5);
    Path code = highThroughput(format, values, "-qstep 0.01");
    Path decoded = folder.resolve("decoded.ppm");
    Tool.run(List.of("ojph_expand", "-i", code.toString(), "-o", decoded.toString()));
    byte[] file = Files.readAllBytes(decoded);
    byte[] ours = DECODER.decode(Files.readAllBytes(code), format);
    int head = file.length - ours.length;
    int most = 0;
    for (int i = 0; i < ours.length; i++) {
      most = Math.max(most, Math.abs((ours[i] & 0xFF) - (file[head + i] & 0xFF)));
    }
    assertThat(most).isLessThanOrEqualTo(1);
    assertThat(ours).isNotEqualTo(values);
  }

  private Path highThroughput(PixelFormat format, byte[] values, String options)
      throws IOException, InterruptedException {
    Path picture = folder.resolve(format.samples() == 1 ? "picture.pgm" : "picture.ppm");
    byte[] body = values.clone();
    if (format.valueBytes() == 2) {
      for (int i = 0; i < body.length; i += 2) {
        body[i] = values[i + 1];
        body[i + 1] = values[i];
      }
    }
    try (var out = Files.newOutputStream(picture)) {
      out.write(
          "P%d\n%d %d\n%d\n"
              .formatted(
                  format.samples() == 1 ? 5 : 6,
                  format.columns(),
                  format.rows(),
                  (1 << format.bitsStored()) - 1)
              .getBytes(StandardCharsets.US_ASCII));
      out.write(body);
    }
    Path code = folder.resolve("picture.j2c");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("ojph_compress", "-i", picture.toString(), "-o", code.toString()));
    command.addAll(words(options));
    Tool.Outcome outcome = Tool.run(command);
    assertThat(code).as("%s %s", command, outcome.output()).exists();
    return code;
  }

  @Test
  void aJp2FileInsteadOfACodeStreamIsDecodedWithoutItsPalette()
      throws IOException, InterruptedException, RejectedInputException {
    PixelFormat format = Encoded.format(40, 50, 1, 8, false);
    Encoded encoded = Encoded.byOpenJpeg(folder, format, 3, List.of());
    Path jp2 = folder.resolve("picture.jp2");
    Tool.run(
        List.of(
            "opj_compress",
            "-i",
            folder.resolve("picture.rawl").toString(),
            "-F",
            "50,40,1,8,u",
            "-o",
            jp2.toString()));
    assertThat(DECODER.decode(Files.readAllBytes(jp2), format)).isEqualTo(encoded.values());
  }

  private static List<String> words(String options) {
    return List.of(options.strip().split(" +"));
  }
}
