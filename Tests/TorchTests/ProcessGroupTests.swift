import Foundation
import Testing
import Torch

@testable import Torch

/// Processes are threads here: what joins them is the same.
@Suite("Processes that compute together")
struct ProcessGroupTests {
  /// Runs the body once for each rank, side by side, and returns what each gives.
  private func run<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (ProcessGroup) throws -> Result
  ) async throws -> [Result] {
    let port = try freePort()
    return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
      for rank in 0..<count {
        group.addTask {
          try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
              continuation.resume(
                with: Swift.Result {
                  let place = ProcessPlace(rank: rank, count: count, host: "127.0.0.1", port: port)
                  return (rank, try body(try ProcessGroup(place, timeout: 60)))
                })
            }
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(descriptor, $0, length)
        _ = getsockname(descriptor, $0, &length)
      }
    }
    return Int(address.sin_port.bigEndian)
  }

  @Test func `numbers are summed, and bytes of any length gathered by rank`() async throws {
    let results = try await run(3) { processes in
      let sum = try processes.sum([Double(processes.rank), 1])
      let bytes = try processes.gather(
        Array(repeating: UInt8(processes.rank), count: processes.rank))
      let rows = try processes.gather([Double(processes.rank), -1])
      return (sum, bytes, rows, try processes.gather([UInt8]()))
    }
    for (sum, bytes, rows, nothing) in results {
      #expect(rows == [[0, -1], [1, -1], [2, -1]])
      #expect(sum == [3, 3])
      #expect(bytes == [[], [1], [2, 2]])
      #expect(nothing == [[], [], []])
    }
  }

  @Test func `all get the tensors of the first, of every type and layout`() async throws {
    let results = try await run(2) { processes in
      let first = processes.isFirst
      let floats = Tensor(
        first ? [1, 2, 3, 4, 5, 6] : [Float](repeating: 0, count: 6), shape: [2, 3])
      let counts = Tensor(first ? [7] : [0 as Int64])
      let turned = (floats + 1).transposed(0, 1)
      try processes.copyFirst([floats, counts, turned])
      return (floats.scalars(as: Float.self), counts.scalars(as: Int64.self), turned)
    }
    #expect(results[1].0 == [1, 2, 3, 4, 5, 6])
    #expect(results[1].1 == [7])
    #expect(results[1].2.contiguous().scalars(as: Float.self) == [2, 5, 3, 6, 4, 7])
  }

  @Test
  func `gradients are summed; who has none counts 0, and what nobody has stays nothing`()
    async throws
  {
    let results = try await run(2) { processes in
      let parameters = (0..<3).map { _ in
        let parameter = Tensor([1 as Float, 2])
        parameter.requiresGradient = true
        return parameter
      }
      (parameters[0] * Double(processes.rank + 1)).sum().backward()
      if processes.isFirst { (parameters[1] * 8.0).sum().backward() }
      try processes.sumGradients(of: parameters, factor: 0.5)
      return parameters.map { $0.gradient?.scalars(as: Float.self) }
    }
    for gradients in results {
      #expect(gradients == [[1.5, 1.5], [4, 4], nil])
    }
  }

  @Test func `a process that has gone is an error of the others`() async throws {
    let errors = try await run(2) { processes -> String in
      // Both are there before one goes.
      _ = try processes.sum([1])
      guard processes.isFirst else { return "" }
      do {
        _ = try processes.sum([1])
        return "no error"
      } catch {
        return "\(error)"
      }
    }
    #expect(errors[0].hasPrefix("process 0 of 2 has lost another process: "))
  }

  @Test func `torchrun's and srun's environments say where a process stands`() throws {
    let torchrun = [
      "RANK": "3", "WORLD_SIZE": "4", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "2",
      "MASTER_ADDR": "one", "MASTER_PORT": "29500",
    ]
    let place = ProcessPlace(
      rank: 3, count: 4, localRank: 1, localCount: 2, host: "one", port: 29500)
    #expect(try ProcessPlace(environment: torchrun) == place)
    var agents = torchrun
    agents["TORCHELASTIC_USE_AGENT_STORE"] = "True"
    #expect(try ProcessPlace(environment: agents)?.port == 29501)
    let slurm = [
      "SLURM_PROCID": "0", "SLURM_STEP_NUM_TASKS": "2", "SLURM_LOCALID": "0",
      "SLURM_STEP_NODELIST": "node[07-08]", "SLURM_JOB_ID": "20001",
      "SLURM_STEP_TASKS_PER_NODE": "1(x2)",
    ]
    #expect(
      try ProcessPlace(environment: slurm)
        == ProcessPlace(rank: 0, count: 2, host: "node07", port: 15001))
    #expect(try ProcessPlace(environment: [:]) == nil)
    // A batch script by itself is no step of several tasks.
    #expect(try ProcessPlace(environment: ["SLURM_PROCID": "0", "SLURM_NTASKS": "2"]) == nil)
    #expect(
      try ProcessPlace(environment: [
        "RANK": "0", "WORLD_SIZE": "1", "MASTER_ADDR": "a", "MASTER_PORT": "1",
      ]) == nil)
    for (name, value) in [
      ("RANK", "4"), ("RANK", "x"), ("MASTER_PORT", "99999"), ("MASTER_ADDR", ""),
    ] {
      var wrong = torchrun
      wrong[name] = value
      #expect(throws: TorchError.self) { try ProcessPlace(environment: wrong) }
    }
  }

  @Test(
    arguments: [
      ("a", "a"), ("a,b", "a"), ("n[1-3]", "n1"), ("n[07,09],x", "n07"), ("gpu-a[2]", "gpu-a2"),
    ])
  func `the first machine of Slurm's lists`(list: String, host: String) {
    #expect(ProcessPlace.firstHost(of: list) == host)
  }
}
