public import COCO
public import DetectionModels
import Torch

extension Detections {
  /// What was found on an image as COCO's results, the surest first. Labels that stand for no
  /// category are left out.
  public func records(imageID: Int, labels categories: CategoryLabels) -> [Detection] {
    let corners = boxes.to(.float64).scalars(as: Double.self)
    let labels = labels.scalars(as: Int64.self)
    let scores = scores.to(.float64).scalars(as: Double.self)
    let masks = masks?.runLengths()
    return labels.indices.compactMap { index in
      guard let category = categories.categoryID(of: labels[index]) else { return nil }
      return Detection(
        imageID: imageID, categoryID: category, score: scores[index],
        box: Box(
          x0: corners[index * 4], y0: corners[index * 4 + 1], x1: corners[index * 4 + 2],
          y1: corners[index * 4 + 3]),
        segmentation: masks.map { .compressedRunLengths($0[index]) })
    }
  }
}
