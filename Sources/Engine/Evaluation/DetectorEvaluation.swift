public import COCO
public import DetectionMetrics
public import DetectionModels
import Files
public import Torch

/// Runs a detector over samples and evaluates what it finds with COCO's metrics, in memory.
///
/// Unlike the reference's `evaluate` it decodes every picture once, in threads of its own, looks at
/// several pictures at a time, on all of libtorch's threads together, and evaluates just the samples
/// that it is given, however few of their dataset they are.
public struct DetectorEvaluation: Sendable {
  public let samples: DetectionSamples
  public var batchSize = 1
  /// How many threads decode.
  public var threads: Int
  /// Those that share the pictures; all of them then have the same scores. nil where this one is alone.
  public var processes: ProcessGroup?
  /// Told after each batch how many of how many samples are done; what it throws ends the
  /// evaluation.
  public var progress: (@Sendable (Int, Int) throws -> Void)?

  public init(
    _ samples: DetectionSamples, threads: Int = 2,
    progress: (@Sendable (Int, Int) throws -> Void)? = nil
  ) {
    self.samples = samples
    self.threads = threads
    self.progress = progress
  }

  /// Evaluates on all pictures that can be read; the others are named by `leftOut` of the scores.
  ///
  /// - Throws: what `progress` throws.
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

  /// What all processes have found. A process that is asked to end says so to the others first.
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

  /// What is truly there, with the size that the picture has and areas where they are not given.
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
  /// The detection without its box, as torchvision's evaluator hands masks over: their area is then
  /// their own.
  fileprivate var outlineAlone: Detection {
    Detection(
      imageID: imageID, categoryID: categoryID, score: score, segmentation: segmentation)
  }
}

extension Detection {
  /// The detection without its box, as torchvision's evaluator hands keypoints over: their area is
  /// then that of the box around them.
  fileprivate var keypointsAlone: Detection {
    Detection(imageID: imageID, categoryID: categoryID, score: score, keypoints: keypoints)
  }
}

extension EvaluationSettings {
  /// COCO's settings for so many keypoints of an object. Other numbers than COCO's 17 have all the
  /// mean of those' standard deviations.
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

/// What a detector's detections are worth by COCO's metrics.
public struct DetectorScores: Sendable {
  public let boxes: Evaluation
  /// nil from a detector without masks.
  public let masks: Evaluation?
  /// By object keypoint similarity; nil from a detector without keypoints.
  public let keypoints: Evaluation?
  /// The detections of each sample, the surest first, in the samples' order; none of one that could
  /// not be read.
  public let detections: [[Detection]]
  /// How many samples were evaluated on.
  public let pictures: Int
  /// Why samples of this process could not be read, which are then not evaluated on.
  public let leftOut: [SampleError]
  /// What was found wrong with the objects that were evaluated.
  public let findings: [Finding]
  /// How long the detector itself took, all threads together.
  public let modelDuration: Duration

  /// The evaluation of masks or of keypoints where there are any, else of boxes.
  public var decisive: Evaluation { masks ?? keypoints ?? boxes }

  /// AP at an IoU of 0.5, 0 … 1; 0 where there is nothing to find.
  public var ap50: Double {
    max(decisive.summary.first { $0.name == "AP50" }?.value ?? 0, 0)
  }

  /// AP at IoUs from 0.5 to 0.95, 0 … 1; 0 where there is nothing to find.
  public var ap: Double { max(decisive.stats.first ?? 0, 0) }

  /// AP of the boxes at IoUs from 0.5 to 0.95, 0 … 1, where masks or keypoints are decisive; else nil.
  public var boxAP: Double? {
    masks == nil && keypoints == nil ? nil : max(boxes.stats.first ?? 0, 0)
  }

  /// AP50 of each category that there is something of to find.
  public var ap50PerCategory: [(category: COCO.Category, value: Double)] {
    decisive.categories.enumerated().compactMap { index, category in
      let value = decisive.averagePrecision(category: index, threshold: 0)
      return value < 0 ? nil : (category, value)
    }
  }
}
