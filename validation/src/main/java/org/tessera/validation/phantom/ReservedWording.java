package org.tessera.validation.phantom;

import java.util.List;
import java.util.Map;

/**
 * Notes that only the validation world has. What is set by validation (calibration, thresholds, the
 * epoch that is kept) is so set on wordings that training never read, as it will be used.
 */
final class ReservedWording {
  static final Wording ALL =
      new Wording(
          Map.of(
              FeverMention.ASSERTED,
              List.of(
                  "{F:temperature up to $highC} at (its|the) highest (yesterday|last evening).",
                  "hot and flushed, {F:$highC by mouth}.",
                  "main problem: {F:fever} that (comes and goes|will not settle).",
                  "the rectal temperature {F:was $highC} (on the ward round|at noon).",
                  "signs: {F:temperature $highC}, heart rate $pulse, oxygen $saturation %.",
                  "{F:swinging fever} with (chills at night|shaking).",
                  "came (in|here) because of {F:fever} (and weakness|since the weekend).",
                  "{F:still febrile} on day $days of treatment."),
              FeverMention.DENIED,
              List.of(
                  "signs: temperature $normalC, heart rate $pulse, oxygen $saturation %.",
                  "at no (point|time) was there a fever.",
                  "$he (did not notice|does not report) any fever.",
                  "not febrile (here|when seen).",
                  "the temperature (chart|curve) is flat.",
                  "$normalC by mouth.",
                  "body temperature (not raised|as it should be)."),
              FeverMention.HISTORICAL,
              List.of(
                  "(Q|Lassa|scarlet) fever in $year, no sequelae.",
                  "a bout of fever $months months back, over after three days.",
                  "in $year admitted for fever of unknown origin, since then well."),
              FeverMention.FAMILY,
              List.of(
                  "the (children|grandchildren) at home are down with fever.",
                  "$his (aunt|uncle|roommate) had a fever (at the weekend|lately).",
                  "fever among (the relatives|others in the house)."),
              FeverMention.CONDITIONAL,
              List.of(
                  "should see a doctor again in case of fever.",
                  "please ring if a fever appears.",
                  "plan: blood cultures if febrile.")),
          Map.of(
              NoteClaim.ASSERTED,
              List.of(
                  "film from the country hospital: {C:cloudy patch in the $zone $side field}.",
                  "the previous report names {C:a focal density on the $side}.",
                  "according to the family doctor {C:the $side lung is shadowed}.",
                  "transferred with {C:a known infiltration of the $side lung}."),
              NoteClaim.DENIED,
              List.of(
                  "film from the country hospital: {C:lung fields free}.",
                  "the previous report names {C:no focal density}.",
                  "according to the family doctor {C:nothing is seen in the lungs}.",
                  "transferred with {C:an unremarkable film}.")),
          Map.of(
              true,
              List.of(
                  "with the stethoscope one hears {A:fine crackling} at the $side base.",
                  "lung sounds: {A:crackles on breathing in}.",
                  "{A:inspiratory crepitus} (in the $zone fields|on both sides).",
                  "respiratory: {A:scattered rales}, not cleared by coughing.",
                  "pulmonary findings: {A:bubbling sounds} over the $side lung."),
              false,
              List.of(
                  "with the stethoscope one hears {A:nothing unusual}.",
                  "lung sounds: {A:pure, no crackles}.",
                  "{A:no crepitus} (in any field|on either side).",
                  "respiratory: {A:equal air entry, no rales}.",
                  "pulmonary findings: {A:none}.")),
          List.of(
              "wears a pacemaker (since $year|).",
              "(electronic|programmable) pacemaker, (last seen|checked) $months months ago.",
              "bradycardia, hence a pacemaker.",
              "leads of a pacemaker are to be expected on the film."),
          Map.of(
              true,
              List.of(
                  "a cough (disturbs|breaks into) the sound (track|sample).",
                  "had to cough (twice|more than once) meanwhile.",
                  "cough observed by the staff."),
              false,
              List.of(
                  "no cough (disturbs|breaks into) the sound (track|sample).",
                  "did not have to cough meanwhile.",
                  "cough not observed by the staff.")),
          List.of(
              "$view chest film requested.",
              "to clear for (dental surgery|cataract surgery|a flight).",
              "(weight loss|hoarseness|night cramps), image of the chest wanted.",
              "contact tracing, chest film.",
              "hit the $side chest on a door frame.",
              "baseline film before (biologics|chemotherapy)."),
          List.of(
              "gave up smoking $months months ago.",
              "long-standing (eczema|epilepsy|pollen allergy|anaemia|back pain).",
              "tablets: (bisoprolol|pantoprazole|simvastatin|apixaban).",
              "penicillin and latex tolerated.",
              "formerly (a baker|a miner|an electrician|a seamstress).",
              "RR $pressure.",
              "tonsils out in $year.",
              "uses a walking frame outdoors.",
              "eats and drinks well."),
          Wording.OPENING,
          Wording.FIRST,
          Wording.SECOND);

  private ReservedWording() {}
}
