public import Torch

/// A function that returns the numbers 0 … count − 1 in some order, int64 [count].
public typealias Shuffle = @Sendable (_ count: Int) -> Tensor

/// A sampler that draws the predictions of each image to train on; torchvision's
/// `BalancedPositiveNegativeSampler`.
///
/// It draws positives up to a fraction of the sample's size, and negatives up to the rest.
public struct BalancedPositiveNegativeSampler: Sendable {
  /// The indices of one image's drawn predictions, int64 in ascending order.
  public struct Sample: Sendable {
    /// The indices of the drawn positives.
    public let positives: Tensor
    /// The indices of the drawn negatives.
    public let negatives: Tensor

    /// The indices of all drawn predictions in ascending order.
    var indices: Tensor { Tensor.concatenate([positives, negatives]).sorted().values }
  }

  /// The greatest number of predictions drawn from an image.
  public let batchSizePerImage: Int
  /// The greatest fraction of positives in a sample.
  public let positiveFraction: Double
  /// The source of random orders, called for the positives of each image before its negatives, even
  /// if there are none.
  public let shuffle: Shuffle

  /// Creates a sampler; `shuffle` is `torch.randperm` by default.
  public init(
    batchSizePerImage: Int, positiveFraction: Double,
    shuffle: @escaping Shuffle = { Tensor.randperm($0) }
  ) {
    self.batchSizePerImage = batchSizePerImage
    self.positiveFraction = positiveFraction
    self.shuffle = shuffle
  }

  /// Returns the drawn predictions of each image.
  ///
  /// - Parameter labels: The labels of each image's predictions, [A]: 1 and above are positive, 0
  ///   is negative, and predictions below 0 are not drawn.
  public func callAsFunction(_ labels: [Tensor]) -> [Sample] {
    labels.enumerated().map { picture, labels in
      PictureDraws.begin(picture: picture, purpose: batchSizePerImage)
      let positives = (labels .>= 1).nonzero().flattened()
      let negatives = (labels .== 0).nonzero().flattened()
      let wanted = Int(Double(batchSizePerImage) * positiveFraction)
      let positiveCount = min(positives.count, wanted)
      let negativeCount = min(negatives.count, batchSizePerImage - positiveCount)
      return Sample(
        positives: drawn(positiveCount, of: positives),
        negatives: drawn(negativeCount, of: negatives))
    }
  }

  private func drawn(_ count: Int, of indices: Tensor) -> Tensor {
    let order = shuffle(indices.count).to(indices.device)
    return indices[order[..<count]].sorted().values
  }
}
