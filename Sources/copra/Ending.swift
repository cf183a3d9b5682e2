import ArgumentParser
import COCO
import Glibc

/// How a command ends.
enum Ending {
  /// Runs a command and ends the program with its status: 2, with a message, for what the world
  /// refuses. Nothing is freed on the way: a million records would take a while.
  static func exit(_ body: () async throws -> ExitCode?) async -> Never {
    do {
      let status = try await body()
      Glibc.exit(status?.rawValue ?? 0)
    } catch let failure as FileError {
      Terminal.message("error: \(failure)")
    } catch let failure as CommandFailure {
      Terminal.message("error: \(failure)")
    } catch {
      Terminal.message("error: \(error)")
    }
    Glibc.exit(ExitStatus.failure.rawValue)
  }
}
