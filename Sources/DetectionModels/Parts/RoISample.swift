import Torch

/// Proposals of one picture with what they are: all of them, or those that were drawn.
struct RoISample {
  /// [K, 4]
  let proposals: Tensor
  /// int64 [K]: the index of each one's object, 0 where it is none.
  let matches: Tensor
  /// int64 [K]: the object's class, 0 for background, −1 for what is neither.
  let labels: Tensor

  func selecting(_ indices: Tensor) -> RoISample {
    RoISample(
      proposals: proposals[indices], matches: matches[indices], labels: labels[indices])
  }

  /// Only those that are objects.
  var objects: RoISample {
    selecting((labels .> 0).nonzero().flattened())
  }
}
