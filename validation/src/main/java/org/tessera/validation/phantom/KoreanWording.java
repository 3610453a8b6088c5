package org.tessera.validation.phantom;

import java.util.List;
import java.util.Map;

/** Notes in Korean, the same templates in every world. */
final class KoreanWording {
  static final Wording ALL =
      new Wording(
          Map.of(
              FeverMention.ASSERTED,
              List.of(
                  "$days일 전부터 {F:발열}이 (있음|지속됨).",
                  "{F:체온 $highC}로 (측정됨|확인됨).",
                  "{F:고열}과 (오한|식은땀)이 동반됨.",
                  "(내원 시|금일) {F:열이 있음}, 맥박 $pulse회."),
              FeverMention.DENIED,
              List.of(
                  "발열은 (없음|없었음|부인함).", "체온 $normalC로 정상임.", "열은 나지 않았다고 함."),
              FeverMention.HISTORICAL,
              List.of("$months개월 전 발열이 있었으나 호전됨.", "$year년 수술 후 발열의 과거력 있음."),
              FeverMention.FAMILY,
              List.of("(동생|딸|아들|배우자)이 최근 발열이 있었음.", "가족 중 열이 나는 사람이 있음."),
              FeverMention.CONDITIONAL,
              List.of("열이 나면 다시 내원하도록 설명함.", "발열 시 체온을 재도록 교육함.")),
          Map.of(
              NoteClaim.ASSERTED,
              List.of(
                  "외부 영상에서 {C:$koreanSide 폐 음영}이 (보고됨|관찰됨).",
                  "타 병원 사진에서 {C:$koreanSide 폐 침윤}이 의심됨."),
              NoteClaim.DENIED,
              List.of("외부 영상에서 {C:음영은 없음}.", "타 병원 사진에서 {C:폐는 깨끗함}.")),
          Map.of(
              true,
              List.of("청진상 {A:수포음}이 들림.", "$koreanSide 하부에서 {A:악설음} 청진됨."),
              false,
              List.of("청진상 {A:수포음 없음}.", "호흡음은 {A:깨끗함}.")),
          List.of(
              "심박동기를 삽입한 상태임.",
              "$year년 심박동기 삽입술을 받음.",
              "(인공 |)심박동기 (보유|유지 중).",
              "심박동기 (점검|배터리 교체)를 받음."),
          Map.of(
              true,
              List.of(
                  "진찰 중 기침을 함.",
                  "녹음 중 기침이 있었음.",
                  "(대기실에서|진료실에서) 기침을 (여러 번|계속) 함.",
                  "녹음에 기침 소리가 들림."),
              false,
              List.of(
                  "진찰 중 기침은 없었음.",
                  "녹음 중 기침하지 않음.",
                  "(대기실에서|진료실에서) 기침하지 않음.",
                  "녹음에 기침 소리 없음.",
                  "호흡은 (조용함|편안함).")),
          List.of(
              "흉부 방사선 촬영, $view.", "수술 전 (평가|검사).", "$days일간의 (기침|흉통|호흡곤란).", "정기 검진."),
          List.of(
              "(흡연자|비흡연자|$year년 금연).",
              "(고혈압|당뇨병|천식)으로 치료 중.",
              "약물 알레르기 없음.",
              "혈압 $pressure, 맥박 $pulse회.",
              "식욕은 (양호함|저하됨).",
              "(혼자|가족과 함께) 거주함."),
          "$age세 $koreanPerson.",
          List.of("의뢰 사유: ", "임상 질문: "),
          List.of("병력: ", "임상 정보: "));

  private KoreanWording() {}
}
