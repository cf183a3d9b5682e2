/// Random draws that depend on nothing but a seed: SplitMix64 (Steele, Lea and Flood, 2014).
///
/// Swift's own shuffling and ranges draw from it, so that an order of samples is the same on every
/// machine and for any number of threads.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
  private var state: UInt64

  public init(seed: UInt64) {
    state = seed
  }

  /// The generator of one part of a run, such as an epoch or a sample of it: parts do not depend
  /// on one another's draws.
  public init(seed: UInt64, part: Int, of whole: Int = 0) {
    var mixer = SeededGenerator(seed: seed)
    for number in [whole, part] { mixer.state = mixer.next() ^ UInt64(bitPattern: Int64(number)) }
    state = mixer.next()
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
