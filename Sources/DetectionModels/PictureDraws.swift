import Torch

/// What the random draws of a training step depend on.
public enum PictureDraws {
  /// A number for each picture of the batch. Draws for a picture then depend on its number alone:
  /// neither on the pictures beside it, nor on what was drawn before. nil draws on from where the
  /// generator stands, as torchvision does.
  @TaskLocal public static var seeds: [UInt64]?

  /// Lets what is drawn from here on depend on a picture of the batch.
  ///
  /// - Parameter purpose: tells draws for the same picture apart.
  static func begin(picture: Int, purpose: Int) {
    guard let seeds, picture < seeds.count else { return }
    Runtime.seed(seeds[picture] &+ UInt64(bitPattern: Int64(purpose)))
  }
}
