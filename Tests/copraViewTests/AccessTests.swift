import Foundation
import TestSupport
import Testing

@Suite("Who is let in by the viewer")
struct AccessTests {
  private let folder: TemporaryFolder
  private let viewer: Viewer

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeSet(["a.pgm"])
    try folder.writePicture("a.pgm")
    viewer = try Viewer(["set.json"], in: folder)
  }

  @Test
  func `the token in the printed address is exchanged for a cookie that no script reads`() throws {
    let path = "/?token=\(viewer.token)"
    let answer = try viewer.answer(to: path, headers: ["Cookie": nil])
    #expect(answer.status == 200 && answer.text.contains("<title>copra</title>"))
    let cookie = try #require(answer.headers["set-cookie"])
    #expect(cookie == "\(viewer.cookie); HttpOnly; SameSite=Strict; Path=/")
    #expect(viewer.token.utf8.count == 32)
  }

  @Test(
    arguments: ["/", "/app.js", "/api/set", "/picture/0", "/thumbnail/0", "/nothing"])
  func `without the token nothing is served, the page's own files neither`(path: String) throws {
    let wrong = String(repeating: "0", count: 32)
    for cookie in [nil, "copra-\(viewer.port)=\(wrong)", "copra-\(viewer.port)=", "copra"] {
      let answer = try viewer.answer(to: path, headers: ["Cookie": cookie])
      #expect(answer.status == 403)
      #expect(answer.text == "open the address that copra printed: it contains a token\n")
    }
    #expect(try viewer.answer(to: "\(path)?token=\(wrong)").status == 403)
  }

  @Test
  func `a request for another host is refused, as one is whose name was bent to this machine`()
    throws
  {
    let hosts = [
      "evil.example", "evil.example:\(viewer.port)", "127.0.0.1", "127.0.0.1:1",
      "127.0.0.1:\(viewer.port).evil.example", "0.0.0.0:\(viewer.port)",
    ]
    for host in hosts {
      #expect(try viewer.answer(to: "/", headers: ["Host": host]).status == 403)
    }
    #expect(try viewer.answer(to: "/", headers: ["Host": nil]).status != 200)
    #expect(try viewer.answer(to: "/", headers: ["Host": "localhost:\(viewer.port)"]).status == 200)
  }

  @Test func `a request of another site's page is refused`() throws {
    for origin in ["http://evil.example", "null", "https://\(viewer.host)", "http://127.0.0.1"] {
      #expect(try viewer.answer(to: "/api/set", headers: ["Origin": origin]).status == 403)
    }
    let own = "http://\(viewer.host)"
    #expect(try viewer.answer(to: "/api/set", headers: ["Origin": own]).status == 200)
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
  func `nothing but reading is allowed`(method: String) throws {
    let answer = try viewer.answer(to: "/api/set", method: method)
    #expect(answer.status == 405 && answer.headers["allow"] == "GET, HEAD")
  }

  @Test func `HEAD is answered without a body`() throws {
    let answer = try viewer.answer(to: "/picture/0", method: "HEAD")
    #expect(answer.status == 200 && answer.body.isEmpty)
  }

  @Test func `every answer forbids what the page does not do, a refusal too`() throws {
    for path in ["/", "/api/set", "/picture/0", "/picture/7", "/?token=0"] {
      let headers = try viewer.answer(to: path).headers
      #expect(headers["content-security-policy"]?.hasPrefix("default-src 'self'; ") == true)
      #expect(headers["x-content-type-options"] == "nosniff")
      #expect(headers["referrer-policy"] == "no-referrer")
      #expect(headers["cache-control"] != nil)
    }
  }

  @Test func `other addresses than 127.0.0.1 are not listened on`() {
    #expect(throws: POSIXError.self) { try Connection(to: "127.0.0.2", port: viewer.port) }
  }

  @Test(
    arguments: [
      "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/picture/../../../etc/passwd",
      "/picture/..%2f..%2fetc%2fpasswd", "/picture/-1", "/picture/1", "/picture/a.pgm",
      "/thumbnail/99999999999999999999", "/api/picture/1", "/set.json", "/a.pgm", "//etc/passwd",
      "/picture/0/../0%00",
    ])
  func `paths lead to nothing but the page and numbered pictures`(path: String) throws {
    let answer = try viewer.answer(to: path)
    #expect((400..<500).contains(answer.status) && !answer.text.contains("root:"))
  }
}
