import COCO
import Files

/// Paths as the URIs of SARIF: relative to the working folder if they lie below it, or else
/// absolute, percent-encoded, without `..`.
struct SARIFLocations {
  /// A file, or a folder if the URI ends with a slash.
  struct Artifact {
    var uri: String
    var isRelative: Bool
  }

  /// An absolute path without a slash at its end.
  private let folder: String?

  init(folder: String?) {
    self.folder = folder.map(Path.normalized)
  }

  func artifact(_ path: String) -> Artifact {
    var path = Path.normalized(folder.map { Path.join($0, path) } ?? path)
    if let folder { path = path == folder ? "." : Path.relative(path, to: folder) }
    let isRelative = path.utf8.first != UInt8(ascii: "/")
    return Artifact(uri: (isRelative ? "" : "file://") + Self.encoded(path), isRelative: isRelative)
  }

  /// Returns the one file, or the folder that all files lie in, or the working folder if they share
  /// none; nil if there are no files.
  func artifact(holding paths: [String]) -> Artifact? {
    guard paths.count > 1 else { return paths.first.map(artifact) }
    guard let common = Path.common(of: paths.lazy.map(Path.folder)) else { return nil }
    var artifact = artifact(common == "/" ? "." : common)
    if artifact.uri.utf8.last != UInt8(ascii: "/") { artifact.uri += "/" }
    return artifact
  }

  /// Returns the path with all characters but letters, digits, `-`, `.`, `_`, `~` and the slashes
  /// replaced by their bytes' codes (RFC 3986).
  private static func encoded(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        bytes.append(byte)
      default:
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
