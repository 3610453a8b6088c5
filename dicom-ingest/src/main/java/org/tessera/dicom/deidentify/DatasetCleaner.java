package org.tessera.dicom.deidentify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.Element;
import org.tessera.dicom.ElementDictionary;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;

/**
 * Makes the de-identified copy of a data set, items of sequences included: table E.1-1 of PS3.15
 * and, for what the table does not name, rules by VR that err on the side of removing. Elements
 * that are not in the data dictionary, or whose VR is not the dictionary's, are removed.
 */
final class DatasetCleaner {
  private static final long MOST_SCANNED = 16 << 20;
  private static final long LONGEST_ZEROS = 1 << 16;
  private static final int LONG_NUMBER = 6;
  private static final int LONGEST_SHORT_STRING = 16;
  private static final int LONGEST_LONG_STRING = 64;

  private static final Pattern CHARACTER_SETS =
      Pattern.compile("(?:ISO[_ ]IR \\d{1,3}|ISO 2022 IR \\d{1,3}|GB18030|GBK|)");
  private static final Pattern NUMBER = Pattern.compile("[-+0-9.eE ]*");
  private static final Pattern AGE = Pattern.compile("[0-9]{3}[DWMY]|");
  private static final Pattern OFFSET = Pattern.compile("[-+][0-9]{4}|");
  private static final Pattern MOMENT = Pattern.compile("[-+0-9.: ]*");
  private static final Pattern CODE = Pattern.compile("[A-Z0-9_ ./a-z-]{0,64}");
  private static final Pattern DESCRIPTION =
      Pattern.compile(".*(?:Description|Comments?|Label|Notes|Text|Narrative)");

  /** UIDs of what a thing is rather than which one it is. */
  private static final Pattern KIND_UID =
      Pattern.compile(
          ".*(?:ClassUID|TransferSyntaxUID|CodingSchemeUID|ContextUID|MappingResourceUID"
              + "|ExtensionCreatorUID|ClassesInStudy|ClassesSupported|TemplateUID)");

  private final Set<ConfidentialityOption> options;
  private final Pseudonyms pseudonyms;
  private final String patient;
  private final Identifiers identifiers;
  private final TextCleaner text;
  private final DateShift shift;

  DatasetCleaner(
      Set<ConfidentialityOption> options,
      Pseudonyms pseudonyms,
      String patientIdentity,
      Identifiers identifiers) {
    this.options = options;
    this.pseudonyms = pseudonyms;
    this.patient = pseudonyms.patient(patientIdentity);
    this.identifiers = identifiers;
    this.text = new TextCleaner(identifiers);
    this.shift = new DateShift(pseudonyms.shiftDays(patientIdentity));
  }

  /** A cleaned copy; values that stay are shared with the source. */
  Attributes clean(Attributes source) {
    Attributes target = new Attributes();
    cleanInto(source, target);
    return target;
  }

  private void cleanInto(Attributes source, Attributes target) {
    if (source.contains(Tag.SpecificCharacterSet)
        && source.strings(Tag.SpecificCharacterSet).stream()
            .allMatch(term -> CHARACTER_SETS.matcher(term.strip()).matches())) {
      source.element(Tag.SpecificCharacterSet).ifPresent(target::set);
    }
    for (Element element : source) {
      if (element.tag() != Tag.SpecificCharacterSet) {
        put(element, source, target);
      }
    }
  }

  private void put(Element element, Attributes source, Attributes target) {
    int tag = element.tag();
    if (ElementDictionary.isPrivate(tag)) {
      if (options.contains(ConfidentialityOption.RETAIN_SAFE_PRIVATE)) {
        putPrivate(element, source, target);
      }
      return;
    }
    if (isNeverKept(tag)) {
      return;
    }
    VR vr = element.effectiveVr(source);
    Optional<ElementDictionary.Entry> entry = ElementDictionary.entry(tag);
    Optional<ConfidentialityTable.Row> row = ConfidentialityTable.row(tag);
    if (vr == VR.UN || (entry.isPresent() ? !fits(element, vr, entry.get()) : row.isEmpty())) {
      return;
    }
    String keyword = entry.map(ElementDictionary.Entry::keyword).orElse("");
    Action action =
        row.map(each -> ConfidentialityTable.action(each, options))
            .orElseGet(() -> byVr(tag, vr, keyword));
    boolean asked = row.filter(this::namesAPlaceOrDevice).isPresent();
    switch (action) {
      case REMOVE -> {}
      case EMPTY -> {
        // Type 3 wherever it stands, and never without items (PS3.3 C.7.2.1).
        if (tag != Tag.ReferencedStudySequence) {
          empty(tag, vr, target);
        }
      }
      case DUMMY -> dummy(element, vr, source, target);
      case MAP_UID -> mapUid(element, vr, source, target);
      case KEEP -> keep(element, vr, asked, source, target);
      case CLEAN -> cleanValue(element, vr, source, target);
    }
  }

