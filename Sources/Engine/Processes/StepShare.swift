import Torch

/// The share of one process in a step that several make together.
struct StepShare: Equatable {
  /// The number of images that it has learnt.
  var images = 0
  /// The mean losses of these images.
  var losses: [NamedLoss] = []
  /// Whether a loss was not finite, so that no process may make the step.
  var isFaulty = false

  /// The share as text: a line of its numbers, then a line for each loss.
  var bytes: [UInt8] {
    let head = "\(images) \(isFaulty ? 1 : 0)\n"
    return Array((head + losses.map { "\($0.value.bitPattern) \($0.name)\n" }.joined()).utf8)
  }

  init(_ step: TrainingStep, isFaulty: Bool) {
    images = step.images
    losses = step.losses
    self.isFaulty = isFaulty
  }

  init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: " ", maxSplits: 1)
    }
    guard let head = lines.first, head.count == 2, let images = Int(head[0]) else { return nil }
    self.images = images
    isFaulty = head[1] == "1"
    for line in lines.dropFirst() {
      guard line.count == 2, let bits = UInt64(line[0]) else { return nil }
      losses.append(NamedLoss(String(line[1]), Double(bitPattern: bits)))
    }
  }
}

extension ProcessGroup {
  /// Combines the shares of all processes in a step: their images, and the means of their losses.
  ///
  /// - Throws: `OtherProcessFault` if another process has met a loss that is not finite.
  func join(_ step: inout TrainingStep, isFaulty: Bool) throws {
    let shares = try gather(StepShare(step, isFaulty: isFaulty).bytes)
    (step.images, step.losses) = (0, [])
    for (process, bytes) in shares.enumerated() {
      guard let share = StepShare(bytes) else {
        throw EngineError("process \(process) is of another version of copra")
      }
      if share.isFaulty, process != rank { throw OtherProcessFault(process: process) }
      if share.images > 0 { step.add(share.losses, images: share.images) }
    }
  }

  /// Returns the value of the first process.
  func first(_ value: Bool) throws -> Bool { try any(isFirst && value) }

  /// Returns whether the value of any process is true.
  func any(_ value: Bool) throws -> Bool { try sum([value ? 1 : 0])[0] > 0 }
}

/// A loss that is not finite in another process, which reports the details.
public struct OtherProcessFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// The rank of that process.
  public let process: Int

  /// The fault as a message.
  public var description: String {
    "process \(process) met a loss that is not a finite number, and reports its images"
  }
}

extension ProcessGroup {
  var share: ProcessShare { ProcessShare(rank: rank, count: count) }
}

/// The share of a process in each batch.
struct ProcessShare: Sendable, Equatable {
  var rank: Int
  var count: Int

  /// Returns this process's part of a batch of `size` images, or of a smaller one.
  func part(of batch: [Int], size: Int) -> [Int] {
    let each = (size + count - 1) / count
    return Array(batch.dropFirst(rank * each).prefix(each))
  }
}
