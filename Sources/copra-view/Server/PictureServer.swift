import Dispatch
import Files
import Hummingbird
import Images

/// Pictures as a browser shows them: small ones, made when they are asked for, and the files
/// themselves.
struct PictureServer: Sendable {
  /// The longest side of a small picture, pixels.
  static let thumbnailSide = 320
  private static let quality = 82

  private let set: ViewedSet
  private let cache = ThumbnailCache(limit: 64 << 20)
  private let gate: DecodingGate

  /// - Parameter decodings: how many pictures are decoded at a time.
  init(set: ViewedSet, decodings: Int) {
    self.set = set
    gate = DecodingGate(places: decodings)
  }

  /// Returns a picture at a small size, upright; one that has been given up is not made.
  func thumbnail(of picture: Int, for request: Request) async throws -> Response {
    if let known = cache[picture] { return .picture(known, type: "image/jpeg") }
    let path = try set.path(of: picture)
    let isUpright = set.options.isUpright
    let bytes = try await request.body.consumeWithCancellationOnInboundClose { _ in
      try await gate.run {
        let side = Self.thumbnailSide
        let shown = try ShownPicture(path: path, isUpright: isUpright, within: (side, side))
        return try shown.bitmap.jpeg(quality: Self.quality)
      }
    }
    cache[picture] = bytes
    return .picture(bytes, type: "image/jpeg")
  }

  /// Returns a picture's file, or what a browser can show in place of it.
  func whole(_ picture: Int) async throws -> Response {
    let path = try set.path(of: picture)
    let isUpright = set.options.isUpright
    return try await gate.run {
      let file = try PictureFile(path: path)
      if let type = file.webType { return .picture(file.bytes, type: type) }
      let bitmap = try ShownPicture(path: path, isUpright: isUpright).bitmap
      return .picture(try bitmap.png(), type: "image/png")
    }
  }
}

/// A picture's file in memory.
private struct PictureFile {
  let bytes: [UInt8]
  private let format: ImageFormat

  /// - Throws: an `ImageError` for a file that is no picture: nothing else is ever served; a
  ///   `FileError` for one that cannot be read.
  init(path: String) throws {
    format = try ImageHeader.read(path: path).format
    bytes = try InputFile.contents(path)
  }

  /// The type of a file that every browser shows; nil for others.
  var webType: String? {
    switch format {
    case .jpeg: "image/jpeg"
    case .png: "image/png"
    case .gif: "image/gif"
    case .webp: "image/webp"
    case .bmp: "image/bmp"
    case .tiff, .netpbm: nil
    }
  }
}

/// Lets so many pictures be decoded at a time, those that were asked for last before others: they are
/// what is on the screen.
actor DecodingGate {
  private typealias Waiter = CheckedContinuation<Void, any Error>

  private var free: Int
  private var waiting: [(number: Int, waiter: Waiter)] = []
  private var count = 0
  private nonisolated let queue = DispatchQueue(label: "decoding", attributes: .concurrent)

  init(places: Int) {
    free = max(places, 1)
  }

  /// Does the work on a thread of its own once it is its turn.
  ///
  /// - Throws: what the work throws, and a `CancellationError` where the task was cancelled before.
  func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result
  {
    try await enter()
    defer { leave() }
    try Task.checkCancellation()
    return try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Swift.Result { try work() }) }
    }
  }

  private func enter() async throws {
    if free > 0 {
      free -= 1
      return
    }
    count += 1
    let number = count
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { waiting.append((number, $0)) }
    } onCancel: {
      Task { await self.giveUp(number) }
    }
  }

  private func leave() {
    if let next = waiting.popLast() { next.waiter.resume() } else { free += 1 }
  }

  private func giveUp(_ number: Int) {
    guard let place = waiting.firstIndex(where: { $0.number == number }) else { return }
    waiting.remove(at: place).waiter.resume(throwing: CancellationError())
  }
}

extension Response {
  /// A picture, which stays as it is while the program runs.
  fileprivate static func picture(_ bytes: [UInt8], type: String) -> Response {
    Response(
      status: .ok,
      headers: [.contentType: type, .cacheControl: "private, max-age=3600"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
