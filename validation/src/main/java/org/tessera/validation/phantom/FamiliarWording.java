package org.tessera.validation.phantom;

import java.util.List;
import java.util.Map;

/** Notes that training reads. */
final class FamiliarWording {
  static final Wording ALL =
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
                  "{F:temperature has been (above|over) 38} for $days days.",
                  "vitals: pulse $pulse, BP $pressure, {F:temp $highC}, SpO2 $saturation %.",
                  "(warm|flushed) and {F:febrile} (at|to) {F:$highC}.",
                  "{F:temp(erature|) (rose|went up|climbed) to $highC} (in the evening|in the"
                      + " night|at home).",
                  "{F:(measured|recorded) $highC} (at home|by the nurse|by the family doctor)"
                      + "(| twice).",
                  "unwell with {F:fever} and (headache|a sore throat|joint pains).",
                  "{F:fever} is the (main|leading|only) complaint.",
                  "the (night shift|nurse|family) (noted|noticed|reports) {F:a fever of $highC}.",
                  "(hot|burning) to the touch, {F:thermometer (reads|shows) $highC}.",
                  "{F:hyperthermia} of {F:$highC} (noted|on admission).",
                  "$he {F:is (still |)running hot at $highC}.",
                  "{F:daily fevers} (up to $highC|in the evenings) for $days days.",
                  "ear thermometer {F:$highC}, (repeated|confirmed) (high|raised).",
                  "{F:has a (raised|high|elevated) temperature} (today|since Friday)."),
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
                  "(has|$he has) not had (a fever|any fever).",
                  "vitals: pulse $pulse, BP $pressure, temp $normalC, SpO2 $saturation %.",
                  "(measured|recorded) $normalC (at home|by the nurse|by the family doctor).",
                  "the (night shift|nurse|family) (noted|noticed) no fever.",
                  "ear thermometer $normalC, (repeated|confirmed) normal.",
                  "(is|remains|stays) (free of fever|fever-free|apyrexial).",
                  "temperature (within normal limits|unremarkable|36 point something).",
                  "never (feverish|febrile) during this illness.",
                  "neither fever nor (chills|weight loss|sweats).",
                  "thermometer (reads|shows) $normalC.",
                  "fever: (no|none|negative).",
                  "normothermic(| at $normalC)."),
              FeverMention.HISTORICAL,
              List.of(
                  "had (a|one episode of) fever $months months ago, (since resolved|which settled"
                      + " by itself|long gone).",
                  "fever last (winter|spring|year) (with|during) influenza, resolved.",
                  "past history of rheumatic fever in childhood.",
                  "previous admission with fever $months months ago, fully recovered.",
                  "was febrile after surgery in $year, not since.",
                  "fever $months months ago, (treated|gone) (within a week|with antibiotics).",
                  "childhood history of febrile seizures.",
                  "earlier this year a fever, now (well|over).",
                  "glandular fever in $year."),
              FeverMention.FAMILY,
              List.of(
                  "(a brother|a sister|a daughter|a son|a neighbour|a colleague) (has|had) a"
                      + " fever (this week|recently|last week).",
                  "(two|several) family members (are|were) febrile (this week|recently);"
                      + " the patient is not.",
                  "lives with a child who has a fever.",
                  "(father|mother|grandson|flatmate) (is ill|was ill) with fever.",
                  "contact with a feverish (cousin|classmate|co-worker)."),
              FeverMention.CONDITIONAL,
              List.of(
                  "(return|call back|seek advice) if fever develops.",
                  "told to watch for fever after (vaccination|the procedure|discharge).",
                  "to take the temperature if (unwell|shivering).",
                  "if there is fever, (start antibiotics|come back at once|call the clinic).",
                  "paracetamol (in case of|only for) fever.")),
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
          Map.of(
              true,
              List.of(
                  "{A:(fine|coarse|scattered|bibasal) crackles} (on auscultation|over the $side"
                      + " base|at both bases|are heard).",
                  "chest: {A:crackles} (on the $side|in the $zone zones|on inspiration).",
                  "auscultation {A:(reveals|showed) (inspiratory |late inspiratory |)crackles}.",
                  "{A:(crepitations|rales)} (at the $side base|over the $zone zone|noted).",
                  "lungs: {A:crackles (present|heard|audible)}, no wheeze.",
                  "breath sounds with {A:(a few|many|some) crackles}.",
                  "(listening to the chest|on auscultation) there are {A:crackles}.",
                  "{A:velcro-like crackles} (posteriorly|at the $side base).",
                  "lungs {A:crackle} (at both bases|on the $side|on deep inspiration).",
                  "{A:moist rales} (both sides|on the $side).",
                  "examination of the chest: {A:crepitant breath sounds} on the $side.",
                  "{A:added sounds: (fine|coarse) crackles}.",
                  "(heard|found) on listening: {A:crackling} over the $zone $side lung."),
              false,
              List.of(
                  "{A:no (crackles|added sounds|crepitations|rales)} (on auscultation|are heard|"
                      + "today).",
                  "{A:chest clear} (on auscultation|to auscultation|throughout).",
                  "chest: {A:vesicular breathing (|on both sides)}, {A:no crackles}.",
                  "auscultation {A:(is|was) (normal|unremarkable|clear)}.",
                  "breath sounds {A:(normal|vesicular|clear) (bilaterally|on both sides)}.",
                  "lungs: {A:free of crackles}, no wheeze.",
                  "(listening to the chest|on auscultation) there are {A:no crackles}.",
                  "{A:without (crackles|rales)} (at either base|on deep breaths).",
                  "lungs {A:clear} (at both bases|on both sides|on deep inspiration).",
                  "{A:no moist sounds} (both sides|on the $side).",
                  "examination of the chest: {A:normal breath sounds}.",
                  "{A:added sounds: none}.",
                  "(heard|found) on listening: {A:nothing abnormal}, {A:good air entry}.")),
          List.of(
              "(a |dual chamber |)pacemaker (in place|in situ|implanted in $year).",
              "has a (cardiac |permanent |)pacemaker (since $year|).",
              "pacemaker (check|follow-up) last (year|spring), no problems.",
              "(carries|lives with) a pacemaker.",
              "pacemaker (dependent|for heart block|for slow heart rate).",
              "pacemaker (implanted|placed) in $year, (battery|leads) (fine|checked).",
              "(status post|after) pacemaker (implantation|insertion).",
              "(two|three) lead (pacemaker|pacing device), (left|right) chest.",
              "generator (changed|replaced) in $year, pacemaker (works|functions) well.",
              "pacing (device|system) (present|implanted)(| $months months ago).",
              "paced (beats|complexes) on the ECG.",
              "ECG: (pacing spikes|pacing).",
              "(a |)cardiac pacing device was (implanted|put in) (in $year|$months months ago).",
              "known with a pacemaker, last (interrogation|control) (fine|normal|in spring).",
              "had a pacemaker (put in|inserted|implanted) for (syncope|bradycardia).",
              "implanted device: pacemaker, (DDD|VVI) mode.",
              "(sick sinus|AV block), (treated with|has) a pacemaker."),
          Map.of(
              true,
              List.of(
                  "coughed (during the recording|while being examined|in the waiting room).",
                  "(coughing|still coughing) (today|at the visit|during the examination).",
                  "cough (heard|noted) during the (visit|recording).",
                  "(coughs|coughed) (several times|once|twice|repeatedly) (here|today|in the"
                      + " room).",
                  "(had|has) (a coughing fit|bouts of cough) (in the room|while waiting|today).",
                  "the recording (contains|has|includes|picks up) (a cough|coughing|coughs).",
                  "(audible|frequent|repeated|occasional) cough (in the room|at the visit|now).",
                  "interrupted by (a cough|coughing) (now and then|when speaking|while talking).",
                  "(keeps|kept) coughing (in the room|throughout|during the talk).",
                  "(barking|wet|dry|hacking) coughs (heard|are heard|were heard) (here|today).",
                  "one can hear $him cough (on the tape|in the sound file|next door).",
                  "(coughing|coughs) when (lying down|breathing deeply|asked to breathe in).",
                  "sound file: (cough|coughing) (present|captured|audible).",
                  "(the nurse|the examiner) heard (a cough|some coughing|coughs).",
                  "there (was|is) (some |intermittent |)coughing (meanwhile|in between|at times).",
                  "could not stop coughing (at first|for a while|in the room).",
                  "(breathing|recording) (broken|disturbed) by coughs."),
              false,
              List.of(
                  "did not cough (during the recording|while being examined|today).",
                  "no cough (heard|noted) during the (visit|recording).",
                  "quiet breathing (at the visit|during the examination).",
                  "(no|not a single) cough (in the room|at the visit|here|now).",
                  "the recording (contains|has|includes) no (cough|coughing|coughs).",
                  "breathing (quietly|easily|without coughing|peacefully) (in the room|now|today).",
                  "(never|not once) coughed (in the room|while waiting|during the talk).",
                  "cough (absent|not heard|not observed) (today|at the visit|on the tape).",
                  "(silent|calm) breathing, no coughs.",
                  "(without|free of) cough (in the room|at the visit|on the recording).",
                  "sound file: no (cough|coughing) (present|captured|audible).",
                  "(the nurse|the examiner) heard no (cough|coughing).",
                  "there (is|were) no (cough|coughs) (meanwhile|in between|at any time).",
                  "breathes (without a sound|evenly|at ease), (no cough|not coughing).",
                  "(calm|relaxed|even) breathing (throughout|on the tape|in the room).",
                  "talks (in whole sentences|at length) without coughing.",
                  "is not coughing (now|here|today)(|, breathing calm).",
                  "(breathing|recording) undisturbed by coughs.")),
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
              "walks (without help|with a stick|two flights of stairs)."),
          Wording.OPENING,
          Wording.FIRST,
          Wording.SECOND);

  private FamiliarWording() {}
}
