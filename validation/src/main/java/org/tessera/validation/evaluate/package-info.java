/**
 * The model against labelled data: scores of the model, of baselines and of shortcuts on the same
 * rows, what may be concluded from them ({@link org.tessera.validation.evaluate.CompetenceAudit}),
 * and how it is told ({@link org.tessera.validation.evaluate.EvaluationReport}).
 *
 * <p>{@code train} rows teach the baselines, {@code val} rows decide competence, operating points
 * and calibration, {@code test} rows are only ever reported.
 */
@NullMarked
package org.tessera.validation.evaluate;

import org.jspecify.annotations.NullMarked;
