package org.tessera.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;

/**
 * Settings as text, read as what they mean. What is none is refused with one sentence that names
 * the key.
 */
final class SettingValues {
  private static final int HIGHEST_PORT = 65_535;
  private static final int DAY_SECONDS = 86_400;

  private final Map<String, String> all;

  /**
   * Settings.
   *
   * @param all key and value of every one
   */
  SettingValues(Map<String, String> all) {
    this.all = Map.copyOf(all);
  }

  String text(String key) {
    return all.getOrDefault(key, "");
  }

  /** What stands between commas. */
  List<String> list(String key) {
    return Stream.of(text(key).split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  /** A path; empty if there is no text. */
  Optional<Path> path(String key) {
    return text(key).isEmpty() ? Optional.empty() : Optional.of(Path.of(text(key)));
  }

  /** A whole number from {@code low} to {@code high}. */
  int number(String key, int low, int high) throws RejectedInputException {
    try {
      int value = Integer.parseInt(text(key));
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, with what it may be.
    }
    throw new RejectedInputException("%s is a number from %d to %d.".formatted(key, low, high));
  }

  /** So many units, at most {@code high} of them; 0 is any number. */
  long most(String key, int high, long unit) throws RejectedInputException {
    int count = number(key, 0, high);
    return count == 0 ? Long.MAX_VALUE : count * unit;
  }

  /** From {@code low} seconds to a day. */
  Duration seconds(String key, int low) throws RejectedInputException {
    return Duration.ofSeconds(number(key, low, DAY_SECONDS));
  }

  /** Address and port of {@code PREFIX.bind} and {@code PREFIX.port}. */
  InetSocketAddress address(String prefix) throws RejectedInputException {
    InetSocketAddress address =
        new InetSocketAddress(text(prefix + ".bind"), number(prefix + ".port", 0, HIGHEST_PORT));
    if (address.isUnresolved()) {
      throw new RejectedInputException("%s.bind is no address of this machine.".formatted(prefix));
    }
    return address;
  }
}
