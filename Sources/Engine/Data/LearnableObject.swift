import COCO

/// An annotation that a detector can learn.
struct LearnableObject {
  /// The annotation's index in the dataset.
  let annotation: Int
  let label: Int64
  let box: Box
}

extension DetectionSamples {
  /// Returns the annotations of a sample that can be learnt.
  func learnable(at position: Int) -> [LearnableObject] {
    let image = image(at: position)
    return annotationIndices[imageIndices[position]].compactMap { index in
      let annotation = dataset.annotations[index]
      guard annotation.isCrowd != 1, let box = annotation.box, box.hasFiniteEdges, box.width > 0,
        box.height > 0, !box.isNormalised(width: image.width, height: image.height),
        let label = annotation.categoryID.flatMap(labels.label)
      else { return nil }
      return LearnableObject(annotation: index, label: label, box: box)
    }
  }
}
