import COCO
public import Files
import Torch

/// Looks whether boxes and categories have to do with what the pictures show: boxes that stand
/// beside their objects, or in another picture's file, can be learnt by heart as well as sound ones.
///
/// It goes by simple cues, colour and edges, over up to 200 pictures, and speaks only where there
/// are objects enough to be sure.
public struct AppearanceCheck: Sendable {
  /// What it found of a set.
  public struct Result: Sendable, Equatable {
    /// The share of places half a side away that boxes outdo in contrast of colour to what is around
    /// them: 0.7 to 1 in sound sets, 0.5 where boxes have nothing to do with the pictures. Nil
    /// without boxes.
    public var colourRank: Double?
    /// The same of edges, which objects have more of than what is around them.
    public var edgeRank: Double?
    /// Why the set cannot be learnt; none in a sound one.
    public var reasons: [String] = []
  }

  static let mostPictures = 200
  private static let objects = 400
  /// What boxes of sound sets outdo in one cue at least: the least of five real sets had 0.76, the
  /// best of the same sets with boxes of other pictures, or moved by half a picture, 0.58.
  private static let soundRank = 0.65
  private static let fewestBoxes = 30
  private static let fewestLikenesses = 100

  public let samples: DetectionSamples
  /// How many pictures are looked at.
  public var pictures = AppearanceCheck.mostPictures

  public init(_ samples: DetectionSamples) {
    self.samples = samples
  }

  /// Pictures that cannot be read are passed over.
  public func run(tasks: OrderedTasks = OrderedTasks(threads: 1)) async -> Result {
    let positions = positions
    let perPicture = max(1, Self.objects / max(positions.count, 1))
    let looks =
      (try? await tasks.map(positions.count) { index in
        self.look(at: positions[index], most: perPicture)
      }) ?? []
    var result = Result()
    let ranks = looks.flatMap(\.ranks)
    let colours = Mean(ranks.map(\.colour))
    let edges = Mean(ranks.map(\.edges))
    result.colourRank = colours?.value
    result.edgeRank = edges?.value
    if let colours, let edges, let reason = boxReason(colours, edges) {
      result.reasons.append(reason)
    }
    if let likeness = CategoryLikeness(looks.flatMap(\.objects)),
      let reason = categoryReason(likeness)
    {
      result.reasons.append(reason)
    }
    return result
  }

  /// Pictures that have objects, spread evenly over the set.
  private var positions: [Int] {
    let shown = (0..<samples.count).filter { !samples.annotations(at: $0).isEmpty }
    let count = min(shown.count, pictures)
    return (0..<count).map { shown[$0 * shown.count / count] }
  }

  /// What one picture says.
  private struct Look: Sendable {
    var ranks: [ContrastRanks] = []
    var objects: [CategoryLikeness.Object] = []
  }

  private func look(at position: Int, most: Int) -> Look {
    var look = Look()
    guard let sample = try? samples.sample(at: position) else { return look }
    let picture = PictureColours(sample.image)
    let contrast = BoxContrast(in: picture)
    let corners: [Float] = sample.target.boxes.scalars()
    let labels: [Int64] = sample.target.labels.scalars()
    let (width, height) = (Double(sample.width), Double(sample.height))
    let count = min(labels.count, most)
    for index in (0..<count).map({ $0 * labels.count / count }) {
      let box = corners[(index * 4)..<(index * 4 + 4)].map(Double.init)
      let relative = RelativeBox(
        x0: box[0] / width, y0: box[1] / height, width: (box[2] - box[0]) / width,
        height: (box[3] - box[1]) / height)
      if let ranks = contrast.ranks(of: relative) { look.ranks.append(ranks) }
      let area = relative.area(width: picture.width, height: picture.height)
      look.objects.append(
        CategoryLikeness.Object(
          picture.region(area), box: relative, category: labels[index], picture: position))
    }
    return look
  }

  private func boxReason(_ colours: Mean, _ edges: Mean) -> String? {
    guard colours.count >= Self.fewestBoxes, colours.atMost < Self.soundRank,
      edges.atMost < Self.soundRank
    else { return nil }
    return "boxes do not fit what the pictures show: of the places half a side away "
      + "\(colours.percent) % have less contrast of colour to what is around them and "
      + "\(edges.percent) % fewer edges than \(colours.count) boxes, of which chance makes 50 %; "
      + "they may be of other pictures, or moved"
  }

  private func categoryReason(_ likeness: CategoryLikeness) -> String? {
    guard likeness.count >= Self.fewestLikenesses,
      likeness.agreement < likeness.expected.share + 2 * likeness.expected.error
    else { return nil }
    return "categories do not fit what the pictures show: of the objects that look most alike "
      + "\((likeness.agreement * 100).brief(0)) % are of one category, of which chance "
      + "makes \((likeness.expected.share * 100).brief(0)) %; they may be shuffled"
  }
}

/// A mean and how sure it is.
private struct Mean {
  let value: Double
  let count: Int
  private let error: Double

  /// Nil of fewer than two numbers.
  init?(_ numbers: [Double]) {
    guard numbers.count > 1 else { return nil }
    let total = Double(numbers.count)
    let mean = numbers.reduce(0, +) / total
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (total - 1)
    value = mean
    count = numbers.count
    error = (variance / total).squareRoot()
  }

  /// What it is with 97 % certainty not above.
  var atMost: Double { value + 2 * error }

  var percent: String { (value * 100).brief(0) }
}
