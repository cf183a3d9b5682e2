import Torch

/// How training changes its pictures, and their targets along with them.
///
/// Source: the presets of torchvision's detection reference; `lsj` there jitters by 0.1 … 2.
public struct Augmentation: Sendable, Equatable {
  /// The probability that a picture is mirrored left to right.
  public var horizontalFlip: Double
  /// What sides are multiplied by, drawn evenly; nil for no jitter.
  public var scaleJitter: ClosedRange<Double>?
  /// For each keypoint, the index of the one that it becomes in the mirror; COCO's 17 of persons.
  public var mirroredKeypoints: [Int]

  /// COCO's persons: the nose stays, left and right change places.
  public static let mirroredPersonKeypoints = [
    0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15,
  ]

  public static let none = Augmentation(horizontalFlip: 0)

  public init(
    horizontalFlip: Double = 0.5, scaleJitter: ClosedRange<Double>? = nil,
    mirroredKeypoints: [Int] = Augmentation.mirroredPersonKeypoints
  ) {
    self.horizontalFlip = horizontalFlip
    self.scaleJitter = scaleJitter
    self.mirroredKeypoints = mirroredKeypoints
  }

  /// The sample as it is trained on; the draws are the generator's.
  public func applied(to sample: Sample, using generator: inout SeededGenerator) -> Sample {
    var sample = sample
    if let scaleJitter {
      sample = sample.scaled(by: Double.random(in: scaleJitter, using: &generator))
    }
    if Double.random(in: 0..<1, using: &generator) < horizontalFlip {
      sample = sample.mirrored(keypoints: mirroredKeypoints)
    }
    return sample
  }
}

extension Sample {
  /// Mirrored left to right: a box x0 … x1 of a picture W wide becomes W − x1 … W − x0.
  ///
  /// - Parameter pairs: for each keypoint, the index of the one that it becomes.
  public func mirrored(keypoints pairs: [Int]) -> Sample {
    var sample = self
    sample.image = image.flipped([2])
    sample.target.masks = target.masks?.flipped([2])
    let corners = target.boxes  // [N, 4]
    let left = Double(width) - corners.slice(dim: 1, from: 2, to: 3)
    let right = Double(width) - corners.slice(dim: 1, from: 0, to: 1)
    sample.target.boxes = Tensor.concatenate(
      [
        left, corners.slice(dim: 1, from: 1, to: 2), right, corners.slice(dim: 1, from: 3, to: 4),
      ], dim: 1)
    sample.keypoints = keypoints.map { mirrored($0, pairs) }
    return sample
  }

  /// Keypoints that nobody sees stay at 0, 0, where COCO puts them.
  private func mirrored(_ keypoints: Tensor, _ pairs: [Int]) -> Tensor {
    let count = keypoints.size(1)
    let paired =
      pairs.count == count ? keypoints.indexSelect(dim: 1, Tensor(pairs)) : keypoints
    let isGiven = paired.slice(dim: 2, from: 2, to: 3) .> 0
    let x = paired.slice(dim: 2, from: 0, to: 1)
    let mirroredX = Tensor.where(isGiven, Double(width) - x, x)
    return Tensor.concatenate([mirroredX, paired.slice(dim: 2, from: 1)], dim: 2)
  }

  /// Scaled: bilinearly, masks by the nearest pixel. Sides are rounded down and are never 0.
  public func scaled(by factor: Double) -> Sample {
    var sample = self
    let newHeight = max(Int(Double(height) * factor), 1)
    let newWidth = max(Int(Double(width) * factor), 1)
    sample.image = interpolate(
      image.unsqueezed(0), height: newHeight, width: newWidth, .bilinear
    ).squeezed(0)
    let x = Float(newWidth) / Float(width)
    let y = Float(newHeight) / Float(height)
    sample.target.boxes = target.boxes * Tensor([x, y, x, y] as [Float])
    sample.keypoints = keypoints.map { $0 * Tensor([x, y, 1] as [Float]) }
    if let masks = target.masks, masks.size(0) > 0 {
      sample.target.masks = interpolate(
        masks.unsqueezed(0).to(.float32), height: newHeight, width: newWidth, .nearest
      ).squeezed(0).to(.uint8)
    } else if target.masks != nil {
      sample.target.masks = .zeros([0, newHeight, newWidth], dtype: .uint8)
    }
    return sample
  }
}