  /** Commands, meta information, group lengths, curves, overlays, MACs: never in the output. */
  private static boolean isNeverKept(int tag) {
    int group = tag >>> 16;
    return group <= 0x0002
        || (tag & 0xFFFF) == 0
        || (group & 0xFF00) == 0x5000
        || (group & 0xFF00) == 0x6000
        || group == 0x4FFE
        || group >= 0xFFFA;
  }

  private static boolean fits(Element element, VR vr, ElementDictionary.Entry entry) {
    if (entry.vrs().contains(VR.SQ)) {
      return element.value() instanceof Sequence;
    }
    if (element.value() instanceof Sequence) {
      return false;
    }
    if (entry.vrs().contains(vr)) {
      return true;
    }
    VR stated = entry.vr();
    boolean free = stated.kind() == VR.Kind.TEXT || stated.kind() == VR.Kind.LONG_TEXT;
    if (free) {
      return vr.isText();
    }
    return stated.kind() == VR.Kind.BULK && vr.kind() == VR.Kind.BULK;
  }

  /** Kept because device or institution are asked for: such values are identifiers themselves. */
  private boolean namesAPlaceOrDevice(ConfidentialityTable.Row row) {
    return options.contains(ConfidentialityOption.RETAIN_DEVICE_IDENTITY)
            && row.options().containsKey(ConfidentialityOption.RETAIN_DEVICE_IDENTITY)
        || options.contains(ConfidentialityOption.RETAIN_INSTITUTION_IDENTITY)
            && row.options().containsKey(ConfidentialityOption.RETAIN_INSTITUTION_IDENTITY);
  }

  /** What becomes of an attribute that the table does not name. */
  private Action byVr(int tag, VR vr, String keyword) {
    return switch (vr) {
      case PN -> Action.EMPTY;
      case UR -> Action.REMOVE;
      case AE -> Action.DUMMY;
      case DA, DT, TM ->
          options.contains(ConfidentialityOption.RETAIN_MODIFIED_DATES)
              ? Action.CLEAN
              : options.contains(ConfidentialityOption.RETAIN_FULL_DATES)
                  ? Action.KEEP
                  : Action.DUMMY;
      case UI ->
          options.contains(ConfidentialityOption.RETAIN_UIDS)
                  || KIND_UID.matcher(keyword).matches()
              ? Action.KEEP
              : Action.MAP_UID;
      default -> {
        if (tag == Tag.TextValue || tag == Tag.UnformattedTextValue) {
          yield options.contains(ConfidentialityOption.CLEAN_DESCRIPTORS)
              ? Action.CLEAN
              : Action.DUMMY;
        }
        yield DESCRIPTION.matcher(keyword).matches() && vr.isText() && vr != VR.CS
            ? Action.CLEAN
            : Action.KEEP;
      }
    };
  }

  private static void empty(int tag, VR vr, Attributes target) {
    if (vr == VR.SQ) {
      target.newSequence(tag);
    } else {
      target.setEmpty(tag, vr);
    }
  }

