import Files

/// A cache of measurements by the paths of their files, in a text file of the user's.
///
/// The first line names the kind of file and the version of the measurements; each other line holds
/// one file's measurement after its own checksum. A line that is damaged, or from a text of another
/// kind or version, is left out and counted.
public struct MeasurementCache: Sendable {
  /// The first line; its version must be raised whenever a measurement of the same file changes.
  static let firstLine = kind + "3"
  private static let kind = "copra image measurements "

  private var measurements: [String: ImageMeasurement] = [:]
  /// The number of lines that were left out.
  public private(set) var ignoredLines = 0
  /// Whether the text was not empty and of another kind: a foreign file, not a cache of any
  /// version.
  public private(set) var isForeign = false

  /// Creates an empty cache.
  public init() {}

  /// Reads a cache from any bytes. Of two lines for one path the later one counts.
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

  /// The number of measurements.
  public var count: Int { measurements.count }

  /// Returns the measurement of the file at `path`, unless its `stamp` has changed since.
  public func measurement(of path: String, stamp: FileStamp) -> ImageMeasurement? {
    guard let found = measurements[path], found.stamp == stamp else { return nil }
    return found
  }

  /// Stores `measurement` for `path`, replacing an earlier one.
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
