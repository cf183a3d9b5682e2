import COCO

/// See `summary`.
struct EXIFOrientation: ImageRule {
  static let kind = FaultKind.exifOrientation
  static let summary = "a picture that EXIF turns or mirrors before it is shown"
  static let explanation = """
    Some programs turn such a picture as its EXIF orientation says and some show it as it is stored; \
    its boxes are right for one of the two only. The message says which of them the annotation fits, \
    as far as the size that it gives and boxes that stick out tell; one that fits the upright picture, \
    as copra takes it by default, is for information only. Turn the pixels for good and \
    remove the tag. A size that is not the picture's is the matter of `image-size-mismatch`.
    """
  static let examples = [
    Example.flags(
      "turned by a quarter, with the size of the upright picture", .example(.object(1, 2, 2, 9, 9)),
      pictures: [.example(orientation: 6)]),
    Example.flags(
      "upside down, which no size shows", .example(.object(1, 2, 2, 9, 9)),
      pictures: [.example(orientation: 3)]),
    Example.allows("upright", .example(.object(1, 2, 2, 9, 9)), pictures: [.example()]),
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
    let uprightText = "upright picture, \(upright.width)×\(upright.height)"
    let storedText = "stored picture, \(stored.width)×\(stored.height)"
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
