import ProgramTesting

/// The program that was built beside these tests.
enum Copra {
  typealias Ending = ProgramEnding

  static let path = BuiltProgram.path(of: "copra")

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
