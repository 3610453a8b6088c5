package org.tessera.server.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ServerCapabilityStatementProvider;
import jakarta.servlet.http.HttpServletRequest;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationDefinition.OperationDefinitionParameterComponent;
import org.hl7.fhir.r4.model.OperationDefinition.OperationParameterUse;

/** The CapabilityStatement, and what our operations take and give. */
final class Capabilities extends ServerCapabilityStatementProvider {

  Capabilities(RestfulServer server) {
    super(server);
    setPublisher("Tessera");
    setRestResourceRevIncludesEnabled(false);
  }

  /** Without what HAPI says of itself and is not done here. */
  @Override
  public IBaseConformance getServerConformance(
      HttpServletRequest request, RequestDetails details) {
    IBaseConformance made = super.getServerConformance(request, details);
    if (made instanceof CapabilityStatement statement) {
      statement.setName("Tessera");
      statement.getFormat().removeIf(each -> !each.getValue().matches("application/fhir.*"));
      for (CapabilityStatementRestResourceComponent each :
          statement.getRestFirstRep().getResource()) {
        each.getSearchInclude().clear();
        each.getSearchRevInclude().clear();
      }
    }
    return made;
  }

  @Override
  public IBaseResource readOperationDefinition(IIdType id, RequestDetails details) {
    IBaseResource read = super.readOperationDefinition(id, details);
    if (read instanceof OperationDefinition definition
        && definition.getCode().equals("join")) {
      definition.setTitle("Add a record to the case of a study");
      definition.setDescription(
          "A Bundle, a DocumentReference or Parameters about one patient, with an identifier and"
              + " its issuer, that names a study by its UID (urn:dicom:uid) or its accession number"
              + " (type ACSN). 200 if the study is here, 202 if the record waits for it.");
    }
    if (read instanceof OperationDefinition definition
        && definition.getCode().equals("analyze")) {
      definition.setTitle("Analyse what is known about a patient");
      definition.setDescription(
          "Reads the record, its notes and sounds, and the imaging studies that it names, those"
              + " that this server holds or that archives of its settings send. Gives the findings"
              + " whose evidence was checked. With Prefer: respond-async the answer is 202 with the"
              + " address of the status in Content-Location: 202 until it is done, then what the"
              + " synchronous call gives; DELETE cancels.");
      definition.getParameter().clear();
      definition.addParameter(
          parameter("bundle", OperationParameterUse.IN, 0, "Bundle", "The record"));
      definition.addParameter(
          parameter("resource", OperationParameterUse.IN, 0, "Resource", "A part of the record"));
      definition.addParameter(
          parameter(
              "return",
              OperationParameterUse.OUT,
              1,
              "Bundle",
              "DiagnosticReport, Observations, Device, Provenance and AuditEvent; an"
                  + " OperationOutcome says what was ignored"));
    }
    return read;
  }

  private static OperationDefinitionParameterComponent parameter(
      String name, OperationParameterUse use, int min, String type, String meaning) {
    OperationDefinitionParameterComponent parameter = new OperationDefinitionParameterComponent();
    parameter.setName(name).setUse(use).setMin(min).setType(type).setDocumentation(meaning);
    parameter.setMax(type.equals("Resource") ? "*" : "1");
    return parameter;
  }
}
