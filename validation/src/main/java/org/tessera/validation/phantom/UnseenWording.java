package org.tessera.validation.phantom;

import java.util.List;
import java.util.Map;

/** Notes that only the test world has: nothing was ever chosen by them. */
final class UnseenWording {
  static final Wording ALL =
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
          Map.of(
              true,
              List.of(
                  "o/e {A:creps} (both bases|R base|L base).",
                  "(resp exam|chest exam): {A:crackly} (bases|on the $side).",
                  "auscultatory findings: {A:crackling sounds when breathing in}.",
                  "stethoscope: {A:crackles} in the $zone zones bilaterally."),
              false,
              List.of(
                  "o/e chest {A:NAD}.",
                  "(resp exam|chest exam): {A:good air entry, nothing added}.",
                  "auscultatory findings: {A:no crackling}.",
                  "stethoscope: {A:clear breath sounds} bilaterally.")),
          List.of(
              "PPM in situ.", "pacemaker fitted $months months ago.", "paced rhythm, device ok."),
          Map.of(
              true,
              List.of("was coughing on and off.", "some coughs on the recording."),
              false,
              List.of("there was no coughing.", "breathes calmly.")),
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
              "drinks (socially|no alcohol)."),
          Wording.OPENING,
          Wording.FIRST,
          Wording.SECOND);

  private UnseenWording() {}
}
