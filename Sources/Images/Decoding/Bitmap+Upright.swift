extension Bitmap {
  /// Returns the image as displayed, for a file whose EXIF orientation is `orientation`, 1...8.
  ///
  /// - Precondition: 8 bits a sample.
  public func upright(orientation: Int) -> Bitmap {
    precondition(bitDepth == 8, "upright: expected 8 bits a sample, found \(bitDepth)")
    guard (2...8).contains(orientation) else { return self }
    let isTurned = orientation >= 5
    let isMirrored = [2, 3, 6, 7].contains(orientation)
    let isUpsideDown = [3, 4, 7, 8].contains(orientation)
    let (newWidth, newHeight) = isTurned ? (height, width) : (width, height)
    // Where the first pixel shown is stored, and how far it is to the next one and the next row.
    let (across, down) = isTurned ? (width, 1) : (1, width)
    let (right, below) = (isMirrored ? -across : across, isUpsideDown ? -down : down)
    let first =
      (isMirrored ? (newWidth - 1) * across : 0) + (isUpsideDown ? (newHeight - 1) * down : 0)
    let turned = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
      pixels.withUnsafeBufferPointer { source in
        for y in 0..<newHeight {
          var from = first + y * below
          for x in 0..<newWidth {
            let to = (y * newWidth + x) * channels
            for channel in 0..<channels { target[to + channel] = source[from * channels + channel] }
            from += right
          }
        }
      }
      count = target.count
    }
    return Bitmap(
      width: newWidth, height: newHeight, channels: channels, pixels: turned, warning: warning)
  }
}
