import CTorch

extension Tensor {
  /// A tensor of a shape with the numbers of an array, in row-major order.
  public init<Scalar: TensorScalar>(_ scalars: [Scalar], shape: [Int]? = nil) {
    let shape = shape ?? [scalars.count]
    precondition(
      shape.reduce(1, *) == scalars.count,
      "expected \(shape.reduce(1, *)) numbers for shape \(shape), found \(scalars.count)")
    self = scalars.withUnsafeBytes { Tensor(copying: $0, shape: shape, dtype: Scalar.dtype) }
  }

  /// A tensor of no dimension.
  public init<Scalar: TensorScalar>(_ scalar: Scalar) {
    self.init([scalar], shape: [])
  }

  /// A tensor with the bytes of another's, contiguous in row-major order; copied once.
  public init(copying bytes: UnsafeRawBufferPointer, shape: [Int], dtype: DType) {
    precondition(
      bytes.count == shape.reduce(dtype.size, *),
      "expected \(shape.reduce(dtype.size, *)) bytes for \(dtype)\(shape), found \(bytes.count)")
    self = withList(shape) { made(ct_from_bytes(bytes.baseAddress, $0, dtype.code)) }
  }

  /// A tensor on memory that `owner` keeps alive; nothing is copied. Strides count elements.
  public init(
    borrowing bytes: UnsafeMutableRawPointer, shape: [Int], strides: [Int], dtype: DType,
    owner: some AnyObject & Sendable
  ) {
    let retained = Unmanaged.passRetained(owner as AnyObject).toOpaque()
    self = withList(shape) { shape in
      withList(strides) { strides in
        made(
          ct_from_memory(bytes, shape, strides, dtype.code, retained) { owner in
            owner.map { Unmanaged<AnyObject>.fromOpaque($0).release() }
          })
      }
    }
  }

  public static func full(
    _ shape: [Int], _ value: Double, dtype: DType = .float32, on device: Device = .cpu
  ) -> Tensor {
    withList(shape) { made(ct_full($0, value, dtype.code, device.code)) }
  }

  public static func zeros(
    _ shape: [Int], dtype: DType = .float32, on device: Device = .cpu
  ) -> Tensor {
    full(shape, 0, dtype: dtype, on: device)
  }

  public static func ones(
    _ shape: [Int], dtype: DType = .float32, on device: Device = .cpu
  ) -> Tensor {
    full(shape, 1, dtype: dtype, on: device)
  }

  /// A tensor whose numbers are whatever the memory held.
  public static func empty(
    _ shape: [Int], dtype: DType = .float32, on device: Device = .cpu
  ) -> Tensor {
    withList(shape) { made(ct_empty($0, dtype.code, device.code)) }
  }

  /// 0, 1 … count − 1.
  public static func arange(
    _ count: Int, dtype: DType = .int64, on device: Device = .cpu
  ) -> Tensor {
    made(ct_arange(0, Double(count), 1, dtype.code, device.code))
  }

  /// Evenly spaced numbers from the first to the last.
  public static func linspace(
    _ start: Double, _ end: Double, steps: Int, on device: Device = .cpu
  ) -> Tensor {
    made(ct_linspace(start, end, Int64(steps), DType.float32.code, device.code))
  }

  /// Uniform draws from [0, 1).
  public static func rand(
    _ shape: [Int], dtype: DType = .float32, on device: Device = .cpu
  ) -> Tensor {
    withList(shape) { made(ct_random_uniform($0, dtype.code, device.code)) }
  }

  /// Draws from the standard normal distribution.
  public static func randn(
    _ shape: [Int], dtype: DType = .float32, on device: Device = .cpu
  ) -> Tensor {
    withList(shape) { made(ct_random_normal($0, dtype.code, device.code)) }
  }

  /// The numbers 0 … count − 1 in random order.
  public static func randperm(_ count: Int) -> Tensor {
    made(ct_random_permutation(Int64(count)))
  }
}
