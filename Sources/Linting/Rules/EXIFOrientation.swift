import COCO

/// See `summary`.
struct EXIFOrientation: ImageRule {
  static let kind = FaultKind.exifOrientation
  static let summary = "an image that EXIF rotates or mirrors for display"
  static let explanation = """
    Some programs apply the EXIF orientation of such an image and others show it as stored, so its \
    boxes are right for only one of them. The message reports which of the two the annotations \
    fit, as far as the recorded size and boxes past the edge reveal it; if they fit the upright \
    image, which copra uses by default, the finding is informational only. Rotate the pixels \
    permanently and remove the tag. A size that differs from the file's is reported as \
    `image-size-mismatch`.
    """
  static let examples = [
    Example.flags(
      "a quarter turn, with the size of the upright image", .example(.object(1, 2, 2, 9, 9)),
      pictures: [.example(orientation: 6)]),
    Example.flags(
      "upside down, which the size does not reveal", .example(.object(1, 2, 2, 9, 9)),
      pictures: [.example(orientation: 3)]),
    Example.allows("an upright image", .example(.object(1, 2, 2, 9, 9)), pictures: [.example()]),
  ]

  func check(_ view: ImageView, into faults: inout Faults) {
    guard let picture = view.picture, picture.orientation != 1 else { return }
    let image = view.image
    let hasSize = image.width > 0 && image.height > 0
    if hasSize, image.width != picture.width || image.height != picture.height { return }
    let (fitsUpright, words) = evidence(view, picture)
    let message = "EXIF orientation \(picture.orientation): \(words)"
    let severity = fitsUpright ? Finding.Severity.information : nil
    faults.add(fault(message, severity: severity), image: view.index, of: view.set)
  }

  /// Returns the evidence whether the annotation was made on the upright or on the stored image.
  private func evidence(
    _ view: ImageView, _ picture: PictureFacts
  ) -> (fitsUpright: Bool, words: String) {
    let stored = (width: picture.storedWidth, height: picture.storedHeight)
    let (image, isTurned) = (view.image, picture.orientation >= 5)
    let upright = isTurned ? (width: stored.height, height: stored.width) : stored
    let unclear = "whether it was annotated upright or as stored cannot be told"
    guard upright != stored else { return (false, unclear) }
    let uprightText = "upright image, \(upright.width)×\(upright.height)"
    let storedText = "stored image, \(stored.width)×\(stored.height)"
    let outsideUpright = boxes(of: view, past: upright)
    let outsideStored = boxes(of: view, past: stored)
    if outsideUpright > 0, outsideStored == 0 {
      return (
        false, "the boxes fit the \(storedText), and \(outsideUpright) stick out of the upright one"
      )
    }
    if outsideStored > 0, outsideUpright == 0 {
      return (
        true, "the boxes fit the \(uprightText), and \(outsideStored) stick out of the stored one"
      )
    }
    if image.width == upright.width, image.height == upright.height {
      return (true, "the annotation gives the size of the \(uprightText)")
    }
    if image.width == stored.width, image.height == stored.height {
      return (false, "the annotation gives the size of the \(storedText)")
    }
    return (false, unclear)
  }

  /// Returns the number of boxes that reach over the right or lower edge of an image of this size.
  private func boxes(of view: ImageView, past size: (width: Int, height: Int)) -> Int {
    view.annotations.count { index in
      guard let box = view.set.dataset.annotations[Int(index)].box, box.isFinite else {
        return false
      }
      let tolerance = BoxCondition.edgeTolerance
      return box.x1 - Double(size.width) > tolerance || box.y1 - Double(size.height) > tolerance
    }
  }
}
