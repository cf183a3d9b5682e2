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

  /// Returns the bytes of each process, by rank.
  public func gather(_ bytes: [UInt8]) throws(TorchError) -> [[UInt8]] {
    var lengths = [Double](repeating: 0, count: count)
    lengths[rank] = Double(bytes.count)
    let all = try sum(lengths).map { Int($0) }
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
      throw TorchError("process \(rank) of \(count) has lost another one: \(lastError())")
    }
  }
}

/// The place of a process among those that a launcher has started.
public struct ProcessPlace: Sendable, Equatable {
  /// The number of the process, from 0.
  public var rank: Int
  /// The number of processes.
  public var count: Int
  /// The number of the process on its machine, from 0.
  public var localRank: Int
  /// The number of processes on this machine.
  public var localCount: Int
  /// The host name of the machine on which the process of rank 0 listens.
  public var host: String
  /// The port on which the process of rank 0 listens.
  public var port: Int

  /// Creates a place from its numbers.
  public init(
    rank: Int, count: Int, localRank: Int = 0, localCount: Int = 1, host: String, port: Int
  ) {
    self.rank = rank
    self.count = count
    self.localRank = localRank
    self.localCount = localCount
    self.host = host
    self.port = port
  }

  /// The number of threads available to each process of this machine.
  public var threads: Int { max(Runtime.processors / max(localCount, 1), 1) }

  /// Reads the place from the environment of `torchrun` or `srun`; nil for a single process.
  ///
  /// From `torchrun` it reads `RANK`, `WORLD_SIZE`, `LOCAL_RANK`, `MASTER_ADDR` and `MASTER_PORT`;
  /// if its agent itself listens on that port, the processes take the next one. From `srun` it
  /// reads `SLURM_PROCID`, `SLURM_STEP_NUM_TASKS`, `SLURM_LOCALID` and the first machine of
  /// `SLURM_STEP_NODELIST`, and derives the port from the job's number.
  ///
  /// - Throws: `TorchError` for missing or invalid values.
  public init?(environment: [String: String]) throws(TorchError) {
    if environment["RANK"] != nil, environment["WORLD_SIZE"] != nil {
      try self.init(torchrun: environment)
    } else if environment["SLURM_PROCID"] != nil, environment["SLURM_STEP_NUM_TASKS"] != nil {
      try self.init(slurm: environment)
    } else {
      return nil
    }
    guard count > 0, (0..<count).contains(rank) else {
      throw TorchError("expected a rank from 0 to \(count - 1), found \(rank)")
    }
    if count == 1 { return nil }
  }

  private init(torchrun environment: [String: String]) throws(TorchError) {
    let agentListens = environment["TORCHELASTIC_USE_AGENT_STORE"]?.lowercased() == "true"
    let port = try Self.number("MASTER_PORT", in: environment)
    self.init(
      rank: try Self.number("RANK", in: environment),
      count: try Self.number("WORLD_SIZE", in: environment),
      localRank: environment["LOCAL_RANK"].flatMap { Int($0) } ?? 0,
      localCount: environment["LOCAL_WORLD_SIZE"].flatMap { Int($0) } ?? 1,
      host: try Self.text("MASTER_ADDR", in: environment), port: agentListens ? port + 1 : port)
    guard (1...65535).contains(self.port) else {
      throw TorchError("MASTER_PORT: expected a port up to 65535, found \(port)")
    }
  }

  private init(slurm environment: [String: String]) throws(TorchError) {
    let rank = try Self.number("SLURM_PROCID", in: environment)
    let count = try Self.number("SLURM_STEP_NUM_TASKS", in: environment)
    var host = environment["MASTER_ADDR"]
    if host == nil {
      host = Self.firstHost(of: try Self.text("SLURM_STEP_NODELIST", in: environment))
    }
    let job = environment["SLURM_JOB_ID"].flatMap { Int($0) } ?? 0
    self.init(
      rank: rank, count: count, localRank: environment["SLURM_LOCALID"].flatMap { Int($0) } ?? 0,
      localCount: environment["SLURM_STEP_TASKS_PER_NODE"].flatMap {
        Int($0.prefix { $0.isNumber })
      } ?? 1, host: host ?? "",
      port: environment["MASTER_PORT"].flatMap { Int($0) } ?? 15000 + job % 20000)
  }

  /// Returns the first machine of a Slurm list: `node03` for `node[03-07,12],other`.
  static func firstHost(of list: String) -> String {
    var host = ""
    var isInBrackets = false
    for character in list {
      if character == "[" {
        isInBrackets = true
      } else if character == "," || character == "]" || (character == "-" && isInBrackets) {
        break
      } else {
        host.append(character)
      }
    }
    return host
  }

  private static func text(
    _ name: String, in environment: [String: String]
  ) throws(TorchError) -> String {
    guard let text = environment[name], !text.isEmpty else {
      throw TorchError("expected \(name) in the environment, as torchrun and srun put it there")
    }
    return text
  }

  private static func number(
    _ name: String, in environment: [String: String]
  ) throws(TorchError) -> Int {
    let text = try text(name, in: environment)
    guard let number = Int(text), number >= 0 else {
      throw TorchError("\(name): expected a whole number from 0 on, found \(text)")
    }
    return number
  }
}
