import Console
import Files
import Hummingbird
import Logging
import NIOCore

/// Serves a site on 127.0.0.1, which other machines do not reach.
struct ViewServer {
  let site: Site
  let access = AccessGuard()

  /// Serves until the program ends, and calls `onListening` with the address that lets a browser in.
  ///
  /// - Throws: a `CommandFailure` where the port cannot be listened on.
  func run(port: Int, onListening: @escaping @Sendable (String) -> Void) async throws {
    let router = Router(options: .autoGenerateHeadEndpoints)
    router.add(middleware: access)
    site.addRoutes(to: router)
    // Messages are copra's own.
    var logger = Logger(label: "copra-view")
    logger.logLevel = .critical
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { [access] channel in
        access.port = channel.localAddress?.port ?? port
        onListening(access.address)
      }, logger: logger)
    do {
      try await application.run()
    } catch let error as IOError {
      let advice = "; without --port a free one is picked"
      throw CommandFailure(
        "cannot listen on port \(port) of 127.0.0.1: \(FileError.reason(error.errnoCode))"
          + advice)
    }
  }
}
