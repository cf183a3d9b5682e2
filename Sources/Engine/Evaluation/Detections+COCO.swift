public import COCO
public import DetectionModels
import Torch

extension Detections {
  /// Returns the detections on an image as COCO's results, the most confident first. Labels without
  /// a category are left out.
  public func records(imageID: Int, labels categories: CategoryLabels) -> [Detection] {
    let corners = boxes.to(.float64).scalars(as: Double.self)
    let labels = labels.scalars(as: Int64.self)
    let scores = scores.to(.float64).scalars(as: Double.self)
    let masks = masks?.runLengths()
    let keypoints = keypointLists()
    return labels.indices.compactMap { index in
      guard let category = categories.categoryID(of: labels[index]) else { return nil }
      return Detection(
        imageID: imageID, categoryID: category, score: scores[index],
        box: Box(
          x0: corners[index * 4], y0: corners[index * 4 + 1], x1: corners[index * 4 + 2],
          y1: corners[index * 4 + 3]),
        segmentation: masks.map { .compressedRunLengths($0[index]) },
        keypoints: keypoints?[index])
    }
  }

  /// Returns x, y and 1 of each keypoint in turn, as torchvision's evaluator passes them.
  private func keypointLists() -> [[Double]]? {
    guard let keypoints else { return nil }
    let numbers = keypoints.to(.float64).scalars(as: Double.self)
    let length = keypoints.size(1) * 3
    return (0..<count).map { Array(numbers[($0 * length)...].prefix(length)) }
  }
}

extension InstanceMasks {
  /// Returns the masks as run lengths, computed inside each box directly from the small masks: the
  /// result of torchvision's `paste_masks_in_image` and a threshold of 0.5, without an image of
  /// floats for every object.
  func runLengths() -> [RunLengthMask] {
    let side = probabilities.size(-1)
    let values = probabilities.to(.float32).scalars(as: Float.self)
    let corners = boxes.to(.float32).scalars(as: Float.self)
    return (0..<probabilities.size(0)).map { index in
      let mask = PaddedMask(Array(values[(index * side * side)...].prefix(side * side)), side: side)
      let window = mask.window(around: Array(corners[(index * 4)...].prefix(4)))
      return mask.runLengths(in: window, height: imageSize.height, width: imageSize.width)
    }
  }
}

/// A square mask of probabilities with a rim of zeros.
private struct PaddedMask {
  /// A window of whole pixels, the last column and row included; it may reach past the image.
  struct Window {
    var left: Int
    var top: Int
    var width: Int
    var height: Int
  }

  private let side: Int
  private let values: [Float]

  init(_ mask: [Float], side: Int) {
    self.side = side + 2
    var padded = [Float](repeating: 0, count: (side + 2) * (side + 2))
    for row in 0..<side {
      for column in 0..<side {
        padded[(row + 1) * (side + 2) + column + 1] = mask[row * side + column]
      }
    }
    values = padded
  }

  /// Returns the box x0 y0 x1 y1 grown by the rim, its corners truncated to whole pixels.
  func window(around box: [Float]) -> Window {
    let growth = Float(side) / Float(side - 2)
    let halfWidth = (box[2] - box[0]) * 0.5 * growth
    let halfHeight = (box[3] - box[1]) * 0.5 * growth
    let centreX = (box[2] + box[0]) * 0.5
    let centreY = (box[3] + box[1]) * 0.5
    let left = Int(centreX - halfWidth)
    let top = Int(centreY - halfHeight)
    return Window(
      left: left, top: top, width: max(Int(centreX + halfWidth) - left + 1, 1),
      height: max(Int(centreY + halfHeight) - top + 1, 1))
  }

  func runLengths(in window: Window, height: Int, width: Int) -> RunLengthMask {
    let columns =
      max(window.left, 0)..<max(min(window.left + window.width, width), max(window.left, 0))
    let rows = max(window.top, 0)..<max(min(window.top + window.height, height), max(window.top, 0))
    var runs = RunCounter()
    for column in columns {
      let line = line(at: Self.place(column - window.left, of: window.width, side: side))
      for row in rows {
        let place = Self.place(row - window.top, of: window.height, side: side)
        let value = line[place.first] * (1 - place.share) + line[place.second] * place.share
        if value > 0.5 { runs.add(column * height + row) }
      }
    }
    return RunLengthMask(height: height, width: width, counts: runs.counts(of: height * width))
  }

  /// Returns a column interpolated between two columns of the mask.
  private func line(at place: (first: Int, second: Int, share: Float)) -> [Float] {
    (0..<side).map { row in
      values[row * side + place.first] * (1 - place.share)
        + values[row * side + place.second] * place.share
    }
  }

  /// Returns the place of a pixel of `count` among the mask's, bilinearly; corners are not aligned.
  private static func place(
    _ pixel: Int, of count: Int, side: Int
  ) -> (first: Int, second: Int, share: Float) {
    let place = max((Float(pixel) + 0.5) * Float(side) / Float(count) - 0.5, 0)
    let first = min(Int(place), side - 1)
    return (first, min(first + 1, side - 1), place - Float(first))
  }
}

/// A counter of the runs of pixels that are given in column order.
private struct RunCounter {
  private var runs: [UInt32] = []
  private var end = 0

  mutating func add(_ position: Int) {
    if position == end, !runs.isEmpty {
      runs[runs.count - 1] += 1
    } else {
      runs.append(UInt32(position - end))
      runs.append(1)
    }
    end = position + 1
  }

  func counts(of total: Int) -> [UInt32] {
    end < total || runs.isEmpty ? runs + [UInt32(total - end)] : runs
  }
}
