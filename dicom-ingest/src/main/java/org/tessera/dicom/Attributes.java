package org.tessera.dicom;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A data set: elements in the order of their tags, each at most once (PS3.5 7.1).
 *
 * <p>Reading is safe for several threads as long as nobody writes. Values that are absent, empty or
 * not readable as what was asked for come back as an empty Optional or list.
 */
public final class Attributes implements Iterable<Element> {
  private static final Element[] NONE = {};

  private Element[] elements = NONE;
  private int size;
  private @Nullable Attributes parent;
  private volatile @Nullable SpecificCharacterSet characterSet;
  private boolean undefinedLength;
  private long displaced;
  private @Nullable List<Element> asRead;

  /**
   * Puts an element that was read. Where elements come out of order, twice, or are stray
   * delimiters, the order of the file is remembered until something is changed.
   */
  void read(Element element) {
    boolean inOrder =
        size == 0 || Integer.compareUnsigned(elements[size - 1].tag(), element.tag()) < 0;
    List<Element> order = asRead;
    if (order == null && !inOrder) {
      order = new ArrayList<>(Arrays.asList(elements).subList(0, size));
      asRead = order;
    }
    if (element.group() != 0xFFFE) {
      put(element);
    }
    if (order != null) {
      order.add(element);
    }
  }

  /** A delimiter that closes nothing; it is no element, but stands in the file. */
  void readStray(Element delimiter) {
    if (asRead == null) {
      asRead = new ArrayList<>(Arrays.asList(elements).subList(0, size));
    }
    asRead.add(delimiter);
  }

  /** The elements as they stood in the file, stray delimiters and repeated ones included. */
  Iterable<Element> asRead() {
    return asRead == null ? this : asRead;
  }

  void setParent(Attributes parent) {
    this.parent = parent;
  }

  Optional<Attributes> parent() {
    return Optional.ofNullable(parent);
  }

  void setUndefinedLength(boolean undefinedLength) {
    this.undefinedLength = undefinedLength;
  }

  boolean undefinedLength() {
    return undefinedLength;
  }

  /** How many elements had to be moved for those that came out of order. */
  long displaced() {
    return displaced;
  }

  /** Number of elements, items of sequences not counted. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  private int indexOf(int tag) {
    if (size > 0 && Integer.compareUnsigned(elements[size - 1].tag(), tag) < 0) {
      return -(size + 1);
    }
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compareUnsigned(elements[middle].tag(), tag);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -(low + 1);
  }

  /** Puts an element in its place; one with the same tag is replaced. */
  public void set(Element element) {
    asRead = null;
    put(element);
  }

  private void put(Element element) {
    int index = indexOf(element.tag());
    if (index >= 0) {
      elements[index] = element;
    } else {
      int place = -(index + 1);
      if (size == elements.length) {
        elements = Arrays.copyOf(elements, Math.max(16, size * 2));
      }
      System.arraycopy(elements, place, elements, place + 1, size - place);
      elements[place] = element;
      displaced += size - place;
      size++;
    }
    if (element.tag() == Tag.SpecificCharacterSet) {
      characterSet = null;
    }
  }

  /** Removes an element, if it is there. */
  public void remove(int tag) {
    int index = indexOf(tag);
    if (index >= 0) {
      asRead = null;
      System.arraycopy(elements, index + 1, elements, index, size - index - 1);
      size--;
      if (tag == Tag.SpecificCharacterSet) {
        characterSet = null;
      }
    }
  }

  /** The element of a tag. */
  public Optional<Element> element(int tag) {
    int index = indexOf(tag);
    return index >= 0 ? Optional.of(elements[index]) : Optional.empty();
  }

  /** True if the element is there, even without a value. */
  public boolean contains(int tag) {
    return indexOf(tag) >= 0;
  }

  /** True if the element is there and has a value. */
  public boolean containsValue(int tag) {
    return element(tag).filter(element -> !isEmptyValue(element.value())).isPresent();
  }

