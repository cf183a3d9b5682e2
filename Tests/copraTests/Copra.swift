import Glibc

/// The program that was built beside these tests.
enum Copra {
  /// How a run ended and what it said.
  struct Ending {
    /// Nil where a signal ended it.
    var status: Int32?
    var signal: Int32?
    /// What went to standard output.
    var results: String
    /// What went to standard error.
    var messages: String
  }

  static let path: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let program = String(
      decoding: buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return program.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/copra"
  }()

  /// Runs `copra` with these arguments in `folder`.
  static func run(
    _ arguments: [String], in folder: Workspace, environment: [String: String] = [:]
  ) throws -> Ending {
    try Child(path, arguments, in: folder, environment: environment).wait()
  }

  /// Runs a line of bash in `folder`, where `$COPRA` is the program.
  static func bash(_ line: String, in folder: Workspace) throws -> Ending {
    try Child("/bin/bash", ["-c", line], in: folder, environment: ["COPRA": path]).wait()
  }
}
