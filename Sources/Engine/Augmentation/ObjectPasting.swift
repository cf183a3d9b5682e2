import Torch

/// A pasting of objects of one image of a batch onto the next by their masks (torchvision's
/// `SimpleCopyPaste`; Ghiasi et al., 2021): as many draws with replacement as the image has
/// objects.
///
/// torchvision's blending makes the pasted part two pixels larger than the masks on each side,
/// since it blurs a Boolean mask, and so it is here. The boxes of the image become those of the
/// rest of its masks, the last pixel included, which torchvision leaves out.
struct ObjectPasting {
  func applied(to samples: [Sample], using generator: inout SeededGenerator) -> [Sample] {
    guard samples.count > 1 else { return samples }
    return samples.indices.map { index in
      let source = samples[(index + samples.count - 1) % samples.count]
      let count = source.target.labels.size(0)
      guard count > 0, source.target.masks != nil, samples[index].target.masks != nil else {
        return samples[index]
      }
      let drawn = Set((0..<count).map { _ in Int.random(in: 0..<count, using: &generator) })
      let pasted = source.keeping(drawn.sorted())
      return samples[index].withPasted(pasted).withoutVanishedBoxes()
    }
  }
}

extension Sample {
  /// Returns the sample with all objects of another one over its own.
  fileprivate func withPasted(_ other: Sample) -> Sample {
    let other =
      other.width == width && other.height == height
      ? other : other.resized(width: width, height: height)
    guard let masks = target.masks, let pastedMasks = other.target.masks else { return self }
    // [H, W], 1 where an object is pasted.
    let covered = pastedMasks.to(.float32).amax(dims: [0])
    let grown = maxPool(
      covered.unsqueezed(0).unsqueezed(0), kernel: [5, 5], stride: [1, 1], padding: [2, 2]
    )
    .squeezed(0).squeezed(0)
    let left = masks.size(0) == 0 ? masks : masks * (1 - grown).to(.uint8)
    var sample = self
    sample.image = image * (1 - grown) + other.image * grown
    sample.target.masks = left
    sample = sample.boxedByMasks()
    sample.target = TargetTensors(
      boxes: .concatenate([sample.target.boxes, other.target.boxes]),
      labels: .concatenate([sample.target.labels, other.target.labels]),
      masks: .concatenate([sample.target.masks ?? left, pastedMasks]))
    // Which of the keypoints are covered is not known.
    sample.keypoints = nil
    return sample
  }

  /// Returns the objects of which something is left, each in the box of its mask.
  private func boxedByMasks() -> Sample {
    guard let masks = target.masks, masks.size(0) > 0 else { return self }
    let pixels = masks.scalars(as: UInt8.self)
    var boxes = corners
    var kept: [Int] = []
    for object in boxes.indices {
      var (x0, y0, x1, y1) = (width, height, 0, 0)
      for y in 0..<height {
        let row = pixels[((object * height + y) * width)...].prefix(width)
        guard let first = row.firstIndex(where: { $0 != 0 }),
          let last = row.lastIndex(where: { $0 != 0 })
        else { continue }
        x0 = min(x0, first - row.startIndex)
        x1 = max(x1, last - row.startIndex + 1)
        y0 = min(y0, y)
        y1 = y + 1
      }
      guard x1 > x0 else { continue }
      boxes[object] = [Float(x0), Float(y0), Float(x1), Float(y1)]
      kept.append(object)
    }
    var sample = self
    sample.target.boxes = Tensor(boxes.flatMap { $0 }, shape: [boxes.count, 4])
    return sample.keeping(kept)
  }
}
