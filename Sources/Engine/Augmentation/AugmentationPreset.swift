/// The named augmentations: the presets of torchvision's detection reference.
public enum AugmentationPreset: String, Sendable, Codable, CaseIterable {
  /// No change.
  case none
  /// Half of the images are mirrored.
  case hflip
  /// Large scale jitter: a square of an image at 0.1 to 2 times its size.
  case lsj
  /// Draws what the shorter side becomes from 480 to 800.
  case multiscale
  /// Colours, a larger canvas and a window, as for SSD.
  case ssd
  /// A window, as for SSDLite.
  case ssdlite
  /// Large scale jitter, and objects of one image pasted onto another.
  case copypaste

  /// Whether the images get their final size, so that the detector does not resize them.
  public var givesSize: Bool { [.lsj, .multiscale, .copypaste].contains(self) }

  /// Whether all images get one size.
  var isOfOneSize: Bool { self == .lsj || self == .copypaste }

  /// Whether objects must have masks.
  public var needsMasks: Bool { self == .copypaste }

  /// Returns the augmentation for a detector of this input size. The reference's sizes are meant
  /// for 800 pixels of the shorter side, and scale with it.
  func augmentation(for input: InputSize) -> Augmentation {
    switch self {
    case .none: return .none
    case .hflip: return Augmentation()
    case .lsj: return Augmentation(resizing: .jitter(square: square(for: input), scale: 0.1...2))
    case .multiscale:
      let sides = stride(from: 480, through: 800, by: 32).map { max($0 * input.minSize / 800, 1) }
      return Augmentation(resizing: .shorterSide(sides, longest: input.maxSize))
    case .ssd:
      return Augmentation(colours: ColourDistortion(), zoomOut: ZoomOut(), crop: OverlapCrop())
    case .ssdlite: return Augmentation(crop: OverlapCrop())
    case .copypaste:
      var augmentation = Self.lsj.augmentation(for: input)
      augmentation.pastesObjects = true
      return augmentation
    }
  }

  /// Returns the side in pixels of the square that images become: 1024 for a shorter side of 800.
  func square(for input: InputSize) -> Int { max(input.minSize * 1024 / 800, 1) }
}
