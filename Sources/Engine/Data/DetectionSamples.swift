public import COCO
import Files
import Images
import Torch

/// The images of a dataset with their targets, decoded on request.
///
/// As in torchvision's reference, crowd regions are left out of the targets and boxes are clamped
/// to the image; whatever then cannot be an object of a target is left out too, and reported by
/// `SampleContract`. An image without objects is a true negative: a target of no boxes.
public struct DetectionSamples: Sendable {
  /// The dataset, of which all or some images are samples.
  public let dataset: Dataset
  /// The folder that the images' file names are relative to.
  public let folder: String
  /// The labels of the dataset's categories.
  public let labels: CategoryLabels
  /// Whether targets have masks; objects without an outline are then left out.
  public let hasMasks: Bool
  /// The keypoints of each object in the targets; nil for targets without keypoints. Objects with
  /// another number of them are left out, and those with none get unlabelled ones.
  public let keypoints: KeypointLayout?
  /// Whether images are turned by their EXIF orientation, as sizes are read by default.
  public let isUpright: Bool
  /// The samples' images, as indices in the dataset.
  public let imageIndices: [Int]
  /// The indices of the annotations of every image of the dataset.
  let annotationIndices: [[Int]]
  /// The samples if they are held in memory.
  private var held: [Sample]?

  /// Creates the samples of all images of a dataset.
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

  /// Returns the samples at some positions held in memory, to go over a few of them many times.
  ///
  /// - Parameter decoded: The samples by their positions.
  func held(_ decoded: [Int: Sample]) -> DetectionSamples {
    let positions = decoded.keys.sorted()
    var copy = subset(positions)
    copy.held = positions.compactMap { decoded[$0] }
    return copy
  }

  /// The number of samples.
  public var count: Int { imageIndices.count }

  /// Returns the samples at some positions of these, in the given order.
  public func subset(_ positions: [Int]) -> DetectionSamples {
    var subset = DetectionSamples(self, imageIndices: positions.map { imageIndices[$0] })
    subset.held = held.map { samples in positions.map { samples[$0] } }
    return subset
  }

  /// Returns the image's record at a position.
  public func image(at position: Int) -> COCO.Image {
    dataset.images[imageIndices[position]]
  }

  /// Returns all annotations of a sample, crowds and faulty ones included.
  public func annotations(at position: Int) -> [Annotation] {
    annotationIndices[imageIndices[position]].map { dataset.annotations[$0] }
  }

  /// Decodes an image and makes its target.
  ///
  /// - Throws: A `SampleError` for an image that is missing or cannot be decoded.
  public func sample(at position: Int) throws(SampleError) -> Sample {
    if let held { return held[position] }
    let picture = try picture(at: position)
    let objects = TargetObjects(
      annotations(at: position), labels: labels, height: picture.size(1), width: picture.size(2),
      needsMasks: hasMasks, numKeypoints: keypoints?.count)
    return Sample(imageIndex: imageIndices[position], image: picture, target: objects.target)
  }

  /// Returns the image of a sample alone: float [3, H, W], 0 … 1.
  ///
  /// - Parameter leastSide: The length in pixels to which the longer side of a JPEG may be reduced;
  ///   0 for full size.
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
