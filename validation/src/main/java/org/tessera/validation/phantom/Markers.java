package org.tessera.validation.phantom;

import java.util.Map;

/** Letters burned into a radiograph: the side marker and the machine's label. */
final class Markers {
  private static final int WIDTH = 5;

  /** Five by seven dots, one row of the letter per number, the highest bit to the left. */
  private static final Map<Character, int[]> LETTERS =
      Map.ofEntries(
          Map.entry('A', new int[] {14, 17, 17, 31, 17, 17, 17}),
          Map.entry('C', new int[] {14, 17, 16, 16, 16, 17, 14}),
          Map.entry('D', new int[] {30, 17, 17, 17, 17, 17, 30}),
          Map.entry('E', new int[] {31, 16, 16, 30, 16, 16, 31}),
          Map.entry('G', new int[] {14, 17, 16, 23, 17, 17, 14}),
          Map.entry('H', new int[] {17, 17, 17, 31, 17, 17, 17}),
          Map.entry('I', new int[] {14, 4, 4, 4, 4, 4, 14}),
          Map.entry('L', new int[] {16, 16, 16, 16, 16, 16, 31}),
          Map.entry('N', new int[] {17, 25, 21, 19, 17, 17, 17}),
          Map.entry('P', new int[] {30, 17, 17, 30, 16, 16, 16}),
          Map.entry('R', new int[] {30, 17, 17, 30, 20, 18, 17}),
          Map.entry('S', new int[] {15, 16, 16, 14, 1, 1, 30}),
          Map.entry('T', new int[] {31, 4, 4, 4, 4, 4, 4}),
          Map.entry('U', new int[] {17, 17, 17, 17, 17, 17, 14}),
          Map.entry('X', new int[] {17, 17, 10, 4, 10, 17, 17}));

  private final int rows;
  private final int columns;
  private final int dot;

  Markers(int rows, int columns, int dot) {
    this.rows = rows;
    this.columns = columns;
    this.dot = dot;
  }

  /** Burns the side marker into an upper corner and the label and view beside the other one. */
  void burn(float[] values, String label, String view, Chance look) {
    boolean left = look.in(0.6);
    float white = (float) look.between(0.85, 1);
    int margin = (int) (columns * look.between(0.05, 0.08));
    int top = (int) (rows * look.between(0.05, 0.10));
    int markerColumn = left ? columns - margin - WIDTH * dot : margin;
    write(values, left ? "L" : "R", markerColumn, top, dot, white);
    int small = Math.max(1, dot - 1);
    String text = label.equals("PA") ? view : label;
    int length = text.length() * (WIDTH + 1) * small;
    write(values, text, left ? margin : columns - margin - length, top, small, white);
  }

  private void write(float[] values, String text, int column, int row, int size, float white) {
    for (int i = 0; i < text.length(); i++) {
      int[] letter = LETTERS.getOrDefault(text.charAt(i), new int[7]);
      for (int y = 0; y < letter.length * size; y++) {
        for (int x = 0; x < WIDTH * size; x++) {
          boolean inked = (letter[y / size] >> (WIDTH - 1 - x / size) & 1) == 1;
          int px = column + i * (WIDTH + 1) * size + x;
          int py = row + y;
          if (inked && px >= 0 && px < columns && py >= 0 && py < rows) {
            values[py * columns + px] = white;
          }
        }
      }
    }
  }
}
