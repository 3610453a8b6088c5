package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;
import org.tessera.casemodel.ModelCard;

/** Writes a model as a Device (R4 8.10). */
final class DeviceWriter {
  private static final String SYSTEM = "urn:tessera:model";

  private DeviceWriter() {}

  static String identity(ModelCard model) {
    return SYSTEM + "|" + value(model);
  }

  private static String value(ModelCard model) {
    return model.sha256().orElseGet(() -> model.name() + "-" + model.version());
  }

  static ObjectNode device(ModelCard model) {
    ObjectNode device = Elements.resource("Device");
    device.putObject("meta").putArray("profile").add(Profiles.MODEL);
    device.putArray("identifier").add(Elements.identifier(SYSTEM, value(model)));
    device.putArray("deviceName").addObject().put("name", model.name()).put("type", "model-name");
    device.putObject("type").put("text", "Machine-learning model");
    device.putArray("version").addObject().put("value", model.version());
    ArrayNode properties = device.putArray("property");
    model.sha256().ifPresent(each -> property(properties, "SHA-256 of the weights", each));
    number(properties, "Parameters", model.parameters());
    number(properties, "Parameters that one token passes", model.activeParameters());
    property(properties, "Intended use", model.intendedUse());
    each(properties, "Trained on", model.trainedOn());
    each(properties, "Known limit", model.limits());
    ArrayNode notes = device.putArray("note");
    notes.addObject().put("text", "Intended use: " + model.intendedUse());
    for (String limit : model.limits()) {
      notes.addObject().put("text", "Known limit: " + limit);
    }
    return device;
  }

  private static void each(ArrayNode properties, String name, List<String> values) {
    values.forEach(value -> property(properties, name, value));
  }

  private static void property(ArrayNode properties, String name, String value) {
    ObjectNode property = properties.addObject();
    property.putObject("type").put("text", name);
    property.putArray("valueCode").addObject().put("text", value);
  }

  private static void number(ArrayNode properties, String name, OptionalLong value) {
    if (value.isPresent()) {
      ObjectNode property = properties.addObject();
      property.putObject("type").put("text", name);
      property.putArray("valueQuantity").addObject().put("value", value.getAsLong());
    }
  }
}