  private void dummy(Element element, VR vr, Attributes source, Attributes target) {
    int tag = element.tag();
    if (tag == Tag.PatientID) {
      target.setString(tag, VR.LO, patient);
    } else if (element.value() instanceof Sequence sequence) {
      switch (tag) {
        case Tag.GraphicAnnotationSequence -> {}
        case Tag.ContentSequence -> dummyContent(sequence, target);
        case Tag.PersonIdentificationCodeSequence, Tag.InstitutionCodeSequence -> {
          if (sequence.size() > 0) {
            code(target.newSequence(tag), "REMOVED", "99TESSERA", "Removed");
          }
        }
        default -> items(element, target);
      }
    } else if (vr == VR.UI) {
      mapUid(element, vr, source, target);
    } else if (element.value() instanceof Bytes bytes) {
      Optional<String> dummy = Dummy.text(vr);
      if (bytes.length() == 0) {
        target.setEmpty(tag, vr);
      } else if (dummy.isPresent()) {
        target.setString(tag, vr, dummy.get());
      } else if (bytes.length() <= LONGEST_ZEROS) {
        target.setBytes(tag, vr, new byte[(int) bytes.length()]);
      }
    }
  }

  /** An SR without its content: one text that says so, which keeps the document valid. */
  private static void dummyContent(Sequence content, Attributes target) {
    Sequence replaced = target.newSequence(Tag.ContentSequence);
    if (content.size() > 0) {
      Attributes item = replaced.add(new Attributes());
      item.setString(Tag.RelationshipType, VR.CS, "CONTAINS");
      item.setString(Tag.ValueType, VR.CS, "TEXT");
      code(item.newSequence(Tag.ConceptNameCodeSequence), "121106", "DCM", "Comment");
      item.setString(Tag.TextValue, VR.UT, Dummy.TEXT);
    }
  }

  static void code(Sequence sequence, String value, String scheme, String meaning) {
    Attributes item = sequence.add(new Attributes());
    item.setString(Tag.CodeValue, VR.SH, value);
    item.setString(Tag.CodingSchemeDesignator, VR.SH, scheme);
    item.setString(Tag.CodeMeaning, VR.LO, meaning);
  }

  private void mapUid(Element element, VR vr, Attributes source, Attributes target) {
    if (element.value() instanceof Sequence) {
      items(element, target);
    } else if (vr == VR.UI) {
      List<String> mapped = new ArrayList<>();
      for (String uid : source.strings(element.tag())) {
        mapped.add(mapped(uid));
      }
      target.setString(element.tag(), VR.UI, mapped.toArray(String[]::new));
    } else {
      target.setEmpty(element.tag(), vr);
    }
  }

  /** The replacement of a UID; one that the standard itself defines stands for no instance. */
  String mapped(String uid) {
    String plain = uid.strip();
    return plain.isEmpty() || UidDictionary.name(plain).isPresent() ? plain : pseudonyms.uid(plain);
  }

  private void items(Element element, Attributes target) {
    Sequence cleaned = target.newSequence(element.tag());
    for (Attributes item : (Sequence) element.value()) {
      // Added first, so that it inherits the character set that its values are encoded in.
      cleanInto(item, cleaned.add(new Attributes()));
    }
  }

  private void keep(
      Element element, VR vr, boolean asked, Attributes source, Attributes target) {
    switch (element.value()) {
      case Sequence sequence -> items(element, target);
      case Fragments fragments -> {
        if (element.tag() == Tag.PixelData) {
          target.set(element);
        }
      }
      case Bytes bytes -> {
        if (vr.isText()) {
          keepText(element, vr, asked, source, target);
        } else if (isPixels(element.tag()) || !identifiers.occurIn(bytes, MOST_SCANNED)) {
          target.set(new Element(element.tag(), vr, bytes));
        }
      }
    }
  }

  private static boolean isPixels(int tag) {
    return tag == Tag.PixelData || tag == Tag.FloatPixelData || tag == Tag.DoubleFloatPixelData;
  }

  private void keepText(
      Element element, VR vr, boolean asked, Attributes source, Attributes target) {
    List<String> values = source.strings(element.tag());
    long length = ((Bytes) element.value()).length();
    if (values.isEmpty() && length > 0) {
      return;
    }
    if (!values.stream().allMatch(value -> isWellFormed(value, vr))
        || element.tag() == Tag.TimezoneOffsetFromUTC
            && !values.stream().allMatch(value -> OFFSET.matcher(value.strip()).matches())) {
      return;
    }
    if (asked || values.stream().noneMatch(identifiers::occurIn)) {
      target.set(new Element(element.tag(), vr, element.value()));
    } else if (vr == VR.CS) {
      target.setString(element.tag(), vr, Dummy.TEXT);
    } else if (vr == VR.DS || vr == VR.IS) {
      // A short number equals some other number by chance; a long one is that number.
      if (values.stream().allMatch(value -> value.strip().length() < LONG_NUMBER)) {
        target.set(new Element(element.tag(), vr, element.value()));
      }
    } else {
      change(element, vr, source, target, this::withoutIdentifiers);
    }
  }

