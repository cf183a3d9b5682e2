/// The faults of references between records, and of the sizes that images give.
extension Fault {
  /// Returns the fault of an annotation whose image is not listed.
  public static func unknownImage(_ id: Int) -> Fault {
    Fault(
      .unknownImage, "no image has the id \(id)", .imageID,
      fix: Fix("remove the annotation", isSafe: false, edits: [.remove]))
  }

  /// Returns the fault of an annotation whose category is not listed.
  public static func unknownCategory(_ id: Int) -> Fault {
    Fault(
      .unknownCategory, "no category has the id \(id)", .categoryID,
      fix: Fix("remove the annotation", isSafe: false, edits: [.remove]))
  }

  /// Returns the fault of a second annotation of one id.
  public static func duplicateAnnotationID(_ id: Int, fix: Fix? = nil) -> Fault {
    Fault(.duplicateAnnotationID, "another annotation also has the id \(id)", .id, fix: fix)
  }

  /// Returns the fault of a category that a detector treats as the background.
  public static func categoryZero(_ category: Category, fix: Fix? = nil) -> Fault {
    Fault(
      .categoryZero,
      "\"\(category.name)\" has the id 0, which is the background of torchvision's detectors", .id,
      fix: fix)
  }

  /// Returns the fault of an image without a size, and without a file that gives it.
  public static func zeroImageSize(_ image: Image) -> Fault {
    Fault(
      .zeroImageSize,
      "expected a width and height, found \(image.width)×\(image.height) and no image file", .width)
  }

  /// Returns the fault of an image record whose size is not its file's.
  ///
  /// - Parameters:
  ///   - claimed: The size in the record, in pixels.
  ///   - file: The size of the file, upright or stored, as annotations count it.
  ///   - stored: The size before EXIF turns the image. If the record gives this one, no fix is
  ///     offered: the boxes may have been drawn on the unturned image.
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
