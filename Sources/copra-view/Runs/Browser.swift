import Console
import Files
import Glibc

/// The user's own browser.
enum Browser {
  private static let program = "xdg-open"

  /// Opens an address; where that fails the address stands on the terminal all the same.
  static func open(_ address: String) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    let arguments: [String] = [program, address]
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var identifier: pid_t = 0
    let code = posix_spawnp(&identifier, program, &actions, nil, &words, environ)
    if code != 0 { Terminal.message("note: \(program): \(FileError.reason(code))") }
  }
}
