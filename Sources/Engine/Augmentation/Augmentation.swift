import Torch

/// The changes that training makes to images and their targets.
///
/// They are made in the order of the properties, which is that of the presets of torchvision's
/// detection reference.
public struct Augmentation: Sendable, Equatable {
  /// The distortion of colours; nil for none.
  public var colours: ColourDistortion?
  /// The placement on a larger canvas; nil for none.
  public var zoomOut: ZoomOut?
  /// The crop; nil for none.
  public var crop: OverlapCrop?
  /// The resizing to a random size; nil for none.
  public var resizing: RandomSize?
  /// The probability that an image is mirrored left to right, 0 … 1.
  public var horizontalFlip: Double
  /// The index of the keypoint that each one becomes in the mirror; by default for COCO's 17 of
  /// persons.
  public var mirroredKeypoints: [Int]
  /// Whether objects of one image of a batch are pasted onto the next.
  public var pastesObjects = false

  /// The mirrored keypoints of COCO's persons: the nose stays, left and right change places.
  public static let mirroredPersonKeypoints = [
    0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15,
  ]

  /// No change at all.
  public static let none = Augmentation(horizontalFlip: 0)

  /// The colour beyond the edges of an image: the reference's mean of red, green and blue, 0 … 1.
  static let fill = [123.0 / 255, 117.0 / 255, 104.0 / 255]

  /// Creates an augmentation; by default it only mirrors images.
  public init(
    horizontalFlip: Double = 0.5, colours: ColourDistortion? = nil, zoomOut: ZoomOut? = nil,
    crop: OverlapCrop? = nil, resizing: RandomSize? = nil,
    mirroredKeypoints: [Int] = Augmentation.mirroredPersonKeypoints
  ) {
    self.horizontalFlip = horizontalFlip
    self.colours = colours
    self.zoomOut = zoomOut
    self.crop = crop
    self.resizing = resizing
    self.mirroredKeypoints = mirroredKeypoints
  }

  /// Returns the changed sample, with draws from the generator. Boxes of which nothing is left are
  /// removed with everything that belongs to them.
  public func applied(to sample: Sample, using generator: inout SeededGenerator) -> Sample {
    var sample = sample
    if let colours { sample.image = colours.applied(to: sample.image, using: &generator) }
    if let zoomOut { sample = zoomOut.applied(to: sample, using: &generator) }
    if let crop { sample = crop.applied(to: sample, using: &generator) }
    if let resizing { sample = resizing.applied(to: sample, using: &generator) }
    if crop != nil || resizing != nil { sample = sample.withoutVanishedBoxes() }
    if Double.random(in: 0..<1, using: &generator) < horizontalFlip {
      sample = sample.mirrored(keypoints: mirroredKeypoints)
    }
    return sample
  }
}

extension Sample {
  /// Returns the sample mirrored left to right: a box x0 … x1 of an image W wide becomes W − x1 … W
  /// − x0.
  ///
  /// - Parameter pairs: The index of the keypoint that each one becomes.
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

  /// Returns mirrored keypoints; those that are not labelled stay at 0, 0, where COCO puts them.
  private func mirrored(_ keypoints: Tensor, _ pairs: [Int]) -> Tensor {
    let count = keypoints.size(1)
    let paired =
      pairs.count == count ? keypoints.indexSelect(dim: 1, Tensor(pairs)) : keypoints
    let isGiven = paired.slice(dim: 2, from: 2, to: 3) .> 0
    let x = paired.slice(dim: 2, from: 0, to: 1)
    let mirroredX = Tensor.where(isGiven, Double(width) - x, x)
    return Tensor.concatenate([mirroredX, paired.slice(dim: 2, from: 1)], dim: 2)
  }
}
