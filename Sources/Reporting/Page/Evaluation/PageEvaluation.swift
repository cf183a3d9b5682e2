public import COCO
public import DetectionMetrics

/// The evaluation that a page shows: its figures, and the images with the most missed or false
/// boxes.
public struct PageEvaluation: Sendable {
  /// An image with its mistakes.
  struct WorstPicture {
    var image: RecordReference
    var missed: [Annotation] = []
    var wrong: [Detection] = []

    var mistakes: Int { missed.count + wrong.count }
  }

  /// The overlap from which on a box counts as found on the worst images.
  static let iou = 0.5
  private static let mostPictures = 12

  let evaluation: Evaluation
  /// The worst first.
  private(set) var worst: [WorstPicture] = []
  /// The score from which on false detections count.
  let leastScore: Double

  /// Creates the evaluation of a page.
  ///
  /// - Parameters:
  ///   - datasets: The ground truth.
  ///   - detections: The detections, as they were read.
  public init(
    _ evaluation: Evaluation, of datasets: [Dataset] = [],
    _ detections: DetectionContents = DetectionContents()
  ) {
    self.evaluation = evaluation
    leastScore = evaluation.settings.confusionScore ?? 0
    guard detections.count > 0 else { return }
    var found: [Int: [Detection]] = [:]
    for detection in detections.batches.joined() where detection.score >= leastScore {
      found[detection.imageID, default: []].append(detection)
    }
    let form = ResultsForm(first: detections.batches.first?.first)
    for (place, dataset) in datasets.enumerated() {
      var truths: [Int: [Annotation]] = [:]
      for annotation in dataset.annotations {
        truths[annotation.imageID, default: []].append(annotation)
      }
      for (index, image) in dataset.images.enumerated() {
        let picture = Self.picture(
          RecordReference(.image, index, dataset: place), truths[image.id] ?? [],
          found[image.id] ?? [], form)
        if picture.mistakes > 0 { worst.append(picture) }
      }
    }
    worst = Array(
      worst.enumerated().sorted {
        ($1.element.mistakes, $0.offset) < ($0.element.mistakes, $1.offset)
      }.map(\.element).prefix(Self.mostPictures))
  }

  var pictures: [RecordReference] { worst.map(\.image) }

  private static func picture(
    _ image: RecordReference, _ truths: [Annotation], _ detections: [Detection],
    _ form: ResultsForm
  ) -> WorstPicture {
    let comparison = BoxComparison(truths: truths, detections: detections, iou: iou, form: form)
    var picture = WorstPicture(image: image)
    picture.missed = zip(truths, comparison.truths).filter { $1 == .unmatched }.map(\.0)
    picture.wrong = zip(detections, comparison.detections).filter { $1 == .unmatched }.map(\.0)
    return picture
  }
}
