import Files

/// Measurements by the paths of their files, as a text that a user keeps.
///
/// The first line names the kind of file and the version of the measurements; each other one holds
/// one file's, behind its own checksum. Nothing in the text is believed that does not read back
/// whole: a line that is damaged, or of a text of another kind or version, is left out and counted.
public struct MeasurementCache: Sendable {
  /// To be raised whenever a measurement of the same file becomes another.
  static let firstLine = kind + "3"
  private static let kind = "copra image measurements "

  private var measurements: [String: ImageMeasurement] = [:]
  /// Lines of the text that were left out.
  public private(set) var ignoredLines = 0
  /// Whether the text was not empty and of another kind: somebody's file, no cache of any version.
  public private(set) var isForeign = false

  public init() {}

  /// Reads `bytes`, whatever they are. Of two lines for one path the later one counts.
  public init(parsing bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { bytes in
      var rest = bytes[...]
      guard let first = Self.nextLine(&rest) else { return }
      let isOurs = first.elementsEqual(Self.firstLine.utf8)
      if !isOurs { ignoredLines = 1 }
      isForeign = !first.starts(with: Self.kind.utf8)
      measurements.reserveCapacity(isOurs ? bytes.count / 256 : 0)
      while let line = Self.nextLine(&rest) {
        if isOurs, let record = MeasurementRecord(parsing: UnsafeBufferPointer(rebasing: line)) {
          measurements[record.path] = record.measurement
        } else {
          ignoredLines += 1
        }
      }
    }
  }

  private static func nextLine(
    _ rest: inout Slice<UnsafeBufferPointer<UInt8>>
  ) -> Slice<UnsafeBufferPointer<UInt8>>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.base.firstIndex(of: UInt8(ascii: "\n"), from: rest.startIndex) ?? rest.endIndex
    defer { rest = rest[min(end + 1, rest.endIndex)...] }
    return rest[..<end]
  }

  public var count: Int { measurements.count }

  /// What was measured of the file at `path`, unless its `stamp` was another then.
  public func measurement(of path: String, stamp: FileStamp) -> ImageMeasurement? {
    guard let found = measurements[path], found.stamp == stamp else { return nil }
    return found
  }

  /// Keeps `measurement` for `path`, in place of what there was.
  public mutating func insert(_ measurement: ImageMeasurement, of path: String) {
    measurements[path] = measurement
  }

  /// The cache as text in UTF-8, its lines in the order of the paths' bytes.
  public var text: [UInt8] {
    var text = Array(Self.firstLine.utf8) + [UInt8(ascii: "\n")]
    let sorted = measurements.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for (path, measurement) in sorted {
      MeasurementRecord(path: path, measurement: measurement).write(to: &text)
    }
    return text
  }
}
