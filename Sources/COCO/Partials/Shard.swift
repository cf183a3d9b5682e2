/// One of the parts into which images are divided, the same on every machine.
///
/// An image belongs to shard k of n if the hash of its key lies in the k-th of n equal parts of the
/// 64-bit numbers. So the shards 1/4 and 2/4 together hold what 1/2 holds. The hash is FNV-1a over
/// the key's UTF-8, mixed by the last step of MurmurHash3; the key of an image that has an id is
/// the id in digits.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// The number of the shard, 1 … `count`.
  public let number: Int
  /// The number of shards.
  public let count: Int

  /// Creates shard `number` of `count`; nil if there is no such shard.
  public init?(number: Int, of count: Int) {
    guard count >= 1, count <= Int32.max, (1...count).contains(number) else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// Reads `k/n`; nil for any other text.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let number = Int(parts[0]), let count = Int(parts[1])
    else { return nil }
    self.init(number: number, of: count)
  }

  /// The shard as `k/n`.
  public var description: String { "\(number)/\(count)" }

  /// Returns whether the image of this key belongs to the shard.
  public func contains(_ key: String) -> Bool { holds(PictureHash.hash(key)) }

  /// Returns whether the image of this id belongs to the shard.
  public func contains(imageID: Int) -> Bool { holds(PictureHash.hash(imageID)) }

  private func holds(_ hash: UInt64) -> Bool { Self.number(holding: hash, of: count) == number }

  /// Returns the number of the shard that a hash belongs to.
  static func number(holding hash: UInt64, of count: Int) -> Int {
    Int(hash.multipliedFullWidth(by: UInt64(count)).high) + 1
  }

  /// The hashes that belong to the shard.
  var hashes: ClosedRange<UInt64> {
    Self.start(number - 1, of: count)...(number == count ? .max : Self.start(number, of: count) - 1)
  }

  /// Returns the first hash of part `index`, from 0, of `count`.
  private static func start(_ index: Int, of count: Int) -> UInt64 {
    guard index > 0 else { return 0 }
    let (quotient, remainder) = UInt64(count).dividingFullWidth((UInt64(index), 0))
    return quotient + (remainder > 0 ? 1 : 0)
  }
}

extension Shard: Comparable {
  /// Orders shards by their start, and those with the same start by their size.
  public static func < (left: Shard, right: Shard) -> Bool {
    let (own, other) = (left.hashes, right.hashes)
    return (own.lowerBound, other.upperBound) < (other.lowerBound, own.upperBound)
  }
}

/// The hash by which images are divided.
enum PictureHash {
  static func hash(_ key: String) -> UInt64 {
    var hash = start
    for byte in key.utf8 { add(byte, to: &hash) }
    return mixed(hash)
  }

  /// Returns the hash of the number's digits.
  static func hash(_ id: Int) -> UInt64 {
    var hash = start
    if id < 0 { add(UInt8(ascii: "-"), to: &hash) }
    let magnitude = id.magnitude
    var unit: UInt = 1
    while magnitude / unit >= 10 { unit *= 10 }
    while unit > 0 {
      add(UInt8(48 + magnitude / unit % 10), to: &hash)
      unit /= 10
    }
    return mixed(hash)
  }

  private static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  private static func add(_ byte: UInt8, to hash: inout UInt64) {
    hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  private static func mixed(_ hash: UInt64) -> UInt64 {
    var hash = hash
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ hash >> 33
  }
}
