import COCO
import Files
import Hummingbird
import Images

/// All that is served: the page, what it asks for about the set, and pictures, by their numbers.
struct Site: Sendable {
  /// The most pictures that one request asks for.
  private static let (mostListed, mostDrawn) = (20_000, 256)

  let set: ViewedSet
  let predictions: PredictedSet?
  let labels: CheckedLabels?
  let findings: FindingBoard
  let places: PlaceBook
  let workers: Workers
  let pictures: PictureServer
  /// Tells this run from others, whose pictures a browser may hold under the same addresses.
  private let run = String(AccessToken().text.prefix(8))

  init(
    set: ViewedSet, predictions: PredictedSet?, labels: CheckedLabels?, findings: FindingBoard,
    places: PlaceBook, workers: Workers
  ) {
    self.set = set
    self.predictions = predictions
    self.labels = labels
    self.findings = findings
    self.places = places
    self.workers = workers
    pictures = PictureServer(set: set, decodings: workers.threads)
  }

  func addRoutes(to router: Router<BasicRequestContext>) {
    PageFiles.addRoutes(to: router)
    router.get("/api/set") { _, _ in
      Response.json(
        SetText(set: set).summary(
          hasPredictions: predictions != nil, hasLosses: labels?.hasLosses == true, run: run))
    }
    router.get("/api/pictures") { request, _ in
      let from = try Self.number("from", of: request, in: 0...set.count)
      let count = try Self.number("count", of: request, in: 0...Self.mostListed)
      return Response.json(SetText(set: set).pictures(from..<min(from + count, set.count)))
    }
    router.get("/api/objects") { request, _ in try objects(for: request) }
    router.get("/api/picture/{number}") { request, context in
      try await details(of: try Self.picture(context), for: request)
    }
    router.get("/api/findings") { _, _ in Response.json(findings.answer()) }
    router.get("/api/verdicts") { request, _ in
      guard let predictions else { throw HTTPError(.notFound) }
      return Response.json(
        try await predictions.counts(
          in: set, leastScore: try Self.score(of: request), workers: workers))
    }
    router.get("/api/losses") { _, _ in
      guard let labels else { throw HTTPError(.notFound) }
      return Response.json(labels.highestLosses(in: set))
    }
    router.get("/thumbnail/{number}") { request, context in
      let number = try Self.picture(context)
      return try await pictures.thumbnail(of: number, for: request)
    }
    router.get("/picture/{number}") { _, context in
      try await pictures.whole(try Self.picture(context))
    }
  }

  private func objects(for request: Request) throws -> Response {
    let words = (request.uri.queryParameters["pictures"] ?? "").split(separator: ",")
    let numbers = words.compactMap { Int($0) }.filter { (0..<set.count).contains($0) }
    guard numbers.count == words.count, words.count <= Self.mostDrawn else {
      throw HTTPError(
        .badRequest, message: "pictures: expected at most \(Self.mostDrawn) numbers of images")
    }
    return .json(try text(for: request).objects(of: numbers))
  }

  private func details(of picture: Int, for request: Request) async throws -> Response {
    guard let image = set.image(picture) else { throw PictureRefusal.unknown }
    let text = try text(for: request)
    let origins = set.objects(on: picture).map(\.origin)
    let located = await places.places(of: [image.origin] + origins)
    let described = await places.described(findings.findings(on: picture))
    return .json(
      text.picture(
        picture, image: image, places: (located[0], Array(located.dropFirst())),
        findings: described))
  }

  private func text(for request: Request) throws -> ObjectText {
    ObjectText(
      set: set, predictions: predictions, labels: labels, leastScore: try Self.score(of: request))
  }

  private static func picture(_ context: BasicRequestContext) throws -> Int {
    guard let number = context.parameters.get("number", as: Int.self) else {
      throw PictureRefusal.unknown
    }
    return number
  }

  private static func score(of request: Request) throws -> Double {
    guard let text = request.uri.queryParameters["score"] else { return 0 }
    guard let score = Double(String(text)), score.isFinite else {
      throw HTTPError(.badRequest, message: "score: expected a number, found \"\(text)\"")
    }
    return score
  }

  private static func number(
    _ name: Substring, of request: Request, in range: ClosedRange<Int>
  ) throws -> Int {
    let text = request.uri.queryParameters[name] ?? ""
    guard let number = Int(text), range.contains(number) else {
      throw HTTPError(
        .badRequest,
        message: "\(name): expected a number from \(range.lowerBound) to \(range.upperBound), "
          + "found \"\(text)\"")
    }
    return number
  }
}
