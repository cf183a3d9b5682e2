import COCO
import Console
import DetectionMetrics
import Engine

/// The lines of a check for people.
enum CheckText {
  /// Of the others only the number is told.
  private static let mostCategories = 10

  static func data(of report: CheckReport) -> [String] {
    let samples = report.samples
    let objects = (0..<samples.count).reduce(0) { $0 + samples.annotations(at: $1).count }
    let categories = samples.dataset.categories.count
    let pictures = report.hasPictures ? "" : "; the image files are missing"
    return [
      "data: \(counted(samples.count, "image")), \(counted(objects, "object")) of "
        + "\(counted(categories, "category", "categories"))\(pictures)"
    ]
  }

  static func model(_ report: ModelReport, of detector: DetectorChoice) -> [String] {
    var lines: [String] = []
    if let scale = report.scale {
      lines.append(
        "model: \(detector.name); it scales images by \(scale.least.brief(2)) to "
          + "\(scale.greatest.brief(2)), half of them by \(scale.median.brief(2)) or more")
    }
    guard report.objects > 0 else { return lines }
    lines += anchors(report.anchors, of: detector)
    if let pyramid = report.pyramid {
      let levels = zip(pyramid.maps, pyramid.objects).map { "map \($0): \($1.grouped)" }
      lines.append("objects by feature map, from the finest: \(levels.joined(separator: ", "))")
    }
    let losses = report.crowding.losses.filter { $0.objects > 0 }
    lines += losses.map { loss in
      "limits: \(loss.option) \(loss.value.shortest) loses \(counted(loss.objects, "object")) on "
        + counted(loss.pictures, "image")
    }
    if losses.isEmpty { lines.append("limits: the model can tell all objects apart") }
    return lines
  }

  private static func anchors(_ report: AnchorReport, of detector: DetectorChoice) -> [String] {
    guard report.hasShapes else {
      return [
        "places: \(percent(report.all.at50)) of the objects have a place on a feature map"
      ]
    }
    var lines = ["anchors: best possible recall \(recall(report.all))"]
    let weakest = report.byCategory.sorted { $0.meanOverlap < $1.meanOverlap }
    let categories = weakest.count > 1 ? weakest.prefix(mostCategories) : []
    let groups = report.bySize + categories
    let width = groups.map(\.name.count).max() ?? 0
    lines += groups.map { group in
      let padding = String(repeating: " ", count: width - group.name.count)
      return "  \(group.name)\(padding)  \(recall(group)), \(counted(group.objects, "object"))"
    }
    if weakest.count > mostCategories {
      lines.append("  and \(weakest.count - mostCategories) categories that fit better")
    }
    guard let fitted = report.fitted else {
      return lines + ["  no anchors fit clearly better"]
    }
    lines.append("  fitted to the data: \(recall(fitted.recall)); the lines for model.yaml:")
    return lines + yaml(fitted, of: detector).map { "    \($0)" }
  }

  /// The lines of a configuration file that give the model the fitted anchors.
  static func yaml(_ fitted: AnchorReport.Fitted, of detector: DetectorChoice) -> [String] {
    func list(_ numbers: [Double]) -> String {
      "[\(numbers.map(\.shortest).joined(separator: ", "))]"
    }
    let sizes = fitted.sizes.map(list).joined(separator: ", ")
    let model = detector.isOfCatalogue ? ["model: \(detector.name)"] : []
    return model + [
      "anchors:", "  sizes: [\(sizes)]", "  aspect_ratios: \(list(fitted.aspectRatios))",
    ]
  }

  static func labelErrors(_ errors: LabelErrors) -> [String] {
    func count(_ kind: FaultKind) -> Int { errors.errors.count { $0.kind == kind } }
    let line =
      "labels: the predictions suggest \(counted(count(.likelyMissingLabel), "missing label")), "
      + "\(counted(count(.likelyWrongLabel), "wrong label")) and "
      + counted(count(.likelyBadLocation), "bad location")
    let opinions = errors.errors.compactMap { errors.isAgreed($0) }
    guard !opinions.isEmpty else { return [line] }
    return [
      line,
      "second opinion: \(opinions.count { $0 }) of these \(counted(opinions.count, "object")) are "
        + "also among the objects of the highest loss in training",
    ]
  }

  /// By size, by split, and the categories that were learnt least.
  static func losses(_ losses: MeanLosses?) -> [String] {
    guard let losses else { return [] }
    func line(_ groups: [MeanLosses.Group], by kind: String) -> [String] {
      guard groups.count > 1 else { return [] }
      let shown = groups.prefix(mostCategories).map { "\($0.name) \($0.loss.brief(2))" }
      let others = groups.count - shown.count
      let more = others > 0 ? [", and \(others) learnt better"] : []
      return ["loss by \(kind): \(shown.joined(separator: ", "))\(more.joined())"]
    }
    return line(losses.bySize, by: "size") + line(losses.bySplit, by: "split")
      + line(losses.byCategory, by: "category")
  }

