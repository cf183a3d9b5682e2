import DetectionModels
import Files
import Torch

/// The common learning of a batch by several processes.
struct SharedLearning {
  /// The batch that the losses refer to; nil if a process has no image of it, so that each learns
  /// its own part as a batch of its own.
  let batch: SharedBatch?
  /// The error of a failed exchange with another process, kept since losses cannot throw.
  private let failure = Monitor<TorchError?>(nil)

  /// Begins the learning of a batch.
  ///
  /// - Parameter pictures: The number of images of this process.
  /// - Throws: `TorchError` if another process has ended.
  init(_ pictures: Int, among processes: ProcessGroup) throws {
    var counts = [Double](repeating: 0, count: processes.count)
    counts[processes.rank] = Double(pictures)
    counts = try processes.sum(counts)
    guard !counts.contains(0) else {
      batch = nil
      return
    }
    let failure = failure
    let sum: @Sendable ([Double]) -> [Double] = { values in
      do throws(TorchError) {
        return try processes.sum(values)
      } catch {
        failure.change { $0 = $0 ?? error }
        return values
      }
    }
    batch = SharedBatch(
      share: Double(pictures) / counts.reduce(0, +),
      largest: { own in
        var table = [Double](repeating: 0, count: own.count * processes.count)
        let start = own.count * processes.rank
        for (index, value) in own.enumerated() { table[start + index] = Double(value) }
        let all = sum(table)
        return own.indices.map { index in
          let values = (0..<processes.count).map { all[own.count * $0 + index] }
          return values.reduce(own[index]) { max($0, Int($1)) }
        }
      },
      sum: { Int(sum([Double($0)])[0]) })
  }

  /// Throws a `TorchError` if another process has ended.
  func check() throws {
    if let failure = failure.change({ $0 }) { throw failure }
  }
}