  private String withoutIdentifiers(String value) {
    return identifiers.replaced(value, TextCleaner.TAKEN_OUT);
  }

  /** Values of narrow VRs that are something else are not kept: they may be anything. */
  private static boolean isWellFormed(String value, VR vr) {
    return switch (vr) {
      case DS, IS -> NUMBER.matcher(value).matches();
      case DA, DT, TM -> MOMENT.matcher(value).matches();
      case AS -> AGE.matcher(value.strip()).matches();
      case CS -> CODE.matcher(value).matches();
      case UI -> value.isBlank() || UidDictionary.isValid(value.strip());
      default -> true;
    };
  }

  private void cleanValue(Element element, VR vr, Attributes source, Attributes target) {
    if (element.value() instanceof Sequence) {
      items(element, target);
      return;
    }
    switch (vr) {
      case DA -> dates(element, vr, source, target, shift::date);
      case DT -> dates(element, vr, source, target, shift::dateTime);
      case TM -> dates(element, vr, source, target, DatasetCleaner::time);
      case AE -> change(element, vr, source, target, pseudonyms::aeTitle);
      case SH, LO, ST, LT, UC, UT, PN -> {
        if (element.tag() == Tag.TimezoneOffsetFromUTC) {
          keepText(element, vr, true, source, target);
        } else {
          change(element, vr, source, target, text::clean);
        }
      }
      default -> {
        // Nothing can be said of the content of bytes or codes: they go.
      }
    }
  }

  private static Optional<String> time(String value) {
    return value.strip().matches("[0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2}(?:\\.[0-9]{1,6})?)?)?")
        ? Optional.of(value.strip())
        : Optional.empty();
  }

  private static void dates(
      Element element,
      VR vr,
      Attributes source,
      Attributes target,
      Function<String, Optional<String>> moved) {
    List<String> values = new ArrayList<>();
    for (String value : source.strings(element.tag())) {
      String dummy = Dummy.text(vr).orElse("");
      values.add(value.isBlank() ? "" : moved.apply(value).orElse(dummy));
    }
    target.setString(element.tag(), vr, values.toArray(String[]::new));
  }

  private static void change(
      Element element,
      VR vr,
      Attributes source,
      Attributes target,
      Function<String, String> change) {
    List<String> before = source.strings(element.tag());
    List<String> after = before.stream().map(value -> shortened(change.apply(value), vr)).toList();
    if (after.equals(before)) {
      target.set(new Element(element.tag(), vr, element.value()));
    } else {
      target.setString(element.tag(), vr, after.toArray(String[]::new));
    }
  }

  private static String shortened(String value, VR vr) {
    int most =
        switch (vr) {
          case SH, CS, AE -> LONGEST_SHORT_STRING;
          case LO, PN -> LONGEST_LONG_STRING;
          default -> Integer.MAX_VALUE;
        };
    return value.length() <= most ? value : value.substring(0, most);
  }

  private void putPrivate(Element element, Attributes source, Attributes target) {
    Optional<VR> vr = SafePrivate.vr(element.tag(), source);
    if (vr.isEmpty() || !(element.value() instanceof Bytes bytes)) {
      return;
    }
    VR stated = element.vr() == VR.UN ? vr.get() : element.vr();
    if (stated != vr.get() || identifiers.occurIn(bytes, MOST_SCANNED)) {
      return;
    }
    if (stated.isText()) {
      keepText(new Element(element.tag(), stated, bytes), stated, false, source, target);
    } else {
      target.set(new Element(element.tag(), stated, bytes));
    }
    if (target.contains(element.tag())) {
      int creator = SafePrivate.creatorTag(element.tag());
      target.setString(creator, VR.LO, source.string(creator).orElse(""));
    }
  }
}
