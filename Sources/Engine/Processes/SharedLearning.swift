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
    let counts = try processes.gather([Double(pictures)]).map { $0[0] }
    guard !counts.contains(0) else {
      batch = nil
      return
    }
    let failure = failure
    // This process's numbers alone once another has ended.
    let gather: @Sendable ([Int]) -> [[Double]] = { own in
      let own = own.map { Double($0) }
      do throws(TorchError) {
        return try processes.gather(own)
      } catch {
        failure.change { $0 = $0 ?? error }
        return [own]
      }
    }
    batch = SharedBatch(
      share: Double(pictures) / counts.reduce(0, +),
      largest: { own in
        let all = gather(own)
        return own.indices.map { index in all.reduce(own[index]) { max($0, Int($1[index])) } }
      },
      sum: { own in gather([own]).reduce(0) { $0 + Int($1[0]) } })
  }

  /// Throws a `TorchError` if another process has ended.
  func check() throws {
    if let failure = failure.change({ $0 }) { throw failure }
  }
}
