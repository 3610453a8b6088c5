package org.tessera.validation.phantom;

import java.util.List;
import java.util.Map;

/**
 * The templates that notes are grown from (see {@link Phrase}).
 *
 * @param fever sentences by what they say of fever; none for {@code SILENT}
 * @param claims sentences by what they say of an opacity; none for {@code SILENT}
 * @param indications why the picture was asked for: independent of every finding
 * @param remarks anything else: independent of every finding
 */
record Wording(
    Map<FeverMention, List<String>> fever,
    Map<NoteClaim, List<String>> claims,
    List<String> indications,
    List<String> remarks) {

  static Wording of(PhantomWorld world) {
    return world.unseen() ? UNSEEN : FAMILIAR;
  }

  static final Wording FAMILIAR =
      new Wording(
          Map.of(
              FeverMention.ASSERTED,
              List.of(
                  "$he has had {F:a (|high |low-grade )fever} for (the past |)$days days.",
                  "(the patient|$he) (is|has been) {F:febrile} (today|since yesterday|on arrival|"
                      + "this morning).",
                  "{F:temperature (is|was) $highC} (at triage|in the emergency department|on the"
                      + " ward|this morning).",
                  "{F:fever (of|up to) $highC} (with|and) (chills|shivering|sweats).",
                  "(presents|referred|admitted) with {F:fever} and (malaise|sweats|muscle aches).",
                  "{F:pyrexial} at {F:$highC}.",
                  "temp {F:$highF} (this morning|this evening|at noon), (|pulse $pulse, )"
                      + "saturation $saturation %.",
                  "(reports|complains of) {F:(high|persistent|intermittent) fever}"
                      + " (and|with) (rigors|night sweats|loss of appetite).",
                  "{F:fever (persists|continues)} despite (paracetamol|antipyretics|two days of"
                      + " rest).",
                  "on examination {F:febrile}, pulse $pulse, blood pressure $pressure.",
                  "pulse $pulse, {F:temperature $highC}, saturation $saturation %.",
                  "$days days of {F:fever}(| and tiredness).",
                  "{F:fever} (since|started) (yesterday|last night|the weekend).",
                  "new {F:fever (overnight|today)}, (now|still) {F:$highC}.",
                  "{F:temperature has been (above|over) 38} for $days days."),
              FeverMention.DENIED,
              List.of(
                  "(no|denies|denies any) fever(| or chills| or night sweats).",
                  "afebrile (today|throughout|on arrival|on the ward).",
                  "temperature (is|was) $normalC(| at triage| this morning).",
                  "without fever(| or weight loss).",
                  "there (has been|was) no fever(| at any time| so far).",
                  "temp $normalF, pulse $pulse, saturation $saturation %.",
                  "fever (was|is) denied(| on direct questioning).",
                  "pulse $pulse, temperature $normalC, saturation $saturation %.",
                  "on examination afebrile, pulse $pulse, blood pressure $pressure.",
                  "temperature normal(| for the last $days days).",
                  "(has|$he has) not had (a fever|any fever)."),
              FeverMention.HISTORICAL,
              List.of(
                  "had (a|one episode of) fever $months months ago, (since resolved|which settled"
                      + " by itself|long gone).",
                  "fever last (winter|spring|year) (with|during) influenza, resolved.",
                  "past history of rheumatic fever in childhood.",
                  "previous admission with fever $months months ago, fully recovered.",
                  "was febrile after surgery in $year, not since."),
              FeverMention.FAMILY,
              List.of(
                  "(a brother|a sister|a daughter|a son|a neighbour|a colleague) (has|had) a"
                      + " fever (this week|recently|last week).",
                  "(two|several) family members (are|were) febrile (this week|recently);"
                      + " the patient is not.",
                  "lives with a child who has a fever."),
              FeverMention.CONDITIONAL,
              List.of(
                  "(return|call back|seek advice) if fever develops.",
                  "told to watch for fever after (vaccination|the procedure|discharge).",
                  "to take the temperature if (unwell|shivering).")),
          Map.of(
              NoteClaim.ASSERTED,
              List.of(
                  "{C:an opacity in the $side $zone zone} was (reported|described) on (an outside|a"
                      + " referring) film.",
                  "(an outside|the referring) radiograph {C:(reported|described|showed) (an"
                      + " opacity|a shadow|a patchy density) in the $side lung}.",
                  "referred because {C:a shadow was seen in the $side lung} elsewhere.",
                  "told that {C:there is a spot on the $side lung}.",
                  "the referrer mentions {C:(consolidation|an infiltrate) on the $side}."),
              NoteClaim.DENIED,
              List.of(
                  "(an outside|the referring) radiograph {C:(reported|described|showed) no"
                      + " opacity}.",
                  "{C:no (consolidation|opacity|infiltrate|shadow)} (on|in) the"
                      + " (outside|referring) film.",
                  "told that {C:the lungs were clear} on a film taken elsewhere.",
                  "the referrer mentions {C:clear lungs}.",
                  "{C:no lung shadow} was seen elsewhere.")),
          List.of(
              "chest radiograph, $view view.",
              "frontal chest radiograph.",
              "(check|assessment) before (surgery|anaesthesia|a new treatment).",
              "(cough|dry cough|productive cough) for $days (days|weeks).",
              "(shortness of breath|chest pain|chest tightness) (on exertion|at rest|since"
                  + " yesterday).",
              "rule out (pneumonia|heart failure|pneumothorax).",
              "(follow-up|control) (after discharge|in the outpatient clinic).",
              "fall from (a ladder|standing height), rib pain on the $side.",
              "routine (occupational|yearly|admission) examination."),
          List.of(
              "(smoker|non-smoker|former smoker|stopped smoking in $year).",
              "known (hypertension|type 2 diabetes|asthma|atrial fibrillation|hypothyroidism).",
              "takes (metformin|amlodipine|levothyroxine|no regular medication).",
              "(no known allergies|allergic to penicillin|allergic to pollen).",
              "works as (a teacher|a driver|a cook|an accountant|a gardener).",
              "lives (alone|with family|in a nursing home).",
              "blood pressure $pressure, pulse $pulse.",
              "(appetite good|appetite reduced|weight stable|slight weight loss).",
              "had (an appendectomy|a hip replacement|a hernia repair) in $year.",
              "(sleeps well|sleeps poorly|snores).",
              "(mild|occasional|no) ankle swelling.",
              "walks (without help|with a stick|two flights of stairs)."));

  static final Wording UNSEEN =
      new Wording(
          Map.of(
              FeverMention.ASSERTED,
              List.of(
                  "$he {F:spiked a temperature of $highC} (overnight|after lunch).",
                  "{F:running a (temperature|fever)} (since|for) $days days now.",
                  "{F:feverish} and (shivery|unwell) (since Monday|for two nights).",
                  "obs: HR $pulse, {F:T $highC}, sats $saturation %.",
                  "brought in by ambulance, {F:pyrexia $highC}.",
                  "tympanic reading {F:$highC} (in triage|at 6 am).",
                  "{F:fevers} and drenching sweats (all week|at night).",
                  "ongoing {F:fever}, partly relieved by ibuprofen."),
              FeverMention.DENIED,
              List.of(
                  "fever absent.",
                  "obs: HR $pulse, T $normalC, sats $saturation %.",
                  "no pyrexia (recorded|noted).",
                  "has remained afebrile (all week|since admission).",
                  "says that $he has had no fevers.",
                  "tympanic reading $normalC (in triage|at 6 am)."),
              FeverMention.HISTORICAL,
              List.of(
                  "fever as a child with measles.",
                  "a feverish illness $months months ago has cleared completely.",
                  "history: dengue fever abroad in $year, recovered."),
              FeverMention.FAMILY,
              List.of(
                  "$his (wife|husband|partner|mother) has been feverish.",
                  "household contact with fever."),
              FeverMention.CONDITIONAL,
              List.of(
                  "advised to come back should a fever occur.",
                  "safety net: any fever, phone the ward.")),
          Map.of(
              NoteClaim.ASSERTED,
              List.of(
                  "GP letter: {C:density projected over the $side $zone zone}.",
                  "an earlier reader thought {C:there was airspace shadowing on the $side}.",
                  "query raised by the night team: {C:opacification, $side $zone zone}."),
              NoteClaim.DENIED,
              List.of(
                  "GP letter: {C:no airspace shadowing}.",
                  "an earlier reader thought {C:both lungs looked clear}.",
                  "the night team saw {C:no opacification}.")),
          List.of(
              "CXR please, $view.",
              "clinical question: (cause of breathlessness|cause of cough|fitness for surgery).",
              "(unsteady gait|dizzy spell|palpitations), please image the chest.",
              "hiccups for $days days.",
              "annual review in the respiratory clinic.",
              "struck by a bicycle, bruised $side flank."),
          List.of(
              "ex-smoker, $days pack years.",
              "background: (gout|migraine|psoriasis|osteoarthritis|glaucoma).",
              "on (ramipril|sertraline|omeprazole|warfarin).",
              "NKDA.",
              "retired (nurse|welder|librarian).",
              "(keeps two cats|has a parrot|no pets).",
              "BP $pressure.",
              "gall bladder removed in $year.",
              "mobile and independent.",
              "drinks (socially|no alcohol)."));
}
