import Glibc

/// The reason why an image, or its header, could not be read.
///
/// The messages are lower case and give what was expected and what was found; offsets are bytes
/// from the start of the file. The caller adds the path.
public enum ImageError: Error, Sendable, Equatable {
  /// There is no file of that name.
  case notFound
  /// The system refused to open or read it, with its `errno`.
  case unreadable(errno: Int32)
  /// The first bytes match no known format.
  case notAnImage(String)
  /// The file is an image, but of a kind that is not read.
  case unsupported(String)
  /// The data ends before the image does.
  case truncated(String, offset: Int? = nil)
  /// The data contradicts its format.
  case corrupt(String, offset: Int? = nil)
  /// The image has more pixels than the caller allows; nothing was allocated for them.
  case tooLarge(width: Int, height: Int, limit: Int)
  /// The decoder could not allocate its memory.
  case outOfMemory

  init(errno code: Int32) {
    self = code == ENOENT || code == ENOTDIR ? .notFound : .unreadable(errno: code)
  }

  /// The place of the fault, in bytes from the start of the file, if it has one.
  public var offset: Int? {
    switch self {
    case .truncated(_, let offset), .corrupt(_, let offset): offset
    default: nil
    }
  }
}

extension ImageError: CustomStringConvertible {
  /// The reason as a message.
  public var description: String {
    switch self {
    case .notFound: "no such file"
    case .unreadable(let code): "cannot be read: \(String(cString: strerror(code)).lowercasedFirst)"
    case .notAnImage(let message), .unsupported(let message): message
    case .truncated(let message, let offset): "data ends early\(place(offset)): \(message)"
    case .corrupt(let message, let offset): "corrupt data\(place(offset)): \(message)"
    case .tooLarge(let width, let height, let limit):
      "expected at most \(limit) pixels, found \(width) × \(height)"
    case .outOfMemory: "not enough memory to decode"
    }
  }

  private func place(_ offset: Int?) -> String {
    offset.map { " at byte \($0)" } ?? ""
  }
}

extension String {
  /// The text with a lower-case first letter, since the libraries' messages begin with a capital
  /// and ours do not; acronyms are kept.
  var lowercasedFirst: String {
    guard let first, let second = dropFirst().first, !second.isUppercase else { return self }
    return first.lowercased() + dropFirst()
  }
}