  private static boolean isEmptyValue(Value value) {
    return switch (value) {
      case Bytes bytes -> bytes.length() == 0;
      case Sequence sequence -> sequence.size() == 0;
      case Fragments fragments -> fragments.parts().isEmpty();
    };
  }

  @Override
  public Iterator<Element> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      public Element next() {
        if (next >= size) {
          throw new NoSuchElementException();
        }
        return elements[next++];
      }
    };
  }

  /** The character set of this data set or item: its own, else that of the enclosing one. */
  public SpecificCharacterSet characterSet() {
    SpecificCharacterSet known = characterSet;
    if (known != null) {
      return known;
    }
    SpecificCharacterSet found;
    if (contains(Tag.SpecificCharacterSet)) {
      // Whatever VR it has: a text VR would ask for the character set, that is for itself.
      found =
          bytes(Tag.SpecificCharacterSet)
              .map(bytes -> SpecificCharacterSet.of(Values.terms(bytes)))
              .orElse(SpecificCharacterSet.ASCII);
    } else {
      found = parent == null ? SpecificCharacterSet.ASCII : parent.characterSet();
    }
    characterSet = found;
    return found;
  }

  /** Who reserved the block of a private element (PS3.5 7.8.1); empty for other elements. */
  public Optional<String> privateCreator(int tag) {
    int block = tag >>> 8 & 0xFF;
    return ElementDictionary.isPrivate(tag) && block >= 0x10
        ? creator(tag & 0xFFFF0000 | block)
        : Optional.empty();
  }

  /** Asked for by every element of a block, so a long text there must not be read each time. */
  private Optional<String> creator(int tag) {
    return bytes(tag).filter(bytes -> bytes.length() <= ParseLimits.LONGEST_CREATOR).isPresent()
        ? string(tag)
        : Optional.empty();
  }

  /** What the dictionaries know of a tag in this data set, private ones by their creator. */
  public Optional<ElementDictionary.Entry> entry(int tag) {
    return ElementDictionary.isPrivate(tag)
        ? privateCreator(tag).flatMap(creator -> PrivateDictionary.entry(creator, tag))
        : ElementDictionary.entry(tag);
  }

  /** The bytes of a value that is neither a sequence nor encapsulated. */
  public Optional<Bytes> bytes(int tag) {
    return element(tag).map(Element::value).filter(Bytes.class::isInstance).map(Bytes.class::cast);
  }

  /** All values as text; empty values between others stay as empty strings. */
  public List<String> strings(int tag) {
    return element(tag).map(element -> Values.strings(element, this)).orElse(List.of());
  }

  /** The first value as text, unless it is empty. */
  public Optional<String> string(int tag) {
    List<String> values = strings(tag);
    return values.isEmpty() || values.getFirst().isEmpty()
        ? Optional.empty()
        : Optional.of(values.getFirst());
  }

  /** The first value as an integer (US, SS, UL, SL, IS, ...). */
  public OptionalInt integer(int tag) {
    double[] values = first(tag);
    return values.length > 0 && values[0] == Math.rint(values[0]) && Math.abs(values[0]) < 1L << 31
        ? OptionalInt.of((int) values[0])
        : OptionalInt.empty();
  }

  /** The first value as an integer, or {@code otherwise}. */
  public int integer(int tag, int otherwise) {
    return integer(tag).orElse(otherwise);
  }

  /** The first value as a number (DS, IS, FL, FD, US, ...). */
  public OptionalDouble real(int tag) {
    double[] values = first(tag);
    return values.length > 0 && Double.isFinite(values[0])
        ? OptionalDouble.of(values[0])
        : OptionalDouble.empty();
  }

  private double[] first(int tag) {
    return element(tag).map(element -> Values.first(element, this)).orElse(new double[0]);
  }

  /** All values as numbers; NaN where a value is empty or no number. At most 65,536 are read. */
  public double[] reals(int tag) {
    return element(tag).map(element -> Values.reals(element, this)).orElse(new double[0]);
  }

  /** The items of a sequence. */
  public List<Attributes> items(int tag) {
    return element(tag)
        .map(Element::value)
        .filter(Sequence.class::isInstance)
        .map(value -> ((Sequence) value).items())
        .orElse(List.of());
  }

  /** The first item of a sequence. */
  public Optional<Attributes> item(int tag) {
    List<Attributes> items = items(tag);
    return items.isEmpty() ? Optional.empty() : Optional.of(items.getFirst());
  }

  /** The person name, if it is there. */
  public Optional<PersonName> personName(int tag) {
    return string(tag).map(PersonName::parse);
  }

  /**
   * Sets text values; they are encoded in the character set of this data set.
   *
   * @throws IllegalArgumentException if the VR is not text, or a DS or IS has more than its 16 or
   *     12 characters, is no number, or lies outside of 32 bits (PS3.5 6.2)
   */
  public Attributes setString(int tag, VR vr, String... values) {
    for (String value : values) {
      if (!NumberText.isWritable(vr, value)) {
        throw new IllegalArgumentException("A value cannot be written as " + vr + ".");
      }
    }
    return setText(tag, vr, values);
  }

  /** Sets text values as they are, whatever they say: what somebody else wrote. */
  Attributes setText(int tag, VR vr, String... values) {
    if (!vr.isText()) {
      throw new IllegalArgumentException(vr + " is not text.");
    }
    String joined = String.join("\\", values);
    byte[] bytes =
        vr.usesCharacterSet()
            ? characterSet().encode(joined, vr)
            : joined.getBytes(StandardCharsets.US_ASCII);
    return setBytes(tag, vr, bytes);
  }

  /** Sets bytes as they are (little endian); an odd length is padded. */
  public Attributes setBytes(int tag, VR vr, byte[] bytes) {
    byte[] even = bytes;
    if (bytes.length % 2 != 0) {
      even = Arrays.copyOf(bytes, bytes.length + 1);
      even[bytes.length] = vr.padding();
    }
    set(new Element(tag, vr, Bytes.of(even)));
    return this;
  }

  /**
   * Sets integers of a binary VR (US, SS, UL, SL, UV, SV, AT) or of IS.
   *
   * @throws IllegalArgumentException if a value does not fit; a UV takes all 64 bits
   */
  public Attributes setInteger(int tag, VR vr, long... values) {
    if (vr == VR.IS) {
      return setString(
          tag, vr, Arrays.stream(values).mapToObj(NumberText::integer).toArray(String[]::new));
    }
    if (!Arrays.stream(values).allMatch(value -> Values.fits(vr, value))) {
      throw new IllegalArgumentException("A value does not fit " + vr + ".");
    }
    return setBytes(tag, vr, Values.encoded(vr, values));
  }

  /**
   * Sets numbers of DS (with as many digits as its 16 characters hold), FL or FD.
   *
   * @throws IllegalArgumentException if the VR is another one, or a DS not finite
   */
  public Attributes setReal(int tag, VR vr, double... values) {
    return vr == VR.DS
        ? setString(
            tag, vr, Arrays.stream(values).mapToObj(NumberText::decimal).toArray(String[]::new))
        : setBytes(tag, vr, Values.encodedReals(vr, values));
  }

  /** Sets an empty element. */
  public Attributes setEmpty(int tag, VR vr) {
    return setBytes(tag, vr, new byte[0]);
  }

  /** Adds an empty sequence, replacing one that is there. */
  public Sequence newSequence(int tag) {
    Sequence sequence = new Sequence(this, false);
    set(new Element(tag, VR.SQ, sequence));
    return sequence;
  }

  /** Copies all elements of another data set; sequences and values are shared, not copied. */
  public Attributes addAll(Attributes other) {
    for (Element element : other) {
      set(element);
    }
    return this;
  }

  /** Tags that are present, for messages and tests. */
  List<Integer> tags() {
    List<Integer> tags = new ArrayList<>(size);
    for (Element element : this) {
      tags.add(element.tag());
    }
    return tags;
  }
}
