package org.tessera.omni.assertion;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shorthand that deals signs out to a list: {@code cough/sputum/fever (+/-/-)}. */
final class SignList {
  private static final Pattern LIST =
      Pattern.compile(
          "(?<![^(),;.:])([^/(),;.:]++(?:/[^/(),;.:+-]++){1,15})\\s*+\\(?\\s*+"
              + "([+-](?:/[+-]){1,15})\\s*\\)?");

  private SignList() {}

  /** The stance that a sign gives the mention; empty if it stands in no such list. */
  static Optional<Stance> of(String text, int start, int end) {
    Matcher list = LIST.matcher(text);
    while (list.find()) {
      if (list.start(1) <= start && end <= list.end(1)) {
        String[] signs = list.group(2).split("/", -1);
        int place = list.group(1).substring(0, start - list.start(1)).split("/", -1).length - 1;
        if (list.group(1).split("/", -1).length == signs.length) {
          return Optional.of(signs[place].equals("+") ? Stance.AFFIRMED : Stance.NEGATED);
        }
      }
    }
    return Optional.empty();
  }
}
