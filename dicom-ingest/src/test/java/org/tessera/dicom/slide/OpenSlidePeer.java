package org.tessera.dicom.slide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tessera.dicom.Tool;

/** OpenSlide, asked for regions through its Python binding, and Pillow, asked for pages. */
final class OpenSlidePeer {
  private static final String READ =
      """
      import sys, openslide
      from PIL import Image
      slide = openslide.OpenSlide(sys.argv[1])
      with open(sys.argv[2], 'wb') as out:
          for region in sys.argv[3:]:
              level, x, y, w, h = map(int, region.split(','))
              pixels = slide.read_region((x, y), level, (w, h))
              white = Image.new('RGBA', pixels.size, (255, 255, 255, 255))
              out.write(Image.alpha_composite(white, pixels).convert('RGB').tobytes())
      """;

  private static final String PAGE =
      """
      import sys
      from PIL import Image
      image = Image.open(sys.argv[1])
      image.seek(int(sys.argv[3]))
      open(sys.argv[2], 'wb').write(image.convert('RGB').tobytes())
      """;

  private static final String WAVELET =
      """
      import sys
      from PIL import Image
      width, height = int(sys.argv[3]), int(sys.argv[4])
      raw = open(sys.argv[1], 'rb').read()
      image = Image.frombytes('RGB', (width, height), raw)
      image.save(sys.argv[2], 'JPEG2000', irreversible=False, mct=int(sys.argv[5]), no_jp2=True)
      """;

  private OpenSlidePeer() {}

  /** A lossless JPEG 2000 code stream of three interleaved components, by Pillow. */
  static byte[] wavelet(byte[] samples, int width, int height, boolean colours, Path scratch)
      throws IOException, InterruptedException {
    Path script = Files.writeString(scratch.resolve("wavelet.py"), WAVELET);
    Path raw = Files.write(scratch.resolve("tile.raw"), samples);
    Path code = scratch.resolve("tile.j2k");
    Tool.Outcome outcome =
        Tool.run(
            List.of(
                Tool.pythonWithOpenSlide(),
                script.toString(),
                raw.toString(),
                code.toString(),
                String.valueOf(width),
                String.valueOf(height),
                colours ? "1" : "0"));
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    return Files.readAllBytes(code);
  }

  /** RGB of a whole page of a TIFF file, by Pillow. */
  static byte[] page(Path file, int page, Path scratch) throws IOException, InterruptedException {
    Path script = Files.writeString(scratch.resolve("page.py"), PAGE);
    Path raw = scratch.resolve("page.raw");
    Tool.Outcome outcome =
        Tool.run(
            List.of(
                Tool.pythonWithOpenSlide(),
                script.toString(),
                file.toString(),
                raw.toString(),
                String.valueOf(page)));
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    return Files.readAllBytes(raw);
  }

  /** A region: origin in pixels of level 0, size in pixels of the level. */
  record Region(int level, int x, int y, int width, int height) {}

  /** RGB of each region, what was not scanned laid on white. */
  static List<byte[]> read(Path slide, List<Region> regions, Path scratch)
      throws IOException, InterruptedException {
    String python = Tool.pythonWithOpenSlide();
    Path script = Files.writeString(scratch.resolve("read.py"), READ);
    Path raw = scratch.resolve("regions.raw");
    List<String> command =
        new ArrayList<>(List.of(python, script.toString(), slide.toString(), raw.toString()));
    for (Region r : regions) {
      command.add("%d,%d,%d,%d,%d".formatted(r.level, r.x, r.y, r.width, r.height));
    }
    Tool.Outcome outcome = Tool.run(command);
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    byte[] all = Files.readAllBytes(raw);
    List<byte[]> read = new ArrayList<>();
    int at = 0;
    for (Region r : regions) {
      int length = r.width * r.height * 3;
      byte[] one = new byte[length];
      System.arraycopy(all, at, one, 0, length);
      read.add(one);
      at += length;
    }
    assertThat(at).isEqualTo(all.length);
    return read;
  }
}
