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
      throw TorchError("expected \(name) in the environment, as set by torchrun and srun")
    }
    return text
  }

  private static func number(
    _ name: String, in environment: [String: String]
  ) throws(TorchError) -> Int {
    let text = try text(name, in: environment)
    guard let number = Int(text), number >= 0 else {
      throw TorchError("\(name): expected a whole number of 0 or more, found \(text)")
    }
    return number
  }
}
