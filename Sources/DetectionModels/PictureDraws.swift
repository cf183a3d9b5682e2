import Torch

/// The seeding of a training step's random draws by image.
public enum PictureDraws {
  /// A seed for each image of the batch, or nil to continue to draw from the generator's state, as
  /// torchvision does.
  ///
  /// With seeds, the draws for an image depend on its seed alone: neither on the other images of
  /// the batch nor on earlier draws.
  @TaskLocal public static var seeds: [UInt64]?

  /// Seeds the generator for the draws that follow, if the batch has seeds.
  ///
  /// - Parameters:
  ///   - picture: The image's index in the batch.
  ///   - purpose: A number that distinguishes different draws for the same image.
  static func begin(picture: Int, purpose: Int) {
    guard let seeds, picture < seeds.count else { return }
    Runtime.seed(seeds[picture] &+ UInt64(bitPattern: Int64(purpose)))
  }
}
