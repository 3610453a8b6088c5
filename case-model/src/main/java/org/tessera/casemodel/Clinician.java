package org.tessera.casemodel;

import java.util.Optional;

/**
 * A person who signs or withdraws a result.
 *
 * @param name as shown; not blank
 * @param id identifier of a practitioner, where one is named
 * @param system who issued the identifier, as a URI
 */
public record Clinician(String name, Optional<String> id, Optional<String> system) {

  /** In words, for example {@code Dr. Kim (urn:oid:1.2.3|77)}. */
  public String words() {
    return id.map(each -> name + " (" + system.map(at -> at + "|").orElse("") + each + ")")
        .orElse(name);
  }
}
