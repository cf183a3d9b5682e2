public import COCO
public import DetectionMetrics
public import DetectionModels
import Files
public import Torch

/// An evaluation that applies a detector to samples and compares its detections by COCO's metrics,
/// in memory.
///
/// Unlike the reference's `evaluate` it decodes every image once, in threads of its own, processes
/// several images at a time, on all of libtorch's threads together, and evaluates only the given
/// samples, however few of their dataset they are.
public struct DetectorEvaluation: Sendable {
  /// The samples to evaluate on.
  public let samples: DetectionSamples
  /// The number of images in a batch of each process.
  public var batchSize = 1
  /// The number of threads that decode.
  public var threads: Int
  /// The processes that share the images; all of them get the same scores. nil for a single
  /// process.
  public var processes: ProcessGroup?
  /// Receives, after each batch, the number of samples done and of all; an error that it throws
  /// ends the evaluation.
  public var progress: (@Sendable (Int, Int) throws -> Void)?

  /// Creates an evaluation on these samples.
  public init(
    _ samples: DetectionSamples, threads: Int = 2,
    progress: (@Sendable (Int, Int) throws -> Void)? = nil
  ) {
    self.samples = samples
    self.threads = threads
    self.progress = progress
  }

  /// Evaluates on all images that can be read; the others are listed in `leftOut` of the scores.
  ///
  /// - Throws: The errors that `progress` throws.
  public func evaluate(_ detector: some Detector) async throws -> DetectorScores {
    var plan = BatchPlan(batchSize: batchSize * (processes?.count ?? 1), shuffles: false)
    plan.share = processes?.share
    let batches = Loader(samples, plan: plan, threads: threads).batches(epoch: 0)
    let categories = samples.dataset.categories
    var boxes = Evaluator(categories: categories, settings: EvaluationSettings(.bbox))
    var masks = Evaluator(categories: categories, settings: EvaluationSettings(.segm))
    var keypoints = samples.keypoints.map {
      Evaluator(categories: categories, settings: .keypoints($0.count))
    }
    var detections = [[Detection]](repeating: [], count: samples.count)
    var leftOut: [SampleError] = []
    var pictures = 0
    let team = DetectionTeam(
      detector, over: batches, of: samples, threads: Runtime.threads)
    func add(_ picture: DetectionTeam.Found) {
      let truth = truth(at: picture.position, width: picture.width, height: picture.height)
      let records = picture.detections
      boxes.add(truth.image, truths: truth.annotations, detections: records)
      if samples.hasMasks {
        masks.add(
          truth.image, truths: truth.annotations, detections: records.map(\.outlineAlone))
      }
      keypoints?.add(
        truth.image, truths: truth.annotations, detections: records.map(\.keypointsAlone))
      detections[picture.position] = records
      pictures += 1
    }
    if let processes {
      try found(by: team, with: processes, leftOut: &leftOut).forEach(add)
    } else {
      var done = 0
      try team.forEachBatch { batch in
        leftOut += batch.leftOut
        done += batch.pictures.count + batch.leftOut.count
        batch.pictures.forEach(add)
        try progress?(done, samples.count)
      }
    }
    return DetectorScores(
      boxes: await boxes.evaluation(tasks: OrderedTasks(threads: threads)),
      masks: samples.hasMasks
        ? await masks.evaluation(tasks: OrderedTasks(threads: threads)) : nil,
      keypoints: await keypoints?.evaluation(tasks: OrderedTasks(threads: threads)),
      detections: detections, pictures: pictures, leftOut: leftOut, findings: boxes.findings,
      modelDuration: team.duration)
  }

  /// Returns the detections of all processes. A process that has to end first informs the others.
  private func found(
    by team: DetectionTeam, with processes: ProcessGroup, leftOut: inout [SampleError]
  ) throws -> [DetectionTeam.Found] {
    var own: [DetectionTeam.Found] = []
    var isInterrupted = false
    team.forEachBatch { batch in
      leftOut += batch.leftOut
      own += batch.pictures
      do {
        try progress?(
          min((own.count + leftOut.count) * processes.count, samples.count), samples.count)
      } catch {
        isInterrupted = true
      }
    }
    return try processes.gather(own, isInterrupted: isInterrupted)
  }

