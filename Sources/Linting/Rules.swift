/// The rules of `copra validate`.
public enum Rules {
  /// All of them, in the order of their ids.
  public static let all: [any Rule.Type] = [
    AmbiguousUnits.self,
    DifficultObject.self,
    DuplicateAnnotationID.self,
    EmptyTable.self,
    FilenameStemMismatch.self,
    ForbiddenMarkup.self,
    ForeignAbsolutePath.self,
    GappyNamesMap.self,
    ImageWithoutLabelFile.self,
    InvertedBox.self,
    LabelWithoutImage.self,
    MalformedFile.self,
    MalformedValue.self,
    MissingField.self,
    MissingImageFile.self,
    NameMatchedLoosely.self,
    NonIntegerID.self,
    PixelConventionEvidence.self,
    UnknownFieldCount.self,
    UnnormalisedCoordinates.self,
    UnreadableFile.self,
    UnreadableFolder.self,
    UnreadableImage.self,
    UnsortedNamesMap.self,
    UnsupportedEncoding.self,
    ZeroAnnotationID.self,
    ZeroImageSize.self,
  ]
}
