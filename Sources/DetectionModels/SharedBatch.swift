import Torch

/// A batch whose images are distributed over several processes, which train as if each had all of
/// them.
///
/// The mean of the processes' losses, each weighted by its number of images, then equals the loss
/// of the whole batch. Every process must have at least one image, and must request the same
/// reductions in the same order.
public struct SharedBatch: Sendable {
  /// The batch that losses are computed for; nil if the batch is not distributed.
  @TaskLocal public static var current: SharedBatch?

  private let largest: @Sendable ([Int]) -> [Int]
  private let sum: @Sendable (Int) -> Int
  /// The fraction of the batch's images that this process has.
  private let share: Double

  /// Creates a batch from its reductions over all processes.
  ///
  /// - Parameters:
  ///   - share: The fraction of the batch's images that this process has.
  ///   - largest: Returns the elementwise maximum of all processes' numbers.
  ///   - sum: Returns the sum of all processes' numbers.
  public init(
    share: Double, largest: @escaping @Sendable ([Int]) -> [Int],
    sum: @escaping @Sendable (Int) -> Int
  ) {
    self.share = share
    self.largest = largest
    self.sum = sum
  }

  /// Returns the size of the whole batch, given the size of this process's part.
  static func size(_ own: SpatialSize) -> SpatialSize {
    guard let current else { return own }
    let sides = current.largest([own.height, own.width])
    return SpatialSize(height: sides[0], width: sides[1])
  }

  /// Returns the divisor of a summed loss that is a mean over `own` things in this process.
  static func divisor(_ own: Int, atLeast least: Int = 0) -> Double {
    guard let current else { return Double(max(own, least)) }
    return Double(max(current.sum(own), least)) * current.share
  }

  /// Returns the mean of a loss over `own` things in this process, which may be none.
  static func mean(over own: Int, _ loss: (LossReduction) -> Tensor) -> Tensor {
    current == nil ? loss(.mean) : loss(.sum) / divisor(own)
  }
}
