import Glibc
import HTTPTypes
import Hummingbird
import Synchronization

/// Lets in none but the user's own browser, on the page whose address was printed: names of this
/// machine only, no page of another site, the token, and reading only.
final class AccessGuard: RouterMiddleware {
  typealias Context = BasicRequestContext

  /// 128 random bits, in letters that addresses can hold.
  let token = AccessToken()
  private let knownPort = Mutex(0)

  /// The port that is listened on; known once it is.
  var port: Int {
    get { knownPort.withLock { $0 } }
    set { knownPort.withLock { $0 = newValue } }
  }

  /// The address that lets a browser in.
  var address: String { "http://127.0.0.1:\(port)/?token=\(token.text)" }

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = await answer(request, context, next)
    for (name, value) in Self.headers { response.headers[name] = value }
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }

  private func answer(
    _ request: Request, _ context: Context, _ next: (Request, Context) async throws -> Response
  ) async -> Response {
    if let refusal = refusal(of: request) { return refusal }
    let isFirst = request.uri.queryParameters["token"] != nil
    do {
      var response = try await next(request, context)
      if isFirst {
        response.headers[.setCookie] =
          "\(cookieName)=\(token.text); HttpOnly; SameSite=Strict; Path=/"
      }
      return response
    } catch let error as HTTPError {
      return .sentence(error.body ?? "there is no such page", error.status)
    } catch let refusal as PictureRefusal {
      return .sentence("\(refusal)", refusal == .outside ? .forbidden : .notFound)
    } catch is CancellationError {
      return .sentence("the request was cancelled", .serviceUnavailable)
    } catch {
      return .sentence("\(error)", .unprocessableContent)
    }
  }

  /// Returns the answer to a request that is not let in; nil for one that is.
  private func refusal(of request: Request) -> Response? {
    guard request.method == .get || request.method == .head else {
      var response = Response.sentence(
        "expected GET or HEAD, found \(request.method.rawValue): nothing can be changed here",
        .methodNotAllowed)
      response.headers[.allow] = "GET, HEAD"
      return response
    }
    let names = ["127.0.0.1:\(port)", "localhost:\(port)"]
    guard let host = request.head.authority, names.contains(host.lowercased()) else {
      return .sentence("expected the address that copra printed, found another host", .forbidden)
    }
    let origins = names.map { "http://\($0)" }
    guard request.headers[values: .origin].allSatisfy(origins.contains) else {
      return .sentence(
        "expected a request from copra's own page, found one from another site", .forbidden)
    }
    guard isKnown(request) else {
      return .sentence("open the address that copra printed: it contains a token", .forbidden)
    }
    return nil
  }

  /// Whether the request holds the token, in its address or in the cookie that came of that.
  private func isKnown(_ request: Request) -> Bool {
    if let given = request.uri.queryParameters["token"] { return token.matches(String(given)) }
    let cookies = request.headers[values: .cookie].flatMap { $0.split(separator: ";") }
    return cookies.contains { cookie in
      let parts = cookie.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      return parts.count == 2 && parts[0] == cookieName && token.matches(String(parts[1]))
    }
  }

  /// Browsers share cookies among the ports of a host.
  private var cookieName: String { "copra-\(port)" }

  private static let headers: [(HTTPField.Name, String)] = [
    (
      .contentSecurityPolicy,
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    (.xContentTypeOptions, "nosniff"), (.referrerPolicy, "no-referrer"),
    (.crossOriginResourcePolicy, "same-origin"), (.crossOriginOpenerPolicy, "same-origin"),
  ]
}

/// A secret that only the printed address holds.
struct AccessToken: Sendable {
  let text: String

  init() {
    var random = SystemRandomNumberGenerator()
    text = (0..<2).map { _ in
      let digits = String(random.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Takes as long whatever is given of the token's length.
  func matches(_ other: String) -> Bool {
    guard other.utf8.count == text.utf8.count else { return false }
    return zip(text.utf8, other.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

extension HTTPField.Name {
  fileprivate static let referrerPolicy = known("Referrer-Policy")
  fileprivate static let crossOriginOpenerPolicy = known("Cross-Origin-Opener-Policy")

  /// A name whose letters are those of a header.
  private static func known(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else {
      preconditionFailure("expected a header's name, found \(name)")
    }
    return name
  }
}

extension Response {
  /// An answer in plain words.
  static func sentence(_ text: String, _ status: HTTPResponse.Status) -> Response {
    Response(
      status: status, headers: [.contentType: "text/plain; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
  }

  /// An answer that is read by the page.
  static func json(_ bytes: [UInt8]) -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
