import Torch

/// The type in which convolutions and matrix products are computed.
enum Precision: String, CaseIterable {
  case fp32, bf16
}

/// How a model is computed.
struct ComputeSettings {
  /// Nil for all processors.
  var threads: Int?
  var precision = Precision.fp32
  /// The device as libtorch names it: `cpu`, `cuda` or `cuda:1`.
  var device = "cpu"

  /// Sets threads and returns the device. Throws where that is not there.
  func prepare() throws -> Device {
    let device = try Device(device)
    Runtime.prepare(threads: threads)
    return device
  }

  /// Runs the body in the precision that was asked for.
  func computing<Result>(on device: Device, _ body: () -> Result) -> Result {
    precision == .bf16 ? autocast(to: .bfloat16, on: device, body) : body()
  }
}

extension Module {
  /// Puts the weights on a device. Optimisers are made afterwards.
  func place(on device: Device) {
    if device != .cpu { move(to: device) }
  }
}

extension Runtime {
  /// Prepares for a verb: all processors work unless `threads` says otherwise, and freed memory
  /// stays.
  static func prepare(threads: Int?) {
    self.threads = threads ?? processors
    keepMemory()
  }
}
