package org.tessera.dicom;

/**
 * How a data set is encoded (PS3.5 10, A).
 *
 * @param uid transfer syntax UID
 * @param name name of PS3.6 A, or "unknown"
 * @param implicitVr the VR is not written
 * @param bigEndian numbers have their high byte first
 * @param deflated the data set is compressed as a whole
 * @param encapsulated pixel data are in fragments
 */
public record TransferSyntax(
    String uid,
    String name,
    boolean implicitVr,
    boolean bigEndian,
    boolean deflated,
    boolean encapsulated) {

  public static final TransferSyntax IMPLICIT_LITTLE = of(UID.ImplicitVRLittleEndian);
  public static final TransferSyntax EXPLICIT_LITTLE = of(UID.ExplicitVRLittleEndian);
  public static final TransferSyntax EXPLICIT_BIG = of(UID.ExplicitVRBigEndian);

  /**
   * The transfer syntax of a UID. One that is not known is taken for explicit little endian with
   * encapsulated pixels, as PS3.5 A.4 demands of all compressed syntaxes.
   */
  public static TransferSyntax of(String uid) {
    String name = UidDictionary.name(uid).orElse("unknown");
    return switch (uid) {
      case UID.ImplicitVRLittleEndian, UID.Papyrus3ImplicitVRLittleEndian ->
          new TransferSyntax(uid, name, true, false, false, false);
      case UID.ExplicitVRLittleEndian ->
          new TransferSyntax(uid, name, false, false, false, false);
      case UID.ExplicitVRBigEndian -> new TransferSyntax(uid, name, false, true, false, false);
      case UID.DeflatedExplicitVRLittleEndian ->
          new TransferSyntax(uid, name, false, false, true, false);
      case UID.JPIPReferencedDeflate -> new TransferSyntax(uid, name, false, false, true, true);
      default -> new TransferSyntax(uid, name, false, false, false, true);
    };
  }

  /** True if the frames are one stream of video: MPEG-2, H.264, HEVC. */
  public boolean video() {
    return name.startsWith("MPEG") || name.startsWith("HEVC");
  }

  /** The same pixels in a data set without VRs: not allowed, but there are such files. */
  TransferSyntax asImplicit() {
    return encapsulated
        ? new TransferSyntax(uid, name, true, bigEndian, deflated, true)
        : IMPLICIT_LITTLE;
  }

  /** Little endian, with the VR written as asked; for files that do not tell what they are. */
  static TransferSyntax littleEndian(boolean implicitVr) {
    return implicitVr ? IMPLICIT_LITTLE : EXPLICIT_LITTLE;
  }
}
