import CTorch

/// The device that holds a tensor's elements.
public enum Device: Sendable, Hashable, CustomStringConvertible {
  /// The processor.
  case cpu
  /// A CUDA device, by its number from 0.
  case cuda(Int)

  /// Creates a device from the text `cpu`, `cuda` or `cuda:N`.
  ///
  /// - Throws: `TorchError` for another text, or for a CUDA device that does not exist.
  public init(_ text: String) throws {
    if text == "cpu" {
      self = .cpu
      return
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let number = parts.count == 2 ? parts[1] : "0"
    guard parts.first == "cuda", parts.count <= 2, let index = Int(number), index >= 0
    else { throw TorchError("expected the device cpu, cuda or cuda:N, found \(text)") }
    let devices = Self.cudaDevices
    guard index < devices else {
      throw TorchError(
        devices == 0
          ? "no CUDA device: this libtorch has none that it can use"
          : "no device cuda:\(index): there are \(devices)")
    }
    self = .cuda(index)
  }

  /// The number of CUDA devices that libtorch can use.
  public static var cudaDevices: Int { Int(ct_cuda_devices()) }

  /// The text `cpu` or `cuda:N`.
  public var description: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    }
  }

  var code: ct_device {
    switch self {
    case .cpu: -1
    case .cuda(let index): Int32(index)
    }
  }

  init(code: ct_device) {
    self = code < 0 ? .cpu : .cuda(Int(code))
  }
}
