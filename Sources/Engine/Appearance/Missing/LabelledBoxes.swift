import COCO

/// The boxes that an image is labelled with, whether a model can learn them or not.
struct LabelledBoxes {
  private let objects: [RelativeBox]
  /// Regions of more objects than one, in which none is labelled by itself.
  private let crowds: [RelativeBox]

  /// The overlap from which on two boxes are of one object.
  static let sameObject = 0.3
  /// The share of a box from which on it lies in another.
  private static let inside = 0.5

  /// Creates the boxes of an image of these sides in pixels.
  init(_ annotations: [Annotation], in sides: PictureSides) {
    func boxes(_ isCrowd: Bool) -> [RelativeBox] {
      annotations.compactMap { annotation in
        guard (annotation.isCrowd == 1) == isCrowd, let box = annotation.box, box.hasFiniteEdges
        else { return nil }
        return RelativeBox(
          box.x0 / sides.width, box.y0 / sides.height, box.x1 / sides.width, box.y1 / sides.height)
      }
    }
    (objects, crowds) = (boxes(false), boxes(true))
  }

  /// Returns whether labelled boxes have this one's object, or part of it, or lie in it.
  func cover(_ box: RelativeBox) -> Bool {
    isInCrowd(box)
      || objects.contains {
        $0.intersectionOverUnion(box) >= Self.sameObject || $0.shareOfSmaller(box) >= Self.inside
      } || objects.reduce(0) { $0 + $1.shared(with: box) } >= Self.inside * box.area
  }

  /// Returns whether a box shows no labelled object as a whole, so that a model may learn it as
  /// background.
  func leaveOut(_ box: RelativeBox) -> Bool {
    !isInCrowd(box) && !objects.contains { $0.intersectionOverUnion(box) >= Self.sameObject }
  }

  private func isInCrowd(_ box: RelativeBox) -> Bool {
    crowds.contains { $0.shared(with: box) >= Self.inside * box.area }
  }
}
