import Foundation
import Glibc
import TestSupport
import Testing

/// `copra view` while it runs, as a browser on this machine meets it.
final class Viewer {
  static let copra = BuiltProgram.path(of: "copra")

  let port: UInt16
  let token: String
  private let child: Child
  private var hasEnded = false

  /// Starts it on what is in a folder and waits for its address.
  init(_ arguments: [String], in folder: TemporaryFolder) throws {
    child = try Child(Self.copra, ["view"] + arguments, in: folder)
    var line = ""
    for _ in 0..<1000 where !line.hasSuffix("\n") {
      usleep(10_000)
      line = child.results
    }
    let address = URLComponents(string: line.trimmingCharacters(in: .newlines))
    let found = (address?.port.flatMap { UInt16($0) }, address?.queryItems?.first?.value)
    guard let port = found.0, let token = found.1 else {
      child.send(SIGKILL)
      throw POSIXError(.EADDRNOTAVAIL, userInfo: ["said": try child.wait().messages])
    }
    (self.port, self.token) = (port, token)
  }

  deinit {
    if hasEnded { return }
    child.send(SIGKILL)
    _ = try? child.wait()
  }

  func end(by signal: Int32) throws -> ProgramEnding {
    child.send(signal)
    hasEnded = true
    return try child.wait()
  }

  var host: String { "127.0.0.1:\(port)" }
  /// What a browser sends once the token has been taken.
  var cookie: String { "copra-\(port)=\(token)" }

  /// Asks as the page does, but for what is said otherwise.
  ///
  /// - Parameter headers: nil for one that is left out.
  func answer(
    to path: String, method: String = "GET", headers: [String: String?] = [:]
  ) throws -> Answer {
    let own: [String: String?] = ["Host": host, "Cookie": cookie, "Connection": "close"]
    let all = own.merging(headers) { $1 }
    let lines = all.compactMap { name, value in value.map { "\(name): \($0)\r\n" } }
    let request = "\(method) \(path) HTTP/1.1\r\n\(lines.joined())\r\n"
    return try Answer(Connection(to: "127.0.0.1", port: port).exchange(request))
  }

  /// Asks for what the page reads as JSON.
  func json(_ path: String) throws -> [String: Any] {
    let answer = try answer(to: path)
    #expect(answer.status == 200)
    return try JSONSerialization.jsonObject(with: answer.body) as? [String: Any] ?? [:]
  }

  /// Waits for the search for findings to come to its end.
  func findings() throws -> [String: Any] {
    for _ in 0..<500 {
      let findings = try json("/api/findings")
      if findings["state"] as? String != "running" { return findings }
      usleep(20_000)
    }
    return [:]
  }
}

/// What a server sent.
struct Answer {
  let status: Int
  /// By names in small letters.
  let headers: [String: String]
  let body: Data

  init(_ bytes: Data) {
    let end = bytes.range(of: Data("\r\n\r\n".utf8))
    let head = String(decoding: bytes[..<(end?.lowerBound ?? bytes.endIndex)], as: UTF8.self)
    body = end.map { Data(bytes[$0.upperBound...]) } ?? Data()
    let lines = head.components(separatedBy: "\r\n")
    status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let fields = lines.dropFirst().compactMap { line -> (String, String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      return (line[..<colon].lowercased(), value)
    }
    headers = Dictionary(fields) { $1 }
  }

  var text: String { String(decoding: body, as: UTF8.self) }
}

/// A connection to a port, for one request.
struct Connection {
  private let socket: Int32

  init(to host: String, port: UInt16) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, host, &address.sin_addr)
    let socket = socket
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else {
      let reason = POSIXErrorCode(rawValue: errno) ?? .EIO
      close(socket)
      throw POSIXError(reason)
    }
  }

  /// Sends a request and returns all that comes until the other side closes.
  func exchange(_ request: String) -> Data {
    let handle = FileHandle(fileDescriptor: socket, closeOnDealloc: true)
    try? handle.write(contentsOf: Data(request.utf8))
    return (try? handle.readToEnd()) ?? Data()
  }
}
