package org.tessera.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.ErrorHandlerAdapter;

/**
 * Refuses a value that HAPI FHIR would otherwise drop; lets unknown elements pass. Writes nothing
 * to the log, which must not hold patient data.
 */
final class RefusingErrorHandler extends ErrorHandlerAdapter {

  @Override
  public void invalidValue(IParseLocation location, String value, String error) {
    throw new DataFormatException("invalid value");
  }

  @Override
  public void unexpectedRepeatingElement(IParseLocation location, String element) {
    throw new DataFormatException("repeated element");
  }
}