  /// Returns the ground truth of an image with its actual size, and with areas if they are not
  /// given.
  private func truth(
    at position: Int, width: Int, height: Int
  ) -> (image: COCO.Image, annotations: [Annotation]) {
    var image = samples.image(at: position)
    image.width = width
    image.height = height
    let annotations = samples.annotations(at: position).map { annotation in
      var annotation = annotation
      annotation.area = annotation.area ?? annotation.box?.area
      annotation.isCrowd = annotation.isCrowd ?? 0
      // Without a labelled keypoint an object is ignored.
      if let count = samples.keypoints?.count, annotation.keypoints == nil {
        annotation.keypoints = Array(repeating: 0, count: 3 * count)
      }
      return annotation
    }
    return (image, annotations)
  }
}

extension Detection {
  /// The detection without its box, as torchvision's evaluator passes masks: their area is then
  /// their own.
  fileprivate var outlineAlone: Detection {
    Detection(
      imageID: imageID, categoryID: categoryID, score: score, segmentation: segmentation)
  }
}

extension Detection {
  /// The detection without its box, as torchvision's evaluator passes keypoints: their area is then
  /// that of the box around them.
  fileprivate var keypointsAlone: Detection {
    Detection(imageID: imageID, categoryID: categoryID, score: score, keypoints: keypoints)
  }
}

extension EvaluationSettings {
  /// Returns COCO's settings for this number of keypoints. For other numbers than COCO's 17, each
  /// keypoint has the mean of their standard deviations.
  fileprivate static func keypoints(_ count: Int) -> EvaluationSettings {
    var settings = EvaluationSettings(.keypoints)
    let sigmas = settings.keypointSigmas
    if count != sigmas.count {
      let mean = sigmas.reduce(0, +) / Double(sigmas.count)
      settings.keypointSigmas = Array(repeating: mean, count: count)
    }
    return settings
  }
}

/// The scores of a detector by COCO's metrics.
public struct DetectorScores: Sendable {
  /// The evaluation of boxes.
  public let boxes: Evaluation
  /// The evaluation of masks; nil for a detector without masks.
  public let masks: Evaluation?
  /// The evaluation of keypoints by their similarity; nil for a detector without keypoints.
  public let keypoints: Evaluation?
  /// The detections of each sample, the most confident first, in the samples' order; none for a
  /// sample that could not be read.
  public let detections: [[Detection]]
  /// The number of samples evaluated.
  public let pictures: Int
  /// The errors of samples of this process that could not be read and were not evaluated.
  public let leftOut: [SampleError]
  /// The findings about the objects that were evaluated.
  public let findings: [Finding]
  /// The time that the detector itself took, with all threads together.
  public let modelDuration: Duration

  /// The evaluation of masks or of keypoints if there are any, or else of boxes.
  public var decisive: Evaluation { masks ?? keypoints ?? boxes }

  /// The AP at an IoU of 0.5, 0 … 1; 0 if there is nothing to find.
  public var ap50: Double {
    max(decisive.summary.first { $0.name == "AP50" }?.value ?? 0, 0)
  }

  /// The AP at IoUs from 0.5 to 0.95, 0 … 1; 0 if there is nothing to find.
  public var ap: Double { max(decisive.stats.first ?? 0, 0) }

  /// The AP of the boxes at IoUs from 0.5 to 0.95, 0 … 1, if masks or keypoints are decisive; nil
  /// otherwise.
  public var boxAP: Double? {
    masks == nil && keypoints == nil ? nil : max(boxes.stats.first ?? 0, 0)
  }

  /// The AP50 of each category that has objects to find.
  public var ap50PerCategory: [(category: COCO.Category, value: Double)] {
    decisive.categories.enumerated().compactMap { index, category in
      let value = decisive.averagePrecision(category: index, threshold: 0)
      return value < 0 ? nil : (category, value)
    }
  }
}
