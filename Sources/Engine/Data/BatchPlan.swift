import COCO
import Glibc

/// The plan of batches: the samples of each batch and their order, which depend on its settings,
/// the seed and the epoch only.
public struct BatchPlan: Sendable, Equatable {
  /// The number of samples in a batch.
  public var batchSize: Int
  /// Whether the order is drawn again for each epoch; otherwise it is the samples' own.
  public var shuffles: Bool
  /// The group of each sample, which all samples of its batch share; nil for no grouping.
  public var groups: [Int]?
  /// The seed of the orders.
  public var seed: UInt64
  /// The part of every batch that this process has; nil for the whole.
  var share: ProcessShare?

  /// Creates a plan; the batch size must be at least 1.
  public init(batchSize: Int, shuffles: Bool = true, groups: [Int]? = nil, seed: UInt64 = 0) {
    precondition(batchSize >= 1, "expected a batch size of 1 or more, found \(batchSize)")
    self.batchSize = batchSize
    self.shuffles = shuffles
    self.groups = groups
    self.seed = seed
  }

  /// Returns the batches of an epoch as positions of samples.
  ///
  /// Every sample is in one batch. Without groups the last batch may be smaller. With groups, the
  /// remainder of a group is filled with earlier samples of it, as in torchvision's reference,
  /// which however drops samples where that makes one batch more. Of several processes each has its
  /// part of every batch, which may be empty.
  public func batches(of count: Int, epoch: Int) -> [[Int]] {
    let batches = wholeBatches(of: count, epoch: epoch)
    return share.map { share in batches.map { share.part(of: $0, size: batchSize) } } ?? batches
  }

  private func wholeBatches(of count: Int, epoch: Int) -> [[Int]] {
    var order = Array(0..<count)
    if shuffles {
      var generator = SeededGenerator(seed: seed, part: epoch)
      order.shuffle(using: &generator)
    }
    guard let groups else {
      return stride(from: 0, to: count, by: batchSize).map {
        Array(order[$0..<min($0 + batchSize, count)])
      }
    }
    precondition(groups.count == count, "expected \(count) groups, found \(groups.count)")
    return grouped(order, by: groups)
  }

  private func grouped(_ order: [Int], by groups: [Int]) -> [[Int]] {
    var batches: [[Int]] = []
    var open: [Int: [Int]] = [:]
    var members: [Int: [Int]] = [:]
    for position in order {
      let group = groups[position]
      members[group, default: []].append(position)
      open[group, default: []].append(position)
      if let batch = open[group], batch.count == batchSize {
        batches.append(batch)
        open[group] = nil
      }
    }
    for group in open.keys.sorted() {
      guard var batch = open[group], let earlier = members[group] else { continue }
      for index in 0..<(batchSize - batch.count) { batch.append(earlier[index % earlier.count]) }
      batches.append(batch)
    }
    return batches
  }
}

/// Groups of images by aspect ratio, so that batches have little padding.
public enum AspectRatioGroups {
  /// Returns the edges between groups: 2 to the power of 2k + 1 even steps from −1 to 1, as in
  /// torchvision's reference with k = 3.
  static func edges(_ k: Int = 3) -> [Double] {
    (-k...k).map { exp2(Double($0) / Double(k)) }
  }

  /// Returns the group of an image by height / width: the number of edges not above it.
  public static func group(width: Int, height: Int, k: Int = 3) -> Int {
    let ratio = Double(height) / Double(max(width, 1))
    return edges(k).count { $0 <= ratio }
  }

  /// Returns the groups of samples by the sizes that their dataset gives.
  public static func groups(of samples: DetectionSamples) -> [Int] {
    (0..<samples.count).map {
      let image = samples.image(at: $0)
      return group(width: image.width, height: image.height)
    }
  }
}

/// A generator of random draws that depend on a seed only: SplitMix64 (Steele, Lea and Flood,
/// 2014).
///
/// Swift's shuffling and ranges draw from it, so that an order of samples is the same on every
/// machine and for any number of threads.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
  private var state: UInt64

  /// Creates the generator of a seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// Creates the generator of one part of a run, such as an epoch or a sample of it. Parts do not
  /// depend on one another's draws.
  public init(seed: UInt64, part: Int, of whole: Int = 0) {
    var mixer = SeededGenerator(seed: seed)
    for number in [whole, part] { mixer.state = mixer.next() ^ UInt64(bitPattern: Int64(number)) }
    state = mixer.next()
  }

  /// Returns the next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
