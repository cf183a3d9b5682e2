import Files
import Glibc

/// Why a file of tensors was refused; the message says what was expected and what was found.
public struct StateError: Error, Sendable, Equatable, CustomStringConvertible {
  public var path: String
  /// The tensor at fault, where it is one tensor's.
  public var key: String?
  public var message: String

  public init(_ path: String, key: String? = nil, _ message: String) {
    self.path = path
    self.key = key
    self.message = message
  }

  /// What the file system refused.
  init(_ error: FileError) {
    let message =
      switch (error.operation, error.code) {
      case ("map", EISDIR): "expected a file, found a folder"
      case ("map", ENOTSUP): "expected a regular file, found a device or pipe"
      case ("map", ENODATA): "expected a file of tensors, found an empty one"
      case ("write", EISDIR), ("replace", ENOTSUP):
        "expected a file to replace, found a folder, device or pipe"
      default: "cannot \(error.operation): \(FileError.reason(error.code))"
      }
    self.init(error.path, message)
  }

  /// `path: 'key': message`
  public var description: String {
    guard let key else { return "\(path): \(message)" }
    return "\(path): \(key.quotedForMessage): \(message)"
  }
}

extension String {
  private static let longestQuotation = 120

  /// The text in quotes. It comes from strangers' files and goes to terminals, so that whatever is
  /// not printed is written as its number, and the end of a long one is left out.
  var quotedForMessage: String {
    var quoted = "'"
    for (position, scalar) in unicodeScalars.enumerated() {
      if position == Self.longestQuotation { return quoted + "…'" }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
        quoted += "\\u{\(String(scalar.value, radix: 16))}"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "'"
  }
}
