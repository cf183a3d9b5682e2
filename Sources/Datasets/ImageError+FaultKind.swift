public import COCO
public import Images

extension ImageError {
  /// The kind of fault that a picture has which cannot be read for this reason.
  public var faultKind: FaultKind {
    switch self {
    case .notFound: .missingImageFile
    case .truncated: .truncatedImage
    case .corrupt: .corruptImage
    case .unreadable, .notAnImage, .unsupported, .tooLarge, .outOfMemory: .unreadableImage
    }
  }
}
