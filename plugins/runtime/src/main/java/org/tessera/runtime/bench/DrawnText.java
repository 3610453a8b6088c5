package org.tessera.runtime.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A text drawn onto a picture as scanners and people do: names, numbers, dates and places, 8 to 60
 * pixels high, with and without soft edges, some half transparent, some upright, some Korean;
 * bright or dark enough to be read where it stands. Families of letters and texts are others than
 * those that settings of the search were chosen with.
 *
 * @param picture with the text
 * @param pixels of the text and their neighbours
 * @param onBorder true where nothing but an even ground is behind it
 * @param upright true if it is turned by a quarter
 * @param korean true if it has Korean letters
 */
record DrawnText(
    GreyPicture picture, BitSet pixels, boolean onBorder, boolean upright, boolean korean) {
  static final List<String> FAMILIES =
      List.of("Liberation Sans", "Liberation Serif", "Liberation Mono", "Liberation Sans Narrow");
  static final String KOREAN = "NanumMyeongjo";

  private static final List<String> LATIN_TEXTS =
      List.of(
          "JOHNSON^EMILY^R",
          "Brown, Thomas",
          "PID 77120046",
          "1958-11-02",
          "23/09/2019 08:07",
          "No. K-20931",
          "Dr. Sørensen",
          "GENERAL CLINIC WEST",
          "ACC 90017734",
          "Zoë Åkesson",
          "FERNÁNDEZ, Inés",
          "Jiří Dvořák",
          "27.06.1983 F",
          "M 041Y",
          "Universitätsklinik",
          "Wu, Jun",
          "8830 15 2274");
  private static final List<String> KOREAN_TEXTS =
      List.of("이순신", "최민수 1971.12.30", "부산의료원", "등록번호 99120457", "정수빈 F/34");
  private static final int TRIES = 50;
  private static final int VISIBLE = 10;

  /** What of the families is installed, and how a text is drawn with it. */
  record Letters(List<Font> latin, Optional<Font> korean) {
    static Letters installed() {
      List<String> there =
          Arrays.asList(
              GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames());
      List<Font> latin = new ArrayList<>();
      for (String family : FAMILIES) {
        if (there.contains(family)) {
          latin.add(new Font(family, Font.PLAIN, 12));
          latin.add(new Font(family, Font.PLAIN, 12));
          latin.add(new Font(family, Font.BOLD, 12));
        }
      }
      return new Letters(
          latin,
          there.contains(KOREAN)
              ? Optional.of(new Font(KOREAN, Font.PLAIN, 12))
              : Optional.empty());
    }
  }

  /** Draws a text somewhere; empty if none of many tries fits and can be read. */
  static Optional<DrawnText> on(GreyPicture picture, Letters letters, Random random) {
    for (int i = 0; i < TRIES; i++) {
      Optional<DrawnText> drawn = attempt(picture, letters, random);
      if (drawn.isPresent()) {
        return drawn;
      }
    }
    return Optional.empty();
  }

  private static Optional<DrawnText> attempt(GreyPicture on, Letters letters, Random random) {
    boolean korean = random.nextInt(8) == 0 && letters.korean().isPresent();
    List<String> texts = korean ? KOREAN_TEXTS : LATIN_TEXTS;
    String text = texts.get(random.nextInt(texts.size()));
    int size = (int) Math.round(8 * Math.pow(60 / 8.0, random.nextDouble()));
    Font font =
        korean
            ? letters.korean().orElseThrow().deriveFont((float) Math.max(size, 10))
            : letters
                .latin()
                .get(random.nextInt(letters.latin().size()))
                .deriveFont((float) size);
    boolean upright = random.nextInt(7) == 0;
    boolean soft = size < 10 || random.nextInt(3) > 0;
    Optional<byte[]> cover = cover(on, text, font, upright, soft, random);
    if (cover.isEmpty()) {
      return Optional.empty();
    }
    Ground ground = Ground.of(on, cover.get());
    double opacity = random.nextInt(4) == 0 ? 0.4 + 0.4 * random.nextDouble() : 1;
    Optional<Integer> level = ground.level(opacity, random);
    if (level.isEmpty()) {
      return Optional.empty();
    }
    byte[] grey = on.grey().clone();
    BitSet changed = new BitSet();
    for (int i = 0; i < grey.length; i++) {
      double share = opacity * (cover.get()[i] & 0xFF) / 255;
      int before = grey[i] & 0xFF;
      int after = (int) Math.round(before * (1 - share) + level.get() * share);
      grey[i] = (byte) after;
      if (Math.abs(after - before) > VISIBLE) {
        changed.set(i);
      }
    }
    if (changed.cardinality() < VISIBLE) {
      return Optional.empty();
    }
    return Optional.of(
        new DrawnText(
            on.with(grey), widened(changed, on), ground.isEven(), upright, korean));
  }

  /** How much of each pixel the text covers, 0 to 255; empty if it does not fit. */
  private static Optional<byte[]> cover(
      GreyPicture on, String text, Font font, boolean upright, boolean soft, Random random) {
    BufferedImage mask =
        new BufferedImage(on.width(), on.height(), BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = mask.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING,
          soft
              ? RenderingHints.VALUE_TEXT_ANTIALIAS_ON
              : RenderingHints.VALUE_TEXT_ANTIALIAS_OFF);
      graphics.setFont(font);
      graphics.setColor(Color.WHITE);
      FontMetrics metrics = graphics.getFontMetrics();
      int length = metrics.stringWidth(text);
      int thick = metrics.getAscent() + metrics.getDescent();
      int wide = upright ? thick : length;
      int high = upright ? length : thick;
      if (wide + 4 > on.width() || high + 4 > on.height()) {
        return Optional.empty();
      }
      int x = 2 + random.nextInt(on.width() - wide - 3);
      int y = 2 + random.nextInt(on.height() - high - 3);
      if (random.nextInt(3) == 0) {
        x = random.nextBoolean() ? 3 : Math.max(0, on.width() - wide - 3);
      }
      if (!upright) {
        graphics.drawString(text, x, y + metrics.getAscent());
      } else {
        boolean up = random.nextBoolean();
        AffineTransform turn = new AffineTransform();
        turn.translate(
            x + (up ? metrics.getAscent() : wide - metrics.getAscent()), y + (up ? high : 0));
        turn.rotate(up ? -Math.PI / 2 : Math.PI / 2);
        graphics.setTransform(turn);
        graphics.drawString(text, 0, 0);
      }
    } finally {
      graphics.dispose();
    }
    return Optional.of(((DataBufferByte) mask.getRaster().getDataBuffer()).getData());
  }

  /** What stands behind a text. */
  private record Ground(double mean, double deviation) {
    static Ground of(GreyPicture on, byte[] cover) {
      double sum = 0;
      double square = 0;
      int count = 0;
      for (int i = 0; i < cover.length; i++) {
        if (cover[i] != 0) {
          int value = on.grey()[i] & 0xFF;
          sum += value;
          square += value * value;
          count++;
        }
      }
      double mean = sum / Math.max(1, count);
      return new Ground(
          mean, Math.sqrt(Math.max(0, square / Math.max(1, count) - mean * mean)));
    }

    boolean isEven() {
      return deviation < 5;
    }

    /** A grey that can be read on it, most often the farthest. */
    Optional<Integer> level(double opacity, Random random) {
      double need = Math.max(40, 1.5 * deviation);
      List<Integer> levels = new ArrayList<>();
      for (int value = 0; value < 256; value += 5) {
        if (Math.abs(value - mean) * opacity >= need) {
          levels.add(value);
        }
      }
      if (levels.isEmpty()) {
        return Optional.empty();
      }
      if (random.nextInt(3) == 0) {
        return Optional.of(levels.get(random.nextInt(levels.size())));
      }
      return Optional.of(255 - mean > mean ? levels.getLast() : levels.getFirst());
    }
  }

  private static BitSet widened(BitSet pixels, GreyPicture on) {
    BitSet widened = new BitSet();
    for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
      int x = i % on.width();
      int y = i / on.width();
      for (int ny = Math.max(0, y - 1); ny <= Math.min(on.height() - 1, y + 1); ny++) {
        for (int nx = Math.max(0, x - 1); nx <= Math.min(on.width() - 1, x + 1); nx++) {
          widened.set(ny * on.width() + nx);
        }
      }
    }
    return widened;
  }
}
