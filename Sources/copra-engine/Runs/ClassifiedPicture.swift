import COCO
import Datasets
import DetectionModels
import Files
import Images
import Torch

/// A picture on its way into the model.
struct ClassifiedPicture: Sendable {
  /// Nil where it could not be read.
  let input: Tensor?
  private let failure: ImageError?
  private let warning: String?

  init(_ path: String, preset: InputPreset) {
    do throws(ImageError) {
      let picture = try Bitmap.decode(path: path)
      input = preset.tensor(of: picture)
      warning = picture.warning
      failure = nil
    } catch {
      input = nil
      warning = nil
      failure = error
    }
  }

  /// What is wrong with it, under the names that validate has for it.
  ///
  /// - Parameter file: the picture's number among the sources.
  func findings(file: Int) -> [Finding] {
    let start = Origin(file: file, offset: 0)
    if let warning { return [Finding(.corruptImage, severity: .warning, warning, at: start)] }
    guard let failure else { return [] }
    return [Finding(failure.faultKind, "\(failure)", at: start)]
  }
}
