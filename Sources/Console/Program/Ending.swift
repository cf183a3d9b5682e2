public import ArgumentParser
import Files
import Glibc

/// The end of the program.
public enum Ending {
  /// Runs a command and ends the program with its status: 2, with a message, for what the world
  /// refuses.
  public static func exit(_ body: @Sendable () async throws -> ExitStatus) async -> Never {
    do {
      exit(try await body())
    } catch {
      Terminal.message("error: \(error)")
      exit((error as? FileError)?.mayPass == true ? .tryAgain : .failure)
    }
  }

  /// Ends the program for what the parser of the command line threw: help and the version are
  /// results, all else is a mistake of usage.
  public static func exit(
    for error: any Error, of program: (some ParsableCommand).Type
  ) -> Never {
    let message = program.fullMessage(for: error)
    if program.exitCode(for: error).isSuccess {
      do {
        try Terminal.print(message.isEmpty ? "" : message + "\n")
        exit(.clean)
      } catch {
        Terminal.message("error: \(error)")
        exit(.failure)
      }
    }
    Terminal.message(inHouseStyle(message))
    exit(.failure)
  }

  /// Ends the program at once: other threads may be at work still, with what `Glibc.exit` would
  /// take down under their hands.
  public static func exit(_ status: ExitStatus) -> Never {
    ProgressBar.clear()
    fflush(nil)
    _exit(status.rawValue)
  }

  /// Returns the parser's `Error: Missing …` as `error: missing …`.
  private static func inHouseStyle(_ message: String) -> String {
    let prefix = "Error: "
    guard message.hasPrefix(prefix) else { return message }
    let words = message.dropFirst(prefix.count)
    return "error: " + words.prefix(1).lowercased() + words.dropFirst()
  }
}

/// The exit statuses of a program.
public enum ExitStatus: Int32, Sendable {
  case clean = 0
  /// Findings at or above the failing severity, or rejected records.
  case findings = 1
  /// Usage, unreadable input, full disk.
  case failure = 2
  /// A verdict was requested, and the time did not suffice for one.
  case undecided = 3
  /// The system refused something that it may grant later: `EX_TEMPFAIL` of `sysexits.h`.
  case tryAgain = 75
}
