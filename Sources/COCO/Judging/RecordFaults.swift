/// Faults of what records belong to, and of the sizes that images give.
extension Fault {
  /// An annotation of an image that is not listed.
  public static func unknownImage(_ id: Int) -> Fault {
    Fault(
      .unknownImage, "no image has the id \(id)", .imageID,
      fix: Fix("remove the annotation", isSafe: false, edits: [.remove]))
  }

  /// An annotation of a category that is not listed.
  public static func unknownCategory(_ id: Int) -> Fault {
    Fault(
      .unknownCategory, "no category has the id \(id)", .categoryID,
      fix: Fix("remove the annotation", isSafe: false, edits: [.remove]))
  }

  /// A second annotation of one id.
  public static func duplicateAnnotationID(_ id: Int, fix: Fix? = nil) -> Fault {
    Fault(.duplicateAnnotationID, "another annotation also has the id \(id)", .id, fix: fix)
  }

  /// A category that a detector takes for the background.
  public static func categoryZero(_ category: Category, fix: Fix? = nil) -> Fault {
    Fault(
      .categoryZero,
      "\"\(category.name)\" has the id 0, which is the background of torchvision's detectors", .id,
      fix: fix)
  }

  /// An image without a size, and no file to take it from.
  public static func zeroImageSize(_ image: Image) -> Fault {
    Fault(
      .zeroImageSize,
      "expected a width and height, found \(image.width)×\(image.height) and no image file", .width)
  }

  /// An image whose size is not its file's.
  ///
  /// - Parameters:
  ///   - claimed: the size that the annotation gives, in pixels.
  ///   - file: the size that the file has, upright or stored, as annotations are to count.
  ///   - stored: the size before EXIF turns the picture. Where the annotation gives that one no fix
  ///     is offered: the boxes may have been drawn on the picture that lay on its side.
  public static func imageSizeMismatch(
    claimed: (width: Int, height: Int), file: (width: Int, height: Int),
    stored: (width: Int, height: Int)
  ) -> Fault {
    let isStored = claimed == stored
    let note = isStored ? ", as stored before EXIF turns it" : ""
    let fix = Fix(
      "use the size of the file", isSafe: true,
      edits: [.setSize(width: file.width, height: file.height)])
    return Fault(
      .imageSizeMismatch,
      "the annotation says \(claimed.width)×\(claimed.height)\(note), "
        + "the file is \(file.width)×\(file.height)",
      claimed.width != file.width ? .width : .height, fix: isStored ? nil : fix)
  }
}
