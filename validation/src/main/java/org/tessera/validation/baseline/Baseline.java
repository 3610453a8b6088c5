package org.tessera.validation.baseline;

import java.io.IOException;
import java.util.Locale;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;

/** Turns one evidence into a few numbers for a logistic regression. Stateless. */
public interface Baseline {

  /** Short name, for example {@code border}. */
  String name();

  /** The modality that it reads. */
  Modality modality();

  /** How much of the patient it can see. */
  Kind kind();

  /**
   * The numbers.
   *
   * @param content the file as received
   * @param evidence what was decoded from it, of {@link #modality()}
   * @return always the same number of features, all finite
   * @throws IOException if the content cannot be decoded
   */
  double[] features(Content content, Evidence evidence) throws IOException;

  /** How much of the patient a baseline can see. */
  enum Kind {
    /** Nothing: only how the file was made. */
    ACQUISITION,
    /** Little: the border, a thumbnail. */
    SHORTCUT,
    /** What the model sees. */
    PLAIN;

    /** The name used in JSON. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** True if a model has to beat it to be called competent. */
    public boolean shortcut() {
      return this != PLAIN;
    }
  }
}
