import COCO
import Console
import Datasets
import DetectionMetrics
import Files
import Images

/// True and found boxes side by side, matched, missed and false ones in colours of their own.
struct ComparedResults: DrawnSubject {
  private static let matched = Colour(red: 0, green: 158, blue: 115)
  private static let missed = Colour(red: 213, green: 94, blue: 0)
  private static let wrong = Colour(red: 204, green: 121, blue: 167)
  private static let ignored = Colour(red: 150, green: 150, blue: 150)

  private let set: DrawnSet
  private let settings: ComparisonSettings
  private let form: ResultsForm
  /// By the image's id.
  private let detections: [Int: [Detection]]
  /// What is wrong with the file of results, and the sources that its places refer to.
  let findings: [Finding]
  let sources: Sources

  /// Reads the results.
  ///
  /// - Throws: `CommandFailure` where the file is no list of detections, `FileError` where it cannot be
  ///   read.
  init(_ settings: ComparisonSettings, with set: DrawnSet, workers: Workers) async throws {
    self.set = set
    self.settings = settings
    var sources = Sources()
    let contents = try await DetectionReader(tasks: workers.tasks("reading"))
      .read(InputFile(settings.results), source: sources.add(settings.results))
    self.sources = sources
    if let fault = contents.fault {
      FindingPrinter.print([fault], in: sources)
      throw CommandFailure(
        "nothing was drawn, because \(settings.results) cannot be read as results")
    }
    form = ResultsForm(first: contents.batches.first?.first)
    let known = Set(set.datasets.flatMap { $0.images.map(\.id) })
    var findings = contents.findings + contents.rejections.map(\.finding)
    var byImage: [Int: [Detection]] = [:]
    for detection in contents.batches.joined() {
      if !known.contains(detection.imageID) {
        let fault = Fault.unknownImage(detection.imageID)
        findings.append(
          Finding(.unknownImage, fault.message, at: detection.origin, field: .imageID))
      } else if detection.score >= settings.leastScore {
        byImage[detection.imageID, default: []].append(detection)
      }
    }
    self.findings = findings
    detections = byImage
  }

  let panelCount = 2

  var legend: [(colour: Colour, text: String)] {
    [
      (Self.matched, "matched at IoU \(settings.iou.shortest) or more"), (Self.missed, "missed"),
      (Self.wrong, "false"), (Self.ignored, "not counted: crowds"),
    ]
  }

  func concerns(_ picture: PictureReference) -> Bool { true }

  func panels(of picture: PictureReference) -> [Panel] {
    let indices = set.annotations(on: picture)
    let truths = indices.map { set.datasets[picture.dataset].annotations[$0] }
    let found = detections[set.image(picture).id] ?? []
    let comparison = BoxComparison(
      truths: truths, detections: found, iou: settings.iou, form: form)
    let trueObjects = zip(indices, comparison.truths).map { index, verdict in
      set.object(index, in: picture.dataset).judged(Self.colour(of: verdict, else: Self.missed))
    }
    let foundObjects = zip(found, comparison.detections).map { detection, verdict in
      DrawnObject(
        detection, category: set.category(detection.categoryID, in: picture.dataset),
        in: set.colours
      ).judged(Self.colour(of: verdict, else: Self.wrong))
    }
    let missedCount = comparison.truths.count { $0 == .unmatched }
    let wrongCount = comparison.detections.count { $0 == .unmatched }
    let score = settings.leastScore.shortest
    return [
      Panel(title: "true: \(truths.count), missed \(missedCount)", objects: trueObjects),
      Panel(
        title: "found, score \(score) or more: \(found.count), false \(wrongCount)",
        objects: foundObjects),
    ]
  }

  private static func colour(
    of verdict: BoxComparison.Verdict?, else unmatched: Colour
  ) -> Colour {
    switch verdict {
    case .matched: matched
    case .unmatched: unmatched
    case .ignored, nil: ignored
    }
  }
}

extension DrawnObject {
  fileprivate func judged(_ colour: Colour) -> DrawnObject {
    var judged = self
    judged.colour = colour
    return judged
  }
}
