package org.tessera.omni.assertion;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cue words of a language, read from a resource: {@code [role stance]} opens a group, every
 * other line is an expression on lower-case text, {@code name := expression} defines {@code
 * <name>}. An expression of Latin letters does not match inside a word, unless it begins with
 * {@code ~}. A faulty resource is an error of the program.
 */
final class Lexicon {
  private static final Pattern HANGUL = Pattern.compile("\\p{IsHangul}");
  private static final Pattern GROUP = Pattern.compile("\\[(\\w+) (\\w+)]");
  private static final Pattern DEFINITION = Pattern.compile("(\\w+) := (.+)");
  private static final Lexicon ENGLISH = read("english.cues", Cue.Language.ENGLISH);
  private static final Lexicon KOREAN = read("korean.cues", Cue.Language.KOREAN);

  private record Entry(Cue.Role role, Stance stance, Pattern pattern) {}

  private final Cue.Language language;
  private final List<Entry> entries;

  private Lexicon(Cue.Language language, List<Entry> entries) {
    this.language = language;
    this.entries = List.copyOf(entries);
  }

  /**
   * All cues of a sentence, overlapping ones too; Korean ones only where there is Hangul.
   *
   * @param text in lower case
   */
  static List<Cue> cues(String text) {
    List<Cue> cues = new ArrayList<>();
    ENGLISH.find(text, cues);
    if (HANGUL.matcher(text).find()) {
      KOREAN.find(text, cues);
    }
    return cues;
  }

  private void find(String text, List<Cue> cues) {
    for (Entry entry : entries) {
      Matcher matcher = entry.pattern().matcher(text);
      while (matcher.find()) {
        if (matcher.end() > matcher.start()) {
          cues.add(
              new Cue(matcher.start(), matcher.end(), entry.role(), entry.stance(), language));
        }
      }
    }
  }

  private static Lexicon read(String name, Cue.Language language) {
    try (InputStream in = Objects.requireNonNull(Lexicon.class.getResourceAsStream(name));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return parse(lines.lines().toList(), language);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Lexicon parse(List<String> lines, Cue.Language language) {
    Map<String, String> definitions = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    Cue.Role role = Cue.Role.PSEUDO;
    Stance stance = Stance.AFFIRMED;
    for (String line : lines) {
      Matcher group = GROUP.matcher(line);
      Matcher definition = DEFINITION.matcher(line);
      if (group.matches()) {
        role = Cue.Role.valueOf(group.group(1).toUpperCase(Locale.ROOT));
        stance = Stance.valueOf(group.group(2).toUpperCase(Locale.ROOT));
      } else if (definition.matches()) {
        definitions.put(definition.group(1), "(?:" + definition.group(2) + ")");
      } else if (!line.isBlank() && !line.startsWith("# ")) {
        entries.add(new Entry(role, stance, compiled(line, definitions)));
      }
    }
    return new Lexicon(language, entries);
  }

  private static Pattern compiled(String line, Map<String, String> definitions) {
    String expression = line;
    for (Map.Entry<String, String> each : definitions.entrySet()) {
      expression = expression.replace("<" + each.getKey() + ">", each.getValue());
    }
    if (line.startsWith("~")) {
      return Pattern.compile(expression.substring(1));
    }
    return HANGUL.matcher(expression).find()
        ? Pattern.compile(expression)
        : Pattern.compile("(?<![\\w-])(?:" + expression + ")(?![\\w-])");
  }
}
