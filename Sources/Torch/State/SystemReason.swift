import Glibc

/// The system's words for what it has just refused.
enum SystemReason {
  /// As in `no space left on device`; to be asked at once, before another call fails.
  static var last: String {
    let words = String(cString: strerror(errno))
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
