package org.tessera.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tessera.casemodel.RejectedInputException;

/**
 * A JSON object of a resource, read strictly: an element of the wrong form refuses the record.
 *
 * @param node the object
 * @param place where it stands, for messages, for example {@code Condition.code}
 */
record FhirElement(JsonNode node, String place) {

  /** A non-blank string. */
  Optional<String> text(String name) throws RejectedInputException {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw wrongForm(name);
    }
    return Optional.of(value.textValue()).filter(each -> !each.isBlank());
  }

  /** A number that a double can hold. */
  OptionalDouble number(String name) throws RejectedInputException {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrongForm(name);
    }
    return OptionalDouble.of(value.doubleValue());
  }

  Optional<Boolean> flag(String name) throws RejectedInputException {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw wrongForm(name);
    }
    return Optional.of(value.booleanValue());
  }

  /** A date, dateTime or instant; a date without a time is its start in UTC. */
  Optional<Instant> time(String name) throws RejectedInputException {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> time = FhirTime.instant(text.get());
    if (time.isEmpty()) {
      throw new RejectedInputException(
          "The FHIR element %s.%s is not a valid date.".formatted(place, name));
    }
    return time;
  }

  /** The first of several times that is there. */
  Optional<Instant> firstTime(String... names) throws RejectedInputException {
    for (String name : names) {
      boolean period = name.toLowerCase(Locale.ROOT).endsWith("period");
      Optional<Instant> time = period ? start(name) : time(name);
      if (time.isPresent()) {
        return time;
      }
    }
    return Optional.empty();
  }

  private Optional<Instant> start(String period) throws RejectedInputException {
    Optional<FhirElement> element = child(period);
    return element.isPresent() ? element.get().firstTime("start", "end") : Optional.empty();
  }

  /** An object. */
  Optional<FhirElement> child(String name) throws RejectedInputException {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw wrongForm(name);
    }
    return Optional.of(new FhirElement(value, place + "." + name));
  }

  /** An array of objects; empty if there is none. */
  List<FhirElement> children(String name) throws RejectedInputException {
    JsonNode values = node.path(name);
    if (values.isMissingNode() || values.isNull()) {
      return List.of();
    }
    if (!values.isArray()) {
      throw wrongForm(name);
    }
    List<FhirElement> children = new ArrayList<>(values.size());
    for (JsonNode value : values) {
      if (!value.isObject()) {
        throw wrongForm(name);
      }
      children.add(new FhirElement(value, place + "." + name));
    }
    return children;
  }

  /** The strings of an array, for example the given names. */
  List<String> texts(String name) throws RejectedInputException {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : node.path(name)) {
      if (!value.isTextual() && !value.isNull()) {
        throw wrongForm(name);
      }
      if (value.isTextual() && !value.textValue().isBlank()) {
        texts.add(value.textValue());
      }
    }
    return texts;
  }

  RejectedInputException wrongForm(String name) {
    return new RejectedInputException(
        "The FHIR element %s.%s does not have the form that FHIR R4 gives it."
            .formatted(place, name));
  }
}
