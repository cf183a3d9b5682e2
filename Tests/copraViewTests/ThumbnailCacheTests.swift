import Dispatch
import Testing

@testable import copra_view

@Suite("The cache of thumbnails")
struct ThumbnailCacheTests {
  @Test func `it never holds more bytes than it may, and lets go what was asked for longest ago`() {
    let cache = ThumbnailCache(limit: 100)
    for picture in 0..<50 {
      cache[picture] = [UInt8](repeating: 0, count: 10)
      #expect(cache.size <= 100)
      _ = cache[0]
    }
    #expect(cache[0] != nil && cache[1] == nil && cache[49] != nil)
  }

  @Test func `a thumbnail in place of another counts once, and one beyond the bound is not kept`() {
    let cache = ThumbnailCache(limit: 100)
    cache[1] = [UInt8](repeating: 0, count: 60)
    cache[1] = [UInt8](repeating: 0, count: 30)
    #expect(cache.size == 30)
    cache[2] = [UInt8](repeating: 0, count: 500)
    #expect(cache.size <= 100)
  }

  @Test func `work that was given up before its turn is not done`() async throws {
    let gate = DecodingGate(places: 1)
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    let release = DispatchSemaphore(value: 0)
    let first = Task {
      try await gate.run {
        begin.finish()
        release.wait()
      }
    }
    for await _ in begun {}
    let second = Task { try await gate.run { 8 } }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    release.signal()
    try await first.value
    #expect(try await gate.run { 9 } == 9)
  }
}
