package org.tessera.omni.assertion;

/**
 * Words that change how a sentence speaks about a mention.
 *
 * @param start of the words in the sentence
 * @param end half open
 * @param role what the words do
 * @param stance what they lend; {@link Stance#AFFIRMED} where they lend nothing
 * @param language whose rules its scope follows
 */
record Cue(int start, int end, Role role, Stance stance, Language language) {

  /** The language of a cue. */
  enum Language {
    ENGLISH,
    KOREAN
  }

  /** What a cue does. */
  enum Role {
    /** Looks like a cue and is none; hides the shorter cues that it overlaps. */
    PSEUDO,
    /** Ends every scope. */
    STOP,
    /** Begins a new statement: ends scopes of denial, doubt and past. */
    TURN,
    /** Comes back to the patient: ends the scope of somebody else. */
    SUBJECT,
    /** Says that it is now: ends the scope of the past. */
    CURRENT,
    /** Speaks about what follows. */
    AHEAD,
    /** Speaks about what precedes. */
    BEHIND,
    /** Comes back to what precedes, over every turn: {@code there is none}. */
    BACK,
    /** Speaks about what stands immediately before, such as {@code (-)}. */
    TOUCHING
  }

  boolean within(int from, int to) {
    return start >= from && end <= to;
  }
}
