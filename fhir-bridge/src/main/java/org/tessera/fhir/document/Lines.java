package org.tessera.fhir.document;

/** Text that grows by words and lines, as a person would copy it from a page. */
final class Lines {
  private final StringBuilder text = new StringBuilder();

  void add(CharSequence words) {
    text.append(words);
  }

  void add(char letter) {
    text.append(letter);
  }

  void newLine() {
    text.append('\n');
  }

  void blank() {
    text.append(' ');
  }

  /** What follows is raised: 10 and a raised 9 are not 109. */
  void raise() {
    if (!text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1))) {
      text.append('^');
    }
  }

  /** Single blanks, no empty lines, none at the ends of lines. */
  String tidied() {
    return text.toString()
        .replaceAll("[ \\t\\u00A0]+", " ")
        .replaceAll(" ?[\\r\\n]+[ \\r\\n]*", "\n")
        .strip();
  }
}
