import Files
import Glibc

/// An error that reports why a file of tensors was refused, with the expectation and the value
/// found.
public struct StateError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The path of the file.
  public var path: String
  /// The key of the tensor at fault, if it is one tensor.
  public var key: String?
  /// The message.
  public var message: String

  /// Creates an error about a file, or about one of its tensors.
  public init(_ path: String, key: String? = nil, _ message: String) {
    self.path = path
    self.key = key
    self.message = message
  }

  /// Creates an error from one of the file system.
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

  /// The path, the key and the message: `path: 'key': message`.
  public var description: String {
    guard let key else { return "\(path): \(message)" }
    return "\(path): \(key.quotedForMessage): \(message)"
  }
}

extension String {
  private static let longestQuotation = 120

  /// The text in quotes. It comes from untrusted files and goes to terminals, so characters that
  /// are not printable are written as their numbers, and the end of a long text is left out.
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
