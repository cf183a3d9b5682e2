public import Foundation

/// A program that runs in a workspace; its output goes to hidden files there.
public final class Child {
  public let identifier: pid_t
  private let folder: TemporaryFolder
  private let log: String

  /// Starts it, with no signal ignored or blocked, whatever these tests were started with.
  public init(
    _ program: String, _ arguments: [String], in folder: TemporaryFolder,
    environment: [String: String] = [:]
  ) throws {
    self.folder = folder
    log = folder.path(".run-\(UUID().uuidString)")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let writing = O_WRONLY | O_CREAT | O_APPEND
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log + ".results", writing, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, log + ".messages", writing, 0o644)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var variables = ProcessInfo.processInfo.environment
    for name in ["NO_COLOR", "COLUMNS"] { variables[name] = nil }
    variables["TERM"] = "xterm"
    variables.merge(environment) { $1 }
    // Turns into the program once it is in the folder.
    let launcher = "/usr/bin/env"
    let command = [launcher, "-C", folder.path, program] + arguments
    var words = command.map { strdup($0) } + [nil]
    var settings = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in words + settings { free(pointer) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, launcher, &actions, &attributes, &words, &settings)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
    self.identifier = identifier
  }

  public func send(_ signal: Int32) {
    kill(identifier, signal)
  }

  /// What it has written to standard output so far.
  public var results: String { text(log + ".results") }

  /// Waits for its end.
  public func wait() throws -> ProgramEnding {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 {
      guard errno == EINTR else { throw POSIXError(.ECHILD) }
    }
    let signal = status & 0x7F
    defer {
      unlink(log + ".results")
      unlink(log + ".messages")
    }
    return ProgramEnding(
      status: signal == 0 ? (status >> 8) & 0xFF : nil, signal: signal == 0 ? nil : signal,
      results: text(log + ".results"), messages: text(log + ".messages"))
  }

  private func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }
}
