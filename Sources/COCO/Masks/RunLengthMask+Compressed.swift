// Each run, from the fourth on less the run two before it, is cut into groups of five bits, lowest
// first. A group is written as the character 48 + group, plus 32 where another follows; the last
// group's highest bit is the sign.
private let firstCharacter: UInt8 = 48
private let lastCharacter: UInt8 = 111
private let moreFollow: UInt8 = 0x20
private let signBit: UInt8 = 0x10
private let groupBits: UInt8 = 0x1f

extension RunLengthMask {
  /// The runs as the string that COCO's files hold: pycocotools' `counts` of an encoded mask.
  public var compressed: String {
    String(decoding: compressedBytes, as: UTF8.self)
  }

  /// The compressed string as ASCII bytes; 92, a backslash, needs an escape in JSON.
  public var compressedBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(counts.count * 2)
    for index in counts.indices {
      var rest = Int(counts[index])
      if index > 2 { rest -= Int(counts[index - 2]) }
      while true {
        let group = UInt8(truncatingIfNeeded: rest) & groupBits
        rest >>= 5
        if rest == (group & signBit == 0 ? 0 : -1) {
          bytes.append(firstCharacter + group)
          break
        }
        bytes.append(firstCharacter + (group | moreFollow))
      }
    }
    return bytes
  }

  /// Reads a compressed string whose runs cover height × width pixels; otherwise throws.
  public init(compressed: String, height: Int, width: Int) throws(MaskError) {
    try self.init(compressed: Array(compressed.utf8), height: height, width: width)
  }

  /// Reads a compressed string's bytes whose runs cover height × width pixels; otherwise throws.
  public init(compressed: [UInt8], height: Int, width: Int) throws(MaskError) {
    let counts = try compressed.withUnsafeBufferPointer { bytes throws(MaskError) in
      try RunLengthMask.runs(compressed: bytes)
    }
    self.init(height: height, width: width, counts: counts)
    try validate()
  }

  /// Returns the runs in a compressed string's bytes, whatever they cover, for a reader that admits
  /// them.
  ///
  /// - Throws: A `MaskError` if the bytes are no run lengths; pycocotools reads these as others.
  public static func runs(
    compressed bytes: UnsafeBufferPointer<UInt8>
  ) throws(MaskError) -> [UInt32] {
    var runs: [UInt32] = []
    runs.reserveCapacity(
      bytes.reduce(0) { $0 + (($1 &- firstCharacter) & moreFollow == 0 ? 1 : 0) })
    var offset = 0
    while offset < bytes.count {
      var run = try number(in: bytes, at: &offset, index: runs.count)
      if runs.count > 2 { run += Int(runs[runs.count - 2]) }
      guard let admitted = UInt32(exactly: run) else { throw .runOutOfRange(index: runs.count) }
      runs.append(admitted)
    }
    return runs
  }

  /// Reads the signed number at `offset` and moves `offset` behind it.
  @inline(__always)
  private static func number(
    in bytes: UnsafeBufferPointer<UInt8>, at offset: inout Int, index: Int
  ) throws(MaskError) -> Int {
    var number = 0
    var shift = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte >= firstCharacter, byte <= lastCharacter else {
        throw .unexpectedByte(byte, offset: offset)
      }
      guard shift < 60 else { throw .runOutOfRange(index: index) }
      let group = byte - firstCharacter
      number |= Int(group & groupBits) << shift
      shift += 5
      offset += 1
      if group & moreFollow == 0 {
        return group & signBit == 0 ? number : number | (-1 << shift)
      }
    }
    throw .truncated
  }
}
