package org.tessera.fhir;

import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;

/**
 * One resource of a record.
 *
 * @param type resource type, for example {@code Condition}
 * @param key type and id, for example {@code Condition/12}; where there is no id, the entry number
 * @param fullUrl the entry's own address
 * @param body its elements
 */
record FhirResource(String type, String key, Optional<String> fullUrl, FhirElement body) {

  /**
   * True if it must not be used: entered in error, asserted by software, or changed in its meaning
   * by an extension that is not understood (R4 2.4.1.1, modifier extensions).
   */
  boolean isVoid() throws RejectedInputException {
    return body.text("status").filter("entered-in-error"::equals).isPresent()
        || !body.children("modifierExtension").isEmpty()
        || isAssertedByMachine();
  }

  /**
   * True if the security label says that artificial intelligence asserted it. Such statements are
   * never evidence: results of this system would come back as their own support.
   */
  private boolean isAssertedByMachine() throws RejectedInputException {
    Optional<FhirElement> meta = body.child("meta");
    if (meta.isPresent()) {
      for (FhirElement label : meta.get().children("security")) {
        if (label.text("code").filter(Labels.AI_ASSERTED.code()::equals).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }
}
