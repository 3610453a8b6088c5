/**
 * {@code $analyze}: a posted FHIR record becomes a case, its result becomes FHIR resources that are
 * kept.
 *
 * <p>{@link org.tessera.runtime.analyze.RecordAnalysis} does one, {@link
 * org.tessera.runtime.analyze.AnalysisJobs} keeps those that nobody waits for, {@link
 * org.tessera.runtime.analyze.ResultResources} keeps what came out. Nothing here knows HTTP.
 */
@NullMarked
package org.tessera.runtime.analyze;

import org.jspecify.annotations.NullMarked;
