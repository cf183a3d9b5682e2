/// What a file of tensors was refused for; the message names what was expected and what stood there.
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
