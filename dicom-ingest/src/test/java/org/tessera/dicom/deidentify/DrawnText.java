package org.tessera.dicom.deidentify;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Text drawn into grey pictures, as scanners and workstations burn it in. */
final class DrawnText {
  static final List<String> TEXTS =
      List.of(
          "SMITH^JOHN", "Doe, Jane", "MRN 00482913", "1962-03-14", "12/05/2021 14:33",
          "ID: A778-12", "Dr. Mueller", "ST MARY HOSPITAL", "Acc# 5521987");

  private static final String[] FONTS = {Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED};

  /** A picture before and after text was drawn into it. */
  @SuppressWarnings("ArrayRecordComponent")
  record Drawing(byte[] before, byte[] after, int columns, int rows, int size, String text) {

    /** The part of the drawn pixels that the boxes cover, 0 to 1. */
    double covered(List<Box> boxes) {
      boolean[] mask = new boolean[before.length];
      for (Box box : boxes) {
        for (int y = box.y(); y < box.bottom(); y++) {
          Arrays.fill(mask, y * columns + box.x(), y * columns + box.right(), true);
        }
      }
      int drawn = 0;
      int within = 0;
      for (int i = 0; i < before.length; i++) {
        if (Math.abs((before[i] & 0xFF) - (after[i] & 0xFF)) > 10) {
          drawn++;
          within += mask[i] ? 1 : 0;
        }
      }
      return drawn == 0 ? 0 : (double) within / drawn;
    }
  }

  private DrawnText() {}

  /** The picture on its side, as a film that was read in turned. */
  static Drawing turned(Drawing drawing) {
    return new Drawing(
        turned(drawing.before(), drawing.columns(), drawing.rows()),
        turned(drawing.after(), drawing.columns(), drawing.rows()),
        drawing.rows(),
        drawing.columns(),
        drawing.size(),
        drawing.text());
  }

  private static byte[] turned(byte[] pixels, int columns, int rows) {
    byte[] turned = new byte[pixels.length];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        turned[x * rows + rows - 1 - y] = pixels[y * columns + x];
      }
    }
    return turned;
  }

  /** Text over a drawn body: soft organs, bones as bright bands, grain. */
  static Drawing onBody(Random random, int columns, int rows) {
    byte[] ground = body(random, columns, rows);
    int size = 10 + random.nextInt(30);
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    byte[] after = ground.clone();
    Font font = new Font(FONTS[random.nextInt(3)], random.nextInt(3) == 0 ? Font.BOLD : 0, size);
    int level = random.nextBoolean() ? 255 : 0;
    int top = rows / 4 + random.nextInt(rows / 2);
    draw(after, columns, rows, text, font, level, random.nextBoolean(), 10, top);
    return new Drawing(ground, after, columns, rows, size, text);
  }

  /** Brightness 60 to 190 or so. */
  static byte[] body(Random random, int columns, int rows) {
    double tilt = random.nextDouble();
    double ribs = 18 + 10 * random.nextDouble();
    byte[] pixels = new byte[columns * rows];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        double organs = 25 * Math.sin(x / 41.0 + tilt) * Math.cos(y / 53.0);
        double bones = 25 * Math.max(0, Math.sin((y + tilt * x / 2) / ribs * Math.PI));
        double value = 110 + organs + bones + 4 * random.nextGaussian();
        pixels[y * columns + x] = (byte) Math.clamp(Math.round(value), 0, 255);
      }
    }
    return pixels;
  }

  /** Flat or noisy ground, any font, 12 to 36 points, at least 60 levels brighter or darker. */
  static Drawing random(Random random) {
    int columns = 400;
    int rows = 200;
    byte[] ground = new byte[columns * rows];
    int base = random.nextInt(90);
    double noise = random.nextBoolean() ? 0 : 3 + random.nextInt(9);
    for (int i = 0; i < ground.length; i++) {
      ground[i] = (byte) Math.clamp((long) (base + random.nextGaussian() * noise), 0, 255);
    }
    int size = 12 + random.nextInt(25);
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    int level = base + 60 + random.nextInt(256 - base - 60);
    byte[] after = ground.clone();
    Font font = new Font(FONTS[random.nextInt(3)], random.nextInt(3) == 0 ? Font.BOLD : 0, size);
    boolean outlined = random.nextBoolean();
    int top = 40 + random.nextInt(150);
    draw(after, columns, rows, text, font, level, outlined, 6, top);
    return new Drawing(ground, after, columns, rows, size, text);
  }

  /** A dark screen with a name and a number in it. */
  static byte[] screen(int columns, int rows, String name, String id) {
    byte[] pixels = new byte[columns * rows];
    draw(pixels, columns, rows, name, new Font(Font.SANS_SERIF, 0, 14), 230, true, 6, 20);
    draw(pixels, columns, rows, id, new Font(Font.MONOSPACED, Font.BOLD, 16), 150, false, 90, 120);
    draw(pixels, columns, rows, "23.06.1958", new Font(Font.SERIF, 0, 20), 255, true, 20, 240);
    return pixels;
  }

  private static void draw(
      byte[] pixels,
      int columns,
      int rows,
      String text,
      Font font,
      int level,
      boolean smooth,
      int x,
      int y) {
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
    byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(pixels, 0, data, 0, pixels.length);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING,
        smooth
            ? RenderingHints.VALUE_TEXT_ANTIALIAS_ON
            : RenderingHints.VALUE_TEXT_ANTIALIAS_OFF);
    graphics.setFont(font);
    graphics.setColor(new Color(level, level, level));
    graphics.drawString(text, x, y);
    graphics.dispose();
    System.arraycopy(data, 0, pixels, 0, pixels.length);
  }
}
