package org.tessera.validation.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tessera.casemodel.RejectedInputException;

/**
 * Text files in which some blocks are generated and the rest is written by people. A block stands
 * between the lines {@code <!-- begin NAME -->} and {@code <!-- end NAME -->}.
 */
public final class MarkedBlocks {
  private MarkedBlocks() {}

  /**
   * Looks before the work is done whether there is something to update.
   *
   * @throws RejectedInputException if one of the files is not there
   */
  public static void require(List<Path> files) throws RejectedInputException {
    for (Path file : files) {
      if (!Files.isWritable(file) || !Files.isRegularFile(file)) {
        throw new RejectedInputException("There is no such text file that can be written.");
      }
    }
  }

  /**
   * Replaces the blocks that the file has; other blocks and all other text stay as they are.
   *
   * @param file UTF-8
   * @param blocks new text by name
   * @return names of the blocks that were replaced
   * @throws IOException if the file cannot be read or written, or a block has no end
   */
  public static Set<String> update(Path file, Map<String, String> blocks) throws IOException {
    String text = Files.readString(file);
    Set<String> replaced = new TreeSet<>();
    for (Map.Entry<String, String> block : blocks.entrySet()) {
      String begin = "<!-- begin " + block.getKey() + " -->\n";
      String end = "<!-- end " + block.getKey() + " -->";
      int from = text.indexOf(begin);
      if (from >= 0) {
        int to = text.indexOf(end, from);
        if (to < 0) {
          throw new IOException("The block " + block.getKey() + " has no end.");
        }
        text =
            text.substring(0, from + begin.length())
                + block.getValue().strip()
                + "\n"
                + text.substring(to);
        replaced.add(block.getKey());
      }
    }
    Files.writeString(file, text);
    return replaced;
  }
}
