import Torch

/// A batch of which each of several processes has some pictures, and learns as if it had all.
///
/// The mean of the processes' losses, each weighted by its pictures, then equals the loss of the whole
/// batch. Every process must have a picture, and asks for the same things in the same order.
public struct SharedBatch: Sendable {
  /// The one that losses are worked out for; nil where a batch is whole.
  @TaskLocal public static var current: SharedBatch?

  private let largest: @Sendable ([Int]) -> [Int]
  private let sum: @Sendable (Int) -> Int
  /// The share of the batch's pictures that this process has.
  private let share: Double

  /// - Parameters:
  ///   - largest: returns the greatest of all processes' numbers, place by place.
  ///   - sum: returns the sum of all processes' numbers.
  public init(
    share: Double, largest: @escaping @Sendable ([Int]) -> [Int],
    sum: @escaping @Sendable (Int) -> Int
  ) {
    self.share = share
    self.largest = largest
    self.sum = sum
  }

  /// The size of the whole batch for the largest picture here.
  static func size(_ own: SpatialSize) -> SpatialSize {
    guard let current else { return own }
    let sides = current.largest([own.height, own.width])
    return SpatialSize(height: sides[0], width: sides[1])
  }

  /// What the sum of a loss is divided by: the number of things that it is a mean of, here `own`.
  static func divisor(_ own: Int, atLeast least: Int = 0) -> Double {
    guard let current else { return Double(max(own, least)) }
    return Double(max(current.sum(own), least)) * current.share
  }

  /// The mean of a loss over things of which there are `own` here, maybe none.
  static func mean(over own: Int, _ loss: (LossReduction) -> Tensor) -> Tensor {
    current == nil ? loss(.mean) : loss(.sum) / divisor(own)
  }
}
