public import COCO
import Files
import Images
import Torch

/// The pictures of a dataset with their targets, decoded when they are asked for.
///
/// As in torchvision's reference, crowd regions are left out of the targets and boxes are clamped
/// to the picture; what can then be no object of a target is left out too and said by
/// `SampleContract`. A picture without objects is a true negative: a target of no boxes.
public struct DetectionSamples: Sendable {
  public let dataset: Dataset
  /// The folder that the pictures' names are relative to.
  public let folder: String
  public let labels: CategoryLabels
  /// Whether targets have masks; objects without an outline are then left out.
  public let hasMasks: Bool
  /// The keypoints that targets have of each object; nil for targets without. Objects with another
  /// number of them are then left out, and those with none have none that is labelled.
  public let keypoints: KeypointLayout?
  /// Whether a picture that EXIF turns is turned, as sizes are read by default.
  public let isUpright: Bool
  /// The samples' images, by their indices in the dataset.
  public let imageIndices: [Int]
  /// For every image of the dataset, the indices of its annotations.
  let annotationIndices: [[Int]]
  /// The samples where they are held in memory.
  private var held: [Sample]?

  public init(
    _ dataset: Dataset, folder: String, hasMasks: Bool = false, keypoints: KeypointLayout? = nil,
    isUpright: Bool = true
  ) {
    self.dataset = dataset
    self.folder = folder
    self.hasMasks = hasMasks
    self.keypoints = keypoints
    self.isUpright = isUpright
    labels = CategoryLabels(dataset.categories)
    imageIndices = Array(dataset.images.indices)
    let positions = IDIndex(dataset.images.map(\.id))
    var indices = [[Int]](repeating: [], count: dataset.images.count)
    for (index, annotation) in dataset.annotations.enumerated() {
      if let image = positions.position(of: annotation.imageID) { indices[image].append(index) }
    }
    annotationIndices = indices
  }

  private init(_ whole: DetectionSamples, imageIndices: [Int]) {
    dataset = whole.dataset
    folder = whole.folder
    hasMasks = whole.hasMasks
    keypoints = whole.keypoints
    isUpright = whole.isUpright
    labels = whole.labels
    annotationIndices = whole.annotationIndices
    self.imageIndices = imageIndices
  }

  /// Returns the samples at some positions held in memory, for those who go over a few of them many
  /// times.
  ///
  /// - Parameter decoded: the samples by their positions.
  func held(_ decoded: [Int: Sample]) -> DetectionSamples {
    let positions = decoded.keys.sorted()
    var copy = subset(positions)
    copy.held = positions.compactMap { decoded[$0] }
    return copy
  }

  public var count: Int { imageIndices.count }

  /// The samples at some positions of these, in the order that they are given in.
  public func subset(_ positions: [Int]) -> DetectionSamples {
    var subset = DetectionSamples(self, imageIndices: positions.map { imageIndices[$0] })
    subset.held = held.map { samples in positions.map { samples[$0] } }
    return subset
  }

  public func image(at position: Int) -> COCO.Image {
    dataset.images[imageIndices[position]]
  }

  /// All annotations of a sample, crowds and faulty ones included.
  public func annotations(at position: Int) -> [Annotation] {
    annotationIndices[imageIndices[position]].map { dataset.annotations[$0] }
  }

  /// Decodes a picture and makes its target.
  ///
  /// - Throws: a `SampleError` for a picture that is missing or cannot be decoded.
  public func sample(at position: Int) throws(SampleError) -> Sample {
    if let held { return held[position] }
    let picture = try picture(at: position)
    let objects = TargetObjects(
      annotations(at: position), labels: labels, height: picture.size(1), width: picture.size(2),
      needsMasks: hasMasks, numKeypoints: keypoints?.count)
    return Sample(imageIndex: imageIndices[position], image: picture, target: objects.target)
  }

  /// The picture of a sample alone: float [3, H, W], 0 … 1.
  ///
  /// - Parameter leastSide: pixels of the longer side that a JPEG may be made smaller to; 0 for the whole.
  func picture(at position: Int, leastSide: Int = 0) throws(SampleError) -> Tensor {
    let image = image(at: position)
    let path = Path.join(folder, image.fileName)
    do {
      let picture = PictureTensor.tensor(of: try Bitmap.decode(path: path, leastSide: leastSide))
      let orientation = isUpright ? try ImageHeader.read(path: path).orientation : 1
      return PictureTensor.upright(picture, orientation: orientation)
    } catch {
      throw SampleError(
        error, of: image, at: path, record: RecordReference(.image, imageIndices[position]))
    }
  }
}
