import COCO
public import Files
import Torch

/// A check of whether boxes and categories fit what the images show. Boxes that stand beside their
/// objects, or in another image's file, can be memorised as well as sound ones.
///
/// The check tests whether the patterns that linear models learn on some images hold on others.
/// That takes seconds, and the report says when a set is too small to tell.
public struct AppearanceCheck: Sendable {
  static let mostPictures = 200
  /// The most objects of which shifted boxes are tested, and the most that are examined.
  private static let mostMoved = 600
  private static let mostObjects = 2000
  /// The least and the most boxes of other images that are put into one image, and the most in all.
  private static let fewestOthers = 8
  private static let mostOthers = 240
  private static let othersInAll = 2400

  /// The samples to check.
  public let samples: DetectionSamples
  /// The number of images examined.
  public var pictures = AppearanceCheck.mostPictures
  /// Whether objects without a box are searched for, which takes most of the time.
  public var searchesMissing = false
  /// The number of boxes of each image that are scored in that search.
  var missingCandidates = MissingSearch.usualCandidates
  /// The seed of the boxes and categories drawn for comparison.
  public var seed: UInt64 = 0

  /// Creates a check of these samples.
  public init(_ samples: DetectionSamples) {
    self.samples = samples
  }

  /// Runs the check; images that cannot be read are skipped.
  public func run(tasks: OrderedTasks = OrderedTasks(threads: 1)) async -> AppearanceReport {
    let objects = (0..<samples.count).map { seen(at: $0) }
    let positions = positions(with: objects)
    let borders = objects.reduce(into: BorderCount()) { borders, objects in
      for object in objects { borders.add(object.box) }
    }
    let pool = positions.flatMap { position in objects[position].map { (position, $0.box) } }
    let looks =
      (try? await tasks.map(positions.count) { index in
        self.look(at: positions[index], of: positions.count, objects, others: pool)
      }) ?? []
    var report = AppearanceReport(
      looks.compactMap { $0 }, borders: borders, outlines: OutlineFit(samples),
      commonSize: CommonSize(samples), seed: seed)
    if searchesMissing, report.reasons.isEmpty {
      let search = MissingSearch(
        samples: samples, objects: objects, pictures: pictures, seed: seed,
        candidates: missingCandidates)
      report.take(await search.run(tasks: tasks))
    }
    report.name(samples)
    return report
  }

  private func seen(at position: Int) -> [SeenObject] {
    let image = samples.image(at: position)
    guard image.width > 0, image.height > 0 else { return [] }
    let sides = PictureSides(width: Double(image.width), height: Double(image.height))
    return samples.learnable(at: position).compactMap { object in
      let box = RelativeBox(
        object.box.x0 / sides.width, object.box.y0 / sides.height, object.box.x1 / sides.width,
        object.box.y1 / sides.height)
      return box.clipped(to: sides).map {
        SeenObject(annotation: object.annotation, box: $0, label: object.label)
      }
    }
  }

  /// Returns the positions of images that have objects, spread evenly over the set.
  private func positions(with objects: [[SeenObject]]) -> [Int] {
    let shown = objects.indices.filter { !objects[$0].isEmpty }
    let count = min(shown.count, pictures)
    return (0..<count).map { shown[$0 * shown.count / count] }
  }

  private func look(
    at position: Int, of count: Int, _ objects: [[SeenObject]],
    others pool: [(position: Int, box: RelativeBox)]
  ) -> PictureLooks? {
    let side = PictureChannels.longSide
    guard count > 1, let picture = try? samples.picture(at: position, leastSide: side) else {
      return nil
    }
    var generator = SeededGenerator(seed: seed, part: position)
    let most = max(1, Self.mostMoved / count)
    let own = Array(
      objects[position].shuffled(using: &generator).prefix(max(1, Self.mostObjects / count)))
    let number = min(
      max(Self.othersInAll / count, min(own.count, most) * 4, Self.fewestOthers), Self.mostOthers)
    let others = pool.filter { $0.position != position }.shuffled(using: &generator)
      .prefix(number).map(\.box)
    func neighbour(_ offset: Int) -> [RelativeBox] {
      let place = position + offset
      guard objects.indices.contains(place) else { return [] }
      return objects[place].shuffled(using: &generator).prefix(most).map(\.box)
    }
    return PictureLooks(
      PictureChannels(picture), own: own, moved: most, others: others, next: neighbour(1),
      previous: neighbour(-1))
  }
}
