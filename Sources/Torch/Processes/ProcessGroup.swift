import CTorch

/// A group of processes, on one machine or many, that exchange and sum tensors; c10d's
/// `ProcessGroupGloo`.
///
/// Each process takes part in every call, in the same order. A call throws if another process has
/// ended, or takes longer than the timeout.
public final class ProcessGroup: Sendable {
  /// The number of this process, from 0.
  public let rank: Int
  /// The number of processes.
  public let count: Int
  private nonisolated(unsafe) let handle: OpaquePointer

  /// A Boolean value that is true for the process that prints and writes for all.
  public var isFirst: Bool { rank == 0 }

  /// Joins the other processes, for which it waits up to five minutes.
  ///
  /// - Parameters:
  ///   - place: The place of this process among the others.
  ///   - timeout: The time that each call waits for the slowest process, in seconds.
  /// - Throws: `TorchError` if the others cannot be reached.
  public init(_ place: ProcessPlace, timeout: Double = 1800) throws(TorchError) {
    rank = place.rank
    count = place.count
    guard
      let handle = ct_processes_join(
        place.host, Int32(place.port), Int32(rank), Int32(count), timeout)
    else {
      throw TorchError(
        "process \(rank) of \(count) cannot join the others at \(place.host):\(place.port): "
          + lastError())
    }
    self.handle = handle
  }

  deinit { ct_processes_leave(handle) }

  /// Returns the elementwise sums of the numbers of all processes.
  public func sum(_ values: [Double]) throws(TorchError) -> [Double] {
    try sum(Tensor(values)).scalars()
  }

  /// Returns the numbers of each process, by rank; every process has as many.
  public func gather(_ values: [Double]) throws(TorchError) -> [[Double]] {
    if values.isEmpty { return Array(repeating: [], count: count) }
    var table = [Double](repeating: 0, count: count * values.count)
    table.replaceSubrange((rank * values.count)..<((rank + 1) * values.count), with: values)
    let all = try sum(table)
    return (0..<count).map { Array(all[($0 * values.count)...].prefix(values.count)) }
  }

  /// Returns the bytes of each process, by rank.
  public func gather(_ bytes: [UInt8]) throws(TorchError) -> [[UInt8]] {
    let all = try gather([Double(bytes.count)]).map { Int($0[0]) }
    let longest = all.max() ?? 0
    if longest == 0 { return all.map { _ in [] } }
    var table = [UInt8](repeating: 0, count: count * longest)
    table.replaceSubrange((rank * longest)..<(rank * longest + bytes.count), with: bytes)
    let gathered: [UInt8] = try sum(Tensor(table)).scalars()
    return all.enumerated().map { Array(gathered[($0 * longest)...].prefix($1)) }
  }

  /// Overwrites the tensors of all processes with those of the first.
  public func copyFirst(_ tensors: [Tensor]) throws(TorchError) {
    try require(withTensors(tensors) { ct_processes_copy_first(handle, $0) })
  }

  /// Sets the gradient of each parameter to the sum of all processes' gradients, times a factor.
  ///
  /// A parameter that has no gradient in any process keeps none.
  public func sumGradients(of parameters: [Tensor], factor: Double) throws(TorchError) {
    try require(withTensors(parameters) { ct_processes_sum_gradients(handle, $0, factor) })
  }

  private func sum(_ tensor: Tensor) throws(TorchError) -> Tensor {
    try require(ct_processes_sum(handle, tensor.pointer))
    return tensor
  }

  private func require(_ succeeded: Bool) throws(TorchError) {
    guard succeeded else {
      throw TorchError("process \(rank) of \(count) has lost another process: \(lastError())")
    }
  }
}
