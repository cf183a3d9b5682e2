import COCO
import Torch

/// The annotations of one image that can be objects of a target, and that target.
struct TargetObjects {
  private(set) var boxes: [Float] = []
  private(set) var labels: [Int64] = []
  private var masks: [RunLengthMask] = []
  private var points: [Float] = []
  private let height: Int
  private let width: Int
  private let hasMasks: Bool
  private let numKeypoints: Int?

  /// Collects the objects. `height` and `width` are the decoded image's, in pixels. If keypoints
  /// are learnt, an object without a list of them gets unlabelled ones.
  init(
    _ annotations: [Annotation], labels: CategoryLabels, height: Int, width: Int, needsMasks: Bool,
    numKeypoints: Int?
  ) {
    self.height = height
    self.width = width
    hasMasks = needsMasks
    self.numKeypoints = numKeypoints
    for annotation in annotations {
      guard annotation.isCrowd != 1, let label = annotation.categoryID.flatMap(labels.label),
        let box = annotation.box.flatMap(clamped)
      else { continue }
      let keypoints =
        annotation.keypoints ?? Array(repeating: 0, count: 3 * (numKeypoints ?? 0))
      if let numKeypoints {
        guard KeypointContract.takes(keypoints, count: numKeypoints) else { continue }
        points += keypoints.map(Float.init)
      }
      if needsMasks {
        guard let mask = annotation.mask(height: height, width: width) else { continue }
        masks.append(mask)
      }
      boxes += box
      self.labels.append(label)
    }
  }

  var target: TargetTensors {
    TargetTensors(
      boxes: Tensor(boxes, shape: [labels.count, 4]), labels: Tensor(labels),
      masks: hasMasks ? maskTensor : nil,
      keypoints: numKeypoints.map { Tensor(points, shape: [labels.count, $0, 3]) })
  }

  /// The masks, uint8 [N, H, W].
  private var maskTensor: Tensor {
    let tensor = Tensor.zeros([masks.count, height, width], dtype: .uint8)
    guard !masks.isEmpty else { return tensor }
    tensor.withUnsafeMutableBytes { bytes in
      for (index, mask) in masks.enumerated() {
        guard let pixels = try? mask.pixels() else { continue }
        let plane = UnsafeMutableRawBufferPointer(
          rebasing: bytes[(index * pixels.count)...].prefix(pixels.count))
        plane.copyBytes(from: pixels)
      }
    }
    return tensor
  }

  /// Returns the corners within the image in float32; nil if nothing of the box is left, or so
  /// little that its edges may coincide in float32 when the image is mirrored and resized: a model
  /// refuses such a box. One in parts of the image's size would teach that objects are specks in a
  /// corner.
  private func clamped(_ box: Box) -> [Float]? {
    guard box.hasFiniteEdges, !box.isNormalised(width: width, height: height) else { return nil }
    let corners = [
      max(0, min(Float(box.x0), Float(width))), max(0, min(Float(box.y0), Float(height))),
      max(0, min(Float(box.x1), Float(width))), max(0, min(Float(box.y1), Float(height))),
    ]
    let least = Float(max(width, height)) * 0x1p-20
    return min(corners[2] - corners[0], corners[3] - corners[1]) > least ? corners : nil
  }
}

extension Annotation {
  /// Returns the object's outline as a mask of an image; nil if it has none, or one of another
  /// size.
  func mask(height: Int, width: Int) -> RunLengthMask? {
    switch segmentation {
    case .polygons(let polygons)? where !polygons.isEmpty:
      return try? RunLengthMask(polygons: polygons, height: height, width: width)
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?:
      guard mask.height == height, mask.width == width, (try? mask.validate()) != nil else {
        return nil
      }
      return mask
    case .polygons?, nil: return nil
    }
  }
}
