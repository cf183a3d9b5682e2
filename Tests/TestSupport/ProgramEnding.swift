import Glibc

/// How a run ended and what it said.
public struct ProgramEnding: Sendable {
  /// Nil where a signal ended it.
  public var status: Int32?
  public var signal: Int32?
  /// What went to standard output.
  public var results: String
  /// What went to standard error.
  public var messages: String
}

/// The programs that were built beside these tests.
public enum BuiltProgram {
  /// Where the program of a name is.
  public static func path(of name: String) -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let program = String(
      decoding: buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return program.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/\(name)"
  }
}
