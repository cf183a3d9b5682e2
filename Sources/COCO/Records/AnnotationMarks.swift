/// The presence of an annotation's fields, and the start of its polygons among the words that hold
/// them.
struct AnnotationMarks: Sendable {
  enum Mark: UInt32 {
    case category = 1
    case box = 2
    case area = 4
    /// `iscrowd` is 0.
    case single = 8
    /// `iscrowd` is 1.
    case crowd = 16
    case changed = 32
    /// The id is among an annotation's further fields.
    case longID = 64
    /// The image's id is among an annotation's further fields.
    case longImageID = 128
  }

  /// The last start that is held here; polygons beyond it are an `OtherOutline`.
  static let lastStart = 1 << 24 - 1

  /// The marks, and above them 24 bits of the start.
  private var bits: UInt32 = 0

  func contains(_ mark: Mark) -> Bool { bits & mark.rawValue != 0 }

  mutating func set(_ mark: Mark, _ isSet: Bool) {
    bits = isSet ? bits | mark.rawValue : bits & ~mark.rawValue
  }

  var start: Int {
    get { Int(bits >> 8) }
    set { bits = bits & 0xFF | UInt32(truncatingIfNeeded: newValue) << 8 }
  }
}
