public import DetectionModels
public import Images
public import Torch

extension InputPreset {
  /// Returns the image as a model's input, float32 [1, 3, crop, crop], number for number the result
  /// of torchvision's `ImageClassification` preset for the image in Pillow.
  ///
  /// Grey becomes RGB and transparency is dropped. The image is read as stored: as in Pillow, it is
  /// not turned by its EXIF orientation.
  public func tensor(of picture: Bitmap) -> Tensor {
    let picture = middle(of: resized(picture.rgb()))
    let bytes = Tensor(picture.pixels, shape: [crop, crop, 3])
    let unit = bytes.permuted([2, 0, 1]).contiguous().to(.float32) / 255.0
    return ((unit - channels(mean)) / channels(std)).unsqueezed(0)
  }

  private func channels(_ values: [Double]) -> Tensor {
    Tensor(values.map(Float.init), shape: [3, 1, 1])
  }

  private func resized(_ picture: Bitmap) -> Bitmap {
    switch resize {
    case .exactly(let height, let width): return picture.resized(width: width, height: height)
    case .shorterSide(let side):
      let (width, height) = (picture.width, picture.height)
      let longer = side * max(width, height) / min(width, height)
      return picture.resized(
        width: width <= height ? side : longer, height: width <= height ? longer : side)
    }
  }

  private func middle(of picture: Bitmap) -> Bitmap {
    picture.cropped(
      x: margin(picture.width), y: margin(picture.height), width: crop, height: crop)
  }

  /// Returns half of the length that is cropped, rounded half to even as in Python.
  private func margin(_ length: Int) -> Int {
    Int((Double(length - crop) / 2).rounded(.toNearestOrEven))
  }
}
