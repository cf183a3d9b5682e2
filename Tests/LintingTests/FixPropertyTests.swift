import COCO
import TestSupport
import Testing

@testable import Linting

/// What fixes must never do: make a fault that was not there.
struct FixPropertyTests {
  /// Broken sets of a seed: each annotation is changed in up to two of the ways in which tools and
  /// people break them.
  private static func broken(seed: UInt64) -> Dataset {
    var random = SeededNumbers(seed: seed)
    var set = Dataset.counted([14, 6], images: 5)
    for index in set.images.indices {
      set.images[index].width = 200
      set.images[index].height = 160
    }
    for index in set.annotations.indices {
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        spoil(&set.annotations[index], &random)
      }
    }
    return set
  }

  private static func spoil(_ annotation: inout Annotation, _ random: inout SeededNumbers) {
    guard let box = annotation.box else { return }
    func number(_ range: ClosedRange<Double>) -> Double {
      Double.random(in: range, using: &random).rounded()
    }
    let ring = [box.x0, box.y0, box.x1, box.y0, box.x1, box.y1, box.x0, box.y1]
    switch Int.random(in: 0..<17, using: &random) {
    case 0: annotation.box = Box(x: box.x1, y: box.y, width: -box.width, height: box.height)
    case 1: annotation.box?.width = number(150...400)
    case 2: annotation.box?.x = number(-40...260)
    case 3: annotation.area = number(0...900)
    case 4: annotation.area = nil
    case 5: annotation.isCrowd = nil
    case 6: annotation.segmentation = .ring(box.x, box.y, box.width, box.height)
    case 7: annotation.segmentation = .polygons(Polygons([ring]))
    case 8: annotation.segmentation = .polygons(Polygons([ring.map { $0 + number(-60...60) }]))
    case 9: annotation.segmentation = .polygons(Polygons([ring.map { _ in number(-20...210) }]))
    case 10: annotation.segmentation = .polygons(Polygons([Array(ring.dropLast())]))
    case 11: annotation.segmentation = .polygons(Polygons([ring.map { -$0 }]))
    case 12: annotation.id = 3
    case 13: annotation.keypoints = [box.x, box.y, number(-1...3)]
    case 14:
      annotation.keypoints = [number(-30...230), box.y, 2]
      annotation.extra["num_keypoints"] = 3
    case 15:
      annotation.segmentation = .polygons(Polygons([ring]))
      annotation.box = nil
    default: annotation.box?.height = 0
    }
  }

  private static let rules = Rules.all.filter {
    $0.severity > .information && $0.kind != .rareCategory
  }
  .map { $0.init() }

  /// The kinds of faults that a set has once all fixes are applied, and had not before.
  private static func new(
    _ subject: Subject, allowsUnsafe: Bool
  ) async throws -> [String] {
    let linter = Linter(rules)
    let before = Set(try await linter.lint(subject).map(\.kind))
    let fixed = try await Fixer(linter, allowsUnsafe: allowsUnsafe).fix(subject)
    // Two boxes may prove to be of one object once both are right.
    let allowed = before.union([.duplicateBox, .conflictingLabels])
    return fixed.remaining.filter { !allowed.contains($0.kind) }.map { "\($0.kind): \($0.message)" }
  }

  @Test(arguments: RuleExample.flagged, [false, true])
  func `the fixes of an example bring no new fault`(
    _ subject: RuleExample, _ allowsUnsafe: Bool
  ) async throws {
    let new = try await Self.new(subject.example.subject, allowsUnsafe: allowsUnsafe)
    #expect(new == [])
  }

  @Test(arguments: 1...300, [false, true])
  func `the fixes of a broken set bring no new fault`(_ seed: UInt64, _ allowsUnsafe: Bool)
    async throws
  {
    let new = try await Self.new(Subject([Self.broken(seed: seed)]), allowsUnsafe: allowsUnsafe)
    #expect(new == [])
  }

  @Test func `a box is not made of an outline that is itself at fault`() async throws {
    let box = Box(x: 20, y: 10, width: 20, height: 16)
    let outlines: [Segmentation] = [
      .ring(20, 10, 40, 26), .ring(20, 10, 60, 10, 60, 26, 20),
      .ring(20, 10, 60, 40, 60, 10, 20, 40), .ring(-9, -9, -2, -9, -2, -4),
      .ring(2, 30, 9, 30, 9, 44, 2, 44),
    ]
    for outline in outlines {
      let set = Dataset.example(
        .object(1, box.x, box.y, box.width, box.height, segmentation: outline))
      let fixer = Fixer(Linter(Self.rules), allowsUnsafe: true)
      let fixed = try await fixer.fix(Subject([set])).subject.datasets[0]
      #expect(fixed.annotations.map(\.box) == [box])
    }
  }

  @Test func `nothing is taken away as long as something sets it right`() async throws {
    // The second is a copy once its corners are sorted.
    let set = Dataset.example(.object(1, 9, 9, 20, 20), .object(2, 29, 29, -20, -20))
    let outcome = try await Fixer(Linter(Self.rules), allowsUnsafe: false).fix(Subject([set]))
    #expect(outcome.applied.map(\.finding.kind) == [.invertedBox, .duplicateBox])
  }
}
