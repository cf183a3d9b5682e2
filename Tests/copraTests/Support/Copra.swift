import TestSupport

/// The program that was built beside these tests.
enum Copra {
  typealias Ending = ProgramEnding

  static let path = BuiltProgram.path(of: "copra")

  /// Runs `copra` with these arguments in `folder`.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> Ending {
    try Child(path, arguments, in: folder, environment: environment).wait()
  }

  /// Runs a line of bash in `folder`, where `$COPRA` is the program.
  static func bash(_ line: String, in folder: TemporaryFolder) throws -> Ending {
    try Child("/bin/bash", ["-c", line], in: folder, environment: ["COPRA": path]).wait()
  }
}
