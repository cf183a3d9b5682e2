public import Torch

/// The numbers 0 … count − 1 in some order: int64 [count].
public typealias Shuffle = @Sendable (_ count: Int) -> Tensor

/// Draws which predictions of each picture are learnt from: at most a share of positive ones, and
/// negative ones up to a number.
public struct BalancedPositiveNegativeSampler: Sendable {
  /// Indices of one picture's predictions: int64, ascending.
  public struct Sample: Sendable {
    public let positives: Tensor
    public let negatives: Tensor

    /// Both, ascending.
    var indices: Tensor { Tensor.concatenate([positives, negatives]).sorted().values }
  }

  public let batchSizePerImage: Int
  public let positiveFraction: Double
  /// What is drawn: of each picture the positives before the negatives, also where there are none.
  public let shuffle: Shuffle

  public init(
    batchSizePerImage: Int, positiveFraction: Double,
    shuffle: @escaping Shuffle = { Tensor.randperm($0) }
  ) {
    self.batchSizePerImage = batchSizePerImage
    self.positiveFraction = positiveFraction
    self.shuffle = shuffle
  }

  /// - Parameter labels: of each picture's predictions [A]: ≥ 1 positive, 0 negative, below left
  ///   out.
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
