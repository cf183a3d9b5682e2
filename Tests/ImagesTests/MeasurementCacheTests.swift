import TestSupport
import Testing

@testable import Images

@Suite struct MeasurementCacheTests {
  static let names = MeasuringTests.Case.all.map { "measuring/" + $0.name } + FixtureFolder.pictures

  /// Every fixture, a damaged one, an empty one, and paths that need care.
  static func cache() throws -> (cache: MeasurementCache, measured: [String: ImageMeasurement]) {
    var measured: [String: ImageMeasurement] = [:]
    for name in names {
      measured[name] = try ImageMeasurer().measure(path: fixtures.path(name))
    }
    let whole = try fixtures.bytes("measuring/plain.jpg")
    measured["tab\there"] = try MeasuringTests.measure(Array(whole[..<700]))
    measured["line\nand \\ and \\n"] = try MeasuringTests.measure([])
    measured["-"] = try MeasuringTests.measure([1, 2])
    measured["日本"] = measured["rgb.jpg"]
    measured["日本"]?.stamp.modificationTime = -5
    var cache = MeasurementCache()
    for (path, measurement) in measured { cache.insert(measurement, of: path) }
    return (cache, measured)
  }

  @Test func `what was measured is read back bit for bit`() throws {
    let (cache, measured) = try Self.cache()
    let found = MeasurementCache(parsing: cache.text)
    #expect([found.count, found.ignoredLines] == [measured.count, 0])
    for (path, measurement) in measured {
      #expect(found.measurement(of: path, stamp: measurement.stamp) == measurement)
    }
    #expect(found.text == cache.text)
  }

  @Test func `another stamp finds nothing`() throws {
    let (cache, measured) = try Self.cache()
    var stamp = try #require(measured["rgb.jpg"]?.stamp)
    stamp.modificationTime += 1
    #expect(cache.measurement(of: "rgb.jpg", stamp: stamp) == nil)
    stamp.modificationTime -= 1
    stamp.size += 1
    #expect(cache.measurement(of: "rgb.jpg", stamp: stamp) == nil)
  }

  @Test func `another path finds nothing`() throws {
    let (cache, measured) = try Self.cache()
    let stamp = try #require(measured["rgb.jpg"]?.stamp)
    #expect(cache.measurement(of: "./rgb.jpg", stamp: stamp) == nil)
  }

  @Test(
    arguments: [
      ("", false), ("copra image measurements 3\n", false), ("copra image measurements 4\n", false),
      ("\n", true), ("copra image", true), ("{\"images\": []}", true), ("\u{0}\u{FFFD}", true),
    ])
  func `a file that is no cache of any version is foreign`(_ text: String, _ isForeign: Bool) {
    #expect(MeasurementCache(parsing: Array(text.utf8)).isForeign == isForeign)
  }

  @Test(
    arguments: [
      ("", 0), ("copra image measurements 3", 0), ("copra image measurements 4\na\nb\n", 3),
      ("{\"images\": []}", 1), ("copra image measurements 3\n\n\n", 2),
      ("copra image measurements 3\nnonsense\n0123456789abcdef\t\t\t\n", 2),
    ])
  func `foreign lines are counted`(_ text: String, _ lines: Int) {
    let cache = MeasurementCache(parsing: Array(text.utf8))
    #expect([cache.count, cache.ignoredLines] == [0, lines])
  }

  @Test func `a changed byte costs its line alone`() throws {
    let (cache, measured) = try Self.cache()
    let text = cache.text
    var generator = SeededNumbers(seed: 3)
    let start = MeasurementCache.firstLine.utf8.count + 1
    for _ in 0..<100 {
      let place = Int.random(in: start..<text.count, using: &generator)
      var changed = text
      changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      let found = MeasurementCache(parsing: changed)
      #expect(found.ignoredLines >= 1)
      #expect(found.count >= measured.count - 2)
      for (path, measurement) in measured {
        let kept = found.measurement(of: path, stamp: measurement.stamp)
        #expect(kept == nil || kept == measurement)
      }
    }
  }

  @Test func `a text cut anywhere is read as far as it goes`() throws {
    let text = try Self.cache().cache.text
    for count in stride(from: 0, to: text.count, by: 997) {
      #expect(MeasurementCache(parsing: Array(text[..<count])).ignoredLines <= 1)
    }
  }
}
