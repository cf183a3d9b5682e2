import ArgumentParser
import COCO

/// Turns what the world refuses into a message and exit status 2.
enum Failures {
  static func reported(_ body: () async throws -> ExitCode?) async throws -> ExitCode? {
    do {
      return try await body()
    } catch let failure as FileError {
      Terminal.message("error: \(failure)")
      return ExitStatus.failure
    } catch let failure as CommandFailure {
      Terminal.message("error: \(failure)")
      return ExitStatus.failure
    }
  }
}
