import CTorch

extension Tensor {
  /// Creates a tensor of a shape from the elements of an array in row-major order; the default
  /// shape has one dimension.
  public init<Scalar: TensorScalar>(_ scalars: [Scalar], shape: [Int]? = nil) {
    let shape = shape ?? [scalars.count]
    precondition(
      shape.reduce(1, *) == scalars.count,
      "expected \(shape.reduce(1, *)) numbers for shape \(shape), found \(scalars.count)")
    self = scalars.withUnsafeBytes { Tensor(copying: $0, shape: shape, dtype: Scalar.dtype) }
  }

  /// Creates a tensor without dimensions that holds one number.
  public init<Scalar: TensorScalar>(_ scalar: Scalar) {
    self.init([scalar], shape: [])
  }

  /// Creates a tensor from bytes, which are copied once, contiguous in row-major order.
  public init(copying bytes: UnsafeRawBufferPointer, shape: [Int], dtype: DType) {
    precondition(
      bytes.count == shape.reduce(dtype.size, *),
      "expected \(shape.reduce(dtype.size, *)) bytes for \(dtype)\(shape), found \(bytes.count)")
    self = withList(shape) { made(ct_from_bytes(bytes.baseAddress, $0, dtype.code)) }
  }

  /// Creates a tensor on memory that `owner` keeps alive, without a copy. Strides count elements.
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

  /// Returns a tensor filled with a value.
  public static func full(
    _ shape: [Int], _ value: Double, dtype: DType = .float32, on device: Device = .cpu
  ) -> Tensor {
    withList(shape) { made(ct_full($0, value, dtype.code, device.code)) }
  }

  /// Returns a tensor of zeros.
  public static func zeros(
    _ shape: [Int], dtype: DType = .float32, on device: Device = .cpu
  ) -> Tensor {
    full(shape, 0, dtype: dtype, on: device)
  }

  /// Returns a tensor of ones.
  public static func ones(
    _ shape: [Int], dtype: DType = .float32, on device: Device = .cpu
  ) -> Tensor {
    full(shape, 1, dtype: dtype, on: device)
  }

  /// Returns a tensor whose elements are not initialised.
  public static func empty(
    _ shape: [Int], dtype: DType = .float32, on device: Device = .cpu
  ) -> Tensor {
    withList(shape) { made(ct_empty($0, dtype.code, device.code)) }
  }

  /// Returns the numbers 0, 1 … count − 1.
  public static func arange(
    _ count: Int, dtype: DType = .int64, on device: Device = .cpu
  ) -> Tensor {
    made(ct_arange(0, Double(count), 1, dtype.code, device.code))
  }

  /// Returns evenly spaced numbers in float32 from the first to the last, both included.
  public static func linspace(
    _ start: Double, _ end: Double, steps: Int, on device: Device = .cpu
  ) -> Tensor {
    made(ct_linspace(start, end, Int64(steps), DType.float32.code, device.code))
  }

  /// Returns uniform draws from [0, 1).
  public static func rand(
    _ shape: [Int], dtype: DType = .float32, on device: Device = .cpu
  ) -> Tensor {
    withList(shape) { made(ct_random_uniform($0, dtype.code, device.code)) }
  }

  /// Returns draws from the standard normal distribution.
  public static func randn(
    _ shape: [Int], dtype: DType = .float32, on device: Device = .cpu
  ) -> Tensor {
    withList(shape) { made(ct_random_normal($0, dtype.code, device.code)) }
  }

  /// Returns the numbers 0 … count − 1 in random order, int64.
  public static func randperm(_ count: Int) -> Tensor {
    made(ct_random_permutation(Int64(count)))
  }
}