  static func appearance(_ report: AppearanceReport) -> [String] {
    var lines: [String] = []
    if let fit = report.boxFit {
      lines.append(
        "boxes: they fit their images better than \(percent(fit)) of other images' boxes in "
          + "their place; chance is 50 %")
    }
    if let guessed = report.categoriesGuessed, let chance = report.categoriesGuessedByChance {
      lines.append(
        "categories: \(percent(guessed)) are guessed correctly from appearance, on images that were "
          + "not learnt; chance is \(percent(chance))")
    }
    if let missing = report.missing, missing.isTelling { lines.append(self.missing(missing)) }
    lines += report.reasons.map { "not right: \($0)" }
    lines += report.doubts.map { "in doubt: \($0)" }
    return lines + report.untold.map { "cannot be determined: \($0)" }
  }

  private static func missing(_ missing: MissingLabels) -> String {
    let likely = missing.likely
    let images = Set(likely.map(\.image)).count
    let found =
      likely.isEmpty
      ? "no place without a box looks"
      : "\(counted(likely.count, "place")) without a box, in \(counted(images, "image")), "
        + (likely.count == 1 ? "looks" : "look")
    let searched = missing.images.count
    let of =
      searched == missing.pictures
      ? "" : "; \(searched.grouped) of \(counted(missing.pictures, "image")) were searched"
    return "missing boxes: \(found) more like an object than half of the boxes do\(of)"
  }

  static func cost(_ cost: StepCost?, pictures: Int) -> [String] {
    guard let cost else {
      return ["step: skipped, because no image with objects can be read or memory is too small"]
    }
    let seconds = cost.duration / .seconds(1)
    let estimated = cost.estimatedBytes.map { ", estimated at \($0.asMemory)" } ?? ""
    let memory = cost.measuredBytes.map { "took \($0.asMemory)\(estimated), and " } ?? "took "
    let epoch = seconds * Double(pictures) / Double(max(cost.pictures, 1))
    return [
      "step: one on the \(counted(cost.pictures, "largest image")) \(memory)\(seconds.brief(1)) s: "
        + "an epoch of \(counted(pictures, "image")) takes about \(time(epoch))"
    ]
  }

  static func ending(of report: CheckReport) -> [String] {
    let verdict: String
    switch report.answer {
    case .ready:
      verdict = "ready to train" + (report.verdict == nil ? "; the short training was skipped" : "")
    case .trainAfterFixes(let count): verdict = "train after \(counted(count, "fix", "fixes"))"
    case .notLearnable(let reasons):
      verdict = "not learnable: \(reasons.joined(separator: "; "))"
    case .undecided(let reasons): verdict = "undecided: \(reasons.joined(separator: "; "))"
    }
    return ["", "verdict: \(verdict)", "next: \(NextCommand(report).text)"]
  }

  static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    count == 1 ? "1 \(one)" : "\(count.grouped) \(many ?? one + "s")"
  }

  private static func recall(_ recall: AnchorReport.Recall) -> String {
    "\(percent(recall.at50)) at IoU 0.5, \(percent(recall.at70)) at 0.7, mean best IoU "
      + recall.meanOverlap.brief(2)
  }

  private static func percent(_ share: Double) -> String { "\((share * 100).brief(1)) %" }

  private static func time(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(seconds.brief(0)) s"
    case ..<5400: "\((seconds / 60).brief(0)) min"
    default: "\((seconds / 3600).brief(1)) h"
    }
  }
}

/// What to type next.
struct NextCommand {
  private let report: CheckReport

  init(_ report: CheckReport) {
    self.report = report
  }

  var text: String {
    let settings = report.settings
    let input = settings.inputs.map(Self.quoted).joined(separator: " ")
    switch report.answer {
    case .ready:
      let examined = settings.examined.detector
      let flag = examined.isOfCatalogue ? "--model" : "--config"
      let model = "\(flag) \(Self.quoted(examined.name))"
      return report.hasPictures
        ? "copra train \(input) \(model) --save weights.safetensors"
        : "copra check \(input) --images FOLDER, the folder of the images"
    case .trainAfterFixes:
      let isFixable = report.findings.contains { $0.fixes.contains(where: \.isSafe) }
      return "copra validate \(input)" + (isFixable ? " --fix --diff" : "")
    case .notLearnable: return "copra validate \(input) --all"
    case .undecided:
      guard let budget = report.verdict?.neededBudget else {
        return "copra validate \(input) --all, and a look at the images"
      }
      return "copra check \(input) --budget \(Int((budget / .seconds(1)).rounded(.up)))s"
    }
  }

  /// A word as a shell takes it.
  private static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "/._-+,:=@%".utf8.contains(byte)
    }
    return plain && !word.isEmpty
      ? word
      : "'\(word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
  }
}
