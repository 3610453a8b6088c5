package org.tessera.validation.phantom;

import java.time.Instant;
import java.util.List;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.StudyReference;

/**
 * One synthetic case in memory, with its truth. Never patient data.
 *
 * @param id name of its folder, for example {@code train-00012}
 * @param seed seed of the world it was drawn from
 * @param index its number in that world, from 0
 * @param world the population
 * @param causes why it looks as it does
 * @param patient a plainly synthetic identity
 * @param study where the radiograph would stand in a PACS
 * @param acquired time of every evidence
 * @param radiograph the image
 * @param note the note
 * @param sound 16 kHz mono, -1 to 1, already quantized to 16 bit
 * @param tissue a stained tile
 * @param facts the record
 * @param conditions under which the evidence was gathered
 * @param truth the regions, words and seconds
 */
@SuppressWarnings("ArrayRecordComponent")
public record PhantomCase(
    String id,
    long seed,
    int index,
    PhantomWorld world,
    PhantomCauses causes,
    PatientIdentity patient,
    StudyReference study,
    Instant acquired,
    PhantomRadiograph radiograph,
    String note,
    float[] sound,
    PhantomTissue tissue,
    List<RecordFact> facts,
    PhantomConditions conditions,
    PhantomTruth truth) {
  public PhantomCase {
    facts = List.copyOf(facts);
  }
}
