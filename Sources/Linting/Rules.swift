/// The rules of `copra validate`.
public enum Rules {
  /// All of them, in the order of their ids.
  public static let all: [any Rule.Type] = [
    DuplicateAnnotationID.self,
    InvertedBox.self,
    ZeroAnnotationID.self,
    ZeroImageSize.self,
  ]
}
